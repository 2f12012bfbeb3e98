package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.ReservedNames;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import jakarta.inject.Singleton;

/// Other usernames: what an account may be called, and the change. The former name leads on to the account for
/// [#LEADS_ON], and is nobody else's until then.
@Singleton
public record Usernames(Database database, SubAccountStates states, Audit audit, Clock clock) {

    public static final Duration LEADS_ON = Duration.ofDays(90);
    public static final String TAKEN = "Username already taken";

    /// Keeps anyone from collecting names.
    private static final int MOST_FORMER_NAMES = 5;

    private static final int SUGGESTED = 2;

    /// Returns whether the context may change the name of its root account.
    public static boolean mayChange(AccountContext context) {
        return context.membership().isOwner() && !context.isSubAccount() && !context.isSupport();
    }

    /// Gives the context's root account another name.
    ///
    /// @return the name as it is stored
    public Outcome<String> change(AccountContext context, String typed) {
        if (!mayChange(context)) {
            return Outcome.forbidden();
        }
        return database.write(tx -> {
            Account root = new AccountStore(tx).lock(context.root().id()).orElseThrow();
            return rename(tx, context, root, typed, "AccountRenamed")
                    .<Outcome<String>>map(Outcome::rejected)
                    .orElseGet(() -> Outcome.done(Names.lower(typed)));
        });
    }

    /// Gives an account another name. The same name changes nothing.
    ///
    /// @param account locked, or below an account that is
    /// @param act what the audit log calls it
    /// @return why it can't have the name
    public Optional<Invalid> rename(Tx tx, AccountContext context, Account account, String typed, String act) {
        String name = Names.lower(typed);
        if (name.equals(account.username())) {
            return Optional.empty();
        }
        Optional<Invalid> broken = broken(tx, account, typed);
        if (broken.isPresent()) {
            return broken;
        }
        Instant now = clock.instant();
        if (!new AccountStore(tx).rename(account, name, now.plus(LEADS_ON), now)) {
            return Optional.of(taken(List.of()));
        }
        audit.note(tx, context.actor(), account, act, Map.of("username", name, "former", account.username()));
        states.renamed(tx, account, name);
        return Optional.empty();
    }

    /// Checks another username before the change.
    public Optional<Invalid> broken(Account account, String typed) {
        return database.read(tx -> broken(tx, account, typed));
    }

    public static Optional<Invalid> broken(Tx tx, Account account, String typed) {
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
        if (isTaken(accounts, tenant, name)) {
            return Optional.of(taken(freeNamesLike(accounts, tenant, name)));
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
                TAKEN,
                "This username is taken." + (free.isEmpty() ? "" : " Free: " + String.join(", ", free) + "."));
    }

    /// Returns whether neither the account nor a brand of it can have a name. That of a deleted brand is free for them.
    public static boolean isTaken(AccountStore accounts, AccountId tenant, String username) {
        return ReservedNames.contains(username) || accounts.isTakenFor(tenant, username);
    }

    public static List<String> freeNamesLike(AccountStore accounts, AccountId tenant, String username) {
        String stem = username.length() > 27 ? username.substring(0, 27) : username;
        return IntStream.rangeClosed(2, 30)
                .mapToObj(number -> stem + number)
                .filter(name -> !isTaken(accounts, tenant, name))
                .limit(SUGGESTED)
                .toList();
    }
}
