package dev.banyan.whatsapp.changes;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import jakarta.inject.Singleton;

/// The brand that a pool works for: a sub-account of its account, or none. A failover with the policy `same-brand-only`
/// respects it.
@Singleton
public record SenderBrands(Database database, SenderChanges changes) {

    private static final Invalid UNKNOWN = new Invalid(
            "brand",
            "brand must be the username or id of a sub-account of this account",
            "We don’t know this brand. Check the username.");

    /// Returns the broken rule if this is no brand of the account.
    ///
    /// @param typed its username or id; blank for none
    public Optional<Invalid> broken(AccountId tenant, String typed) {
        return typed.isBlank() || database.read(tx -> find(tx, tenant, typed)).isPresent()
                ? Optional.empty()
                : Optional.of(UNKNOWN);
    }

    private static Optional<AccountId> find(Tx tx, AccountId tenant, String typed) {
        return new SubAccountStore(tx)
                .findNamed(tenant, typed.strip())
                .map(SubAccountStore.Row::account)
                .filter(account -> account.status() != AccountStatus.DELETED)
                .map(Account::id);
    }

    /// Returns the brand that a number works for: that of its pool.
    public static Optional<AccountId> of(Tx tx, AccountId tenant, SenderId id) {
        var store = new SenderStore(tx);
        return store.find(tenant, id)
                .flatMap(sender -> sender.isMaster()
                        ? Optional.of(sender)
                        : sender.masterId().flatMap(pool -> store.find(tenant, pool)))
                .flatMap(master -> master.assignment().brand());
    }

    /// Sets the brand of a master.
    ///
    /// @param typed its username or id; blank for none
    public Outcome<Sender> assign(AccountId tenant, Actor actor, SenderId master, String typed) {
        return changes.write(tenant, change -> {
            Optional<Sender> before = change.store().find(tenant, master).filter(Sender::isMaster);
            if (before.isEmpty()) {
                return Outcome.notFound();
            }
            Optional<AccountId> brand = typed.isBlank() ? Optional.empty() : find(change.tx(), tenant, typed);
            if (brand.isEmpty() && !typed.isBlank()) {
                return Outcome.rejected(UNKNOWN);
            }
            if (!before.get().assignment().brand().equals(brand)) {
                change.store().assign(tenant, master, brand, change.now());
                change.done(
                        actor,
                        "SenderBrandSet",
                        master,
                        Map.of("brand", brand.map(AccountId::toString).orElse("")));
            }
            return Outcome.done(change.store().find(tenant, master).orElseThrow());
        });
    }

    /// Returns the username of the brand that a master works for.
    public Optional<String> username(Sender master) {
        return master.assignment()
                .brand()
                .flatMap(brand -> database.read(
                        master.tenant(), tx -> new AccountStore(tx).findSubAccount(master.tenant(), brand)))
                .map(Account::username);
    }
}
