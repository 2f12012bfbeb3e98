package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// What follows when a sub-account enters another state, whoever brings it there: contexts on it end in all sessions,
/// and everybody who keeps something about it hears of it.
@Singleton
public final class SubAccountStates {

    private final Event<AccountStatusChanging> changing;
    private final Event<AccountChanged> changed;
    private final Clock clock;

    public SubAccountStates(Event<AccountStatusChanging> changing, Event<AccountChanged> changed, Clock clock) {
        this.changing = changing;
        this.changed = changed;
        this.clock = clock;
    }

    /// @param account whose row says already that it is in this state
    public void entered(Tx tx, Account account, AccountStatus status) {
        if (status != AccountStatus.ACTIVE) {
            new SessionStore(tx).endContexts(List.of(account.id()), clock.instant());
        }
        changing.fire(new AccountStatusChanging(tx, account.owner(), status));
        changed(tx, account);
    }

    /// The same for many at once.
    ///
    /// @param accounts their names by their ids
    public void entered(Tx tx, AccountId tenant, Map<AccountId, String> accounts, AccountStatus status) {
        if (status != AccountStatus.ACTIVE && !accounts.isEmpty()) {
            new SessionStore(tx).endContexts(List.copyOf(accounts.keySet()), clock.instant());
        }
        accounts.keySet().forEach(id -> changing.fire(new AccountStatusChanging(tx, new Owner(tenant, id), status)));
        changed(tx, accounts);
    }

    /// Something that visitors of many accounts see is another now.
    ///
    /// @param accounts their names by their ids
    public void changed(Tx tx, Map<AccountId, String> accounts) {
        tx.afterCommit(() -> accounts.forEach((id, username) -> changed.fire(new AccountChanged(id, username))));
    }

    /// Something that visitors see is another now.
    public void changed(Tx tx, Account account) {
        tx.afterCommit(() -> changed.fire(new AccountChanged(account.id(), account.username())));
    }
}
