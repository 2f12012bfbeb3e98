package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.settings.Usernames;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import jakarta.inject.Singleton;

/// Changes the details of a sub-account. Acts for the context's root account.
@Singleton
public record SubAccountChanges(
        Database database, Plans plans, Usernames usernames, SubAccountStates states, Audit audit, Clock clock) {

    /// The result of an update.
    public sealed interface Updated {

        record Done(SubAccount subAccount) implements Updated {}

        record Suspended() implements Updated {}

        /// Not found where it is unknown, managed by another agency or deleted: the caller can't tell which.
        record Refused(Refusal refusal) implements Updated {}
    }

    /// @param username another name changes the address; the former one leads on to it ([Usernames])
    public Updated update(AccountContext context, String idOrName, Optional<String> username, SubAccountFields change) {
        return change(context, idOrName, (tx, root, found) -> {
            Account account = found.account();
            Optional<String> renamed =
                    username.filter(name -> !Names.lower(name).equals(account.username()));
            var invalid = new ArrayList<Invalid>();
            renamed.flatMap(name -> Usernames.broken(tx, account, name)).ifPresent(invalid::add);
            invalid.addAll(change.broken());
            if (!invalid.isEmpty()) {
                return new Updated.Refused(new Refusal.Rejected(List.copyOf(invalid)));
            }
            SubAccountFields changed = change.changing(found.details().fields());
            Optional<Invalid> taken =
                    renamed.flatMap(name -> usernames.rename(tx, context, account, name, "SubAccountRenamed"));
            if (taken.isPresent()) {
                return new Updated.Refused(new Refusal.Rejected(List.of(taken.get())));
            }
            if (!changed.isEmpty()) {
                new SubAccountStore(tx).update(root.id(), account.id(), changed, clock.instant());
                audit.note(
                        tx,
                        context.actor(),
                        account,
                        "SubAccountUpdated", // Without their values: the audit log has more readers than the notes.
                        Map.of(
                                "username",
                                renamed.map(Names::lower).orElse(account.username()),
                                "fields",
                                changed.names()));
                states.changed(tx, account);
            }
            return done(tx, root, account);
        });
    }

    public Updated add(AccountContext context, String idOrName, SubAccounts.Start content) {
        return change(context, idOrName, (tx, root, found) -> {
            content.fill(tx, found.account());
            states.changed(tx, found.account());
            return done(tx, root, found.account());
        });
    }

    private interface Change {
        Updated make(Tx tx, Account root, SubAccountStore.Row found);
    }

    private Updated change(AccountContext context, String idOrName, Change change) {
        return database.write(tx -> {
            // Locked until the commit, as in every operation that changes what an agency has.
            Account root = new AccountStore(tx).lock(context.root().id()).orElseThrow();
            Optional<SubAccountStore.Row> found = new SubAccountStore(tx)
                    .findNamed(root.id(), idOrName)
                    .filter(row -> row.account().status() != AccountStatus.DELETED);
            if (found.isEmpty()) {
                return new Updated.Refused(new Refusal.NotFound());
            }
            Account account = found.get().account();
            if (account.status() == AccountStatus.SUSPENDED) {
                return new Updated.Suspended();
            }
            if (account.suspendsAt().isPresent()) {
                return new Updated.Refused(
                        new Refusal.ReadOnly(account.suspendsAt().get()));
            }
            return change.make(tx, root, found.get());
        });
    }

    private Updated done(Tx tx, Account root, Account account) {
        return new Updated.Done(SubAccounts.described(tx, plans.effective(tx, root), root.id(), account.id()));
    }
}
