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
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import jakarta.inject.Singleton;

/// Changes the details of a sub-account. Acts for the context's root account.
@Singleton
public final class SubAccountChanges {

    /// How long a former username leads on to the brand, and is nobody else's.
    public static final Duration LEADS_ON = Duration.ofDays(90);

    /// Keeps anyone from collecting names.
    private static final int MOST_FORMER_NAMES = 5;

    /// The result of an update.
    public sealed interface Updated {

        record Done(SubAccount subAccount) implements Updated {}

        record Suspended() implements Updated {}

        /// Not found where it is unknown, managed by another agency or deleted: the caller can't tell which.
        record Refused(Refusal refusal) implements Updated {}
    }

    private final Database database;
    private final Plans plans;
    private final SubAccountStates states;
    private final Audit audit;
    private final Clock clock;

    SubAccountChanges(Database database, Plans plans, SubAccountStates states, Audit audit, Clock clock) {
        this.database = database;
        this.plans = plans;
        this.states = states;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param idOrName the sub-account
    /// @param username another name changes the address; the former one leads on to it for [#LEADS_ON]
    public Updated update(AccountContext context, String idOrName, Optional<String> username, SubAccountFields change) {
        return change(context, idOrName, (tx, root, found) -> {
            Account account = found.account();
            Optional<String> renamed =
                    username.filter(name -> !Names.lower(name).equals(account.username()));
            var invalid = new ArrayList<Invalid>();
            renamed.flatMap(name -> broken(tx, account, name)).ifPresent(invalid::add);
            invalid.addAll(change.broken());
            if (!invalid.isEmpty()) {
                return new Updated.Refused(new Refusal.Rejected(List.copyOf(invalid)));
            }
            SubAccountFields changed = change.changing(found.details().fields());
            Instant now = clock.instant();
            String name = renamed.map(Names::lower).orElse(account.username());
            if (renamed.isPresent()) {
                if (!new AccountStore(tx).rename(account, name, now.plus(LEADS_ON), now)) {
                    return new Updated.Refused(new Refusal.Rejected(List.of(taken(List.of()))));
                }
                audit.note(
                        tx,
                        context.actor(),
                        account.owner(),
                        "SubAccountRenamed",
                        account.id().toString(),
                        Map.of("username", name, "former", account.username()));
                states.renamed(tx, account, name);
            }
            if (!changed.isEmpty()) {
                new SubAccountStore(tx).update(root.id(), account.id(), changed, now);
                audit.note(
                        tx,
                        context.actor(),
                        account.owner(),
                        "SubAccountUpdated",
                        account.id().toString(),
                        // Without their values: the audit log has more readers than the notes.
                        Map.of("username", name, "fields", changed.names()));
                states.changed(tx, account);
            }
            return done(tx, root, account);
        });
    }

    /// Checks another username for a sub-account, before the change.
    Optional<Invalid> broken(Account account, String typed) {
        return database.read(tx -> broken(tx, account, typed));
    }

    private static Optional<Invalid> broken(Tx tx, Account account, String typed) {
        Optional<Invalid> broken = Names.brokenUsername(typed);
        if (broken.isPresent()) {
            return broken;
        }
        var accounts = new AccountStore(tx);
        String name = Names.lower(typed);
        Set<String> former = accounts.formerNames(account.owner());
        if (former.contains(name)) {
            return Optional.empty();
        }
        AccountId tenant = account.owner().tenant();
        if (SubAccounts.isTaken(accounts, tenant, name)) {
            return Optional.of(taken(SubAccounts.freeNamesLike(accounts, tenant, name)));
        }
        return former.size() < MOST_FORMER_NAMES
                ? Optional.empty()
                : Optional.of(new Invalid(
                        "username",
                        "Username was changed " + MOST_FORMER_NAMES + " times in " + LEADS_ON.toDays() + " days",
                        "You can change a username " + MOST_FORMER_NAMES + " times in " + LEADS_ON.toDays()
                                + " days. Use one of its former usernames, or wait."));
    }

    private static Invalid taken(List<String> free) {
        return new Invalid(
                "username",
                SubAccountsResource.NAME_TAKEN,
                "This username is taken." + (free.isEmpty() ? "" : " Free: " + String.join(", ", free) + "."));
    }

    /// Adds content to a sub-account.
    ///
    /// @param idOrName the sub-account
    public Updated add(AccountContext context, String idOrName, SubAccounts.Start content) {
        return change(context, idOrName, (tx, root, found) -> {
            content.fill(tx, found.account());
            states.changed(tx, found.account());
            return done(tx, root, found.account());
        });
    }

    /// A change of a sub-account that may be changed.
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
