package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Handles the consequences when a sub-account enters another state, whatever the cause: ends contexts on it in all
/// sessions and notifies all who keep data about it.
@Singleton
public record SubAccountStates(Event<AccountStatusChanging> changing, Event<AccountChanged> changed, Clock clock) {

    /// @param account an account whose row already holds this state
    public void entered(Tx tx, Account account, AccountStatus status) {
        if (status != AccountStatus.ACTIVE) {
            new SessionStore(tx).endContexts(List.of(account.id()), clock.instant());
        }
        changing.fire(new AccountStatusChanging(tx, account.owner(), status));
        changed(tx, account);
    }

    /// An account has got another tenant: contexts on it end, and what is cached about it is dropped.
    public void left(Tx tx, Account account) {
        new SessionStore(tx).endContexts(List.of(account.id()), clock.instant());
        changed(tx, account);
    }

    /// Does the same as for one account for many that enter a state.
    ///
    /// @param accounts usernames by account id
    public void entered(Tx tx, AccountId tenant, Map<AccountId, String> accounts, AccountStatus status) {
        if (status != AccountStatus.ACTIVE && !accounts.isEmpty()) {
            new SessionStore(tx).endContexts(List.copyOf(accounts.keySet()), clock.instant());
        }
        accounts.keySet().forEach(id -> changing.fire(new AccountStatusChanging(tx, new Owner(tenant, id), status)));
        changed(tx, accounts);
    }

    /// Announces that something visible to visitors changed in many accounts.
    ///
    /// @param accounts usernames by account id
    public void changed(Tx tx, Map<AccountId, String> accounts) {
        tx.afterCommit(() -> accounts.forEach((id, username) -> changed.fire(new AccountChanged(id, username))));
    }

    /// Announces that an account is at another address.
    ///
    /// @param account as it was before
    public void renamed(Tx tx, Account account, String username) {
        changed(tx, account);
        changed(tx, Map.of(account.id(), username));
    }

    /// Announces that something visible to visitors changed.
    public void changed(Tx tx, Account account) {
        tx.afterCommit(() -> changed.fire(new AccountChanged(account.id(), account.username())));
    }
}
