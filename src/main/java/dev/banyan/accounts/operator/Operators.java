package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.signin.EmailConfirmations;
import dev.banyan.accounts.signin.NewAccounts;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// The people who run this server, and what only they may do to identities.
@Singleton
public record Operators(
        Database database,
        Passwords passwords,
        LoginSessions sessions,
        EmailConfirmations confirmations,
        NewAccounts newAccounts,
        Audit audit,
        Clock clock,
        Uuids uuids) {

    /// The result of creating the first operator.
    public sealed interface OperatorMade {

        record Made(IdentityId identity, LoginSessions.Opened session) implements OperatorMade {}

        record Rejected(List<Invalid> invalid) implements OperatorMade {}

        /// This server has an operator: only the first can be created without another operator's invitation.
        record TooLate() implements OperatorMade {}

        record EmailTaken() implements OperatorMade {}

        record UsernameTaken() implements OperatorMade {}
    }

    /// The result of creating an operator's own account.
    public sealed interface AccountMade {

        record Made(Account account) implements AccountMade {}

        record Rejected(List<Invalid> invalid) implements AccountMade {}

        record UsernameTaken() implements AccountMade {}

        record HasAccount() implements AccountMade {}
    }

    /// Returns the typed username, or the one that the name suggests.
    static String chosen(String username, String name) {
        return username.isBlank() ? Names.usernameOf(name).orElse("") : username;
    }

    /// Creates the account of an operator who has none, without limits.
    public AccountMade openAccount(Actor actor, IdentityId operator, String name, String typed) {
        String username = chosen(typed, name);
        List<Invalid> invalid = new ArrayList<>();
        Names.DISPLAY_NAME.broken(name).ifPresent(invalid::add);
        Names.brokenUsername(username).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new AccountMade.Rejected(List.copyOf(invalid));
        }
        return database.write(tx -> {
            var store = new IdentityStore(tx);
            Identity person = store.find(operator).orElseThrow();
            if (store.home(operator).isPresent()) {
                return new AccountMade.HasAccount();
            }
            Optional<Account> account =
                    newAccounts.open(tx, actor, operator, person.email(), username, name, Plan.UNLIMITED);
            if (account.isEmpty()) {
                return new AccountMade.UsernameTaken();
            }
            person.homeAccount().ifPresent(left -> store.leaveHome(operator, left));
            if (!store.setHome(operator, account.get().id(), clock.instant())) {
                return tx.undone(new AccountMade.HasAccount()); // another request was faster
            }
            store.insertOwner(account.get().id(), operator, clock.instant());
            return new AccountMade.Made(account.get());
        });
    }

    public boolean hasAccount(IdentityId operator) {
        return database.read(tx -> new IdentityStore(tx).home(operator).isPresent());
    }

    /// Creates the first operator of a new server, without an account.
    public OperatorMade createFirst(Actor actor, String email, String password) {
        List<Invalid> invalid = new ArrayList<>();
        Names.brokenEmail(email).ifPresent(invalid::add);
        Passwords.broken(password).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new OperatorMade.Rejected(List.copyOf(invalid));
        }
        String hash = passwords.hash(password);
        return database.write(tx -> {
            var store = new IdentityStore(tx);
            if (store.hasOperator()) {
                return new OperatorMade.TooLate();
            }
            var identity = new Identity(uuids.nextIdentityId(), Names.lower(email), hash, Optional.empty(), false);
            if (!store.insert(identity, clock.instant())) {
                return new OperatorMade.EmailTaken();
            }
            store.insertOperator(identity.id(), clock.instant());
            confirmations.send(tx, identity);
            audit.noteServer(tx, actor, "OperatorCreated", identity.id().toString(), Map.of());
            return new OperatorMade.Made(identity.id(), sessions.open(tx, identity.id()));
        });
    }

    /// Gives a person a new password and ends all their sessions.
    ///
    /// @return false if no person has this e-mail
    public boolean resetPassword(Actor actor, String email, String password) {
        String hash = passwords.hash(password);
        return database.write(tx -> {
            var store = new IdentityStore(tx);
            Optional<Identity> identity = store.findByEmail(Names.lower(email)).map(IdentityStore.Person::identity);
            identity.ifPresent(person -> {
                store.setPasswordHash(person.id(), hash, clock.instant());
                new SessionStore(tx).deleteAll(person.id());
                new AwaitedFactorStore(tx).deleteAll(person.id());
                audit.noteServer(tx, actor, "PasswordReset", person.id().toString(), Map.of());
            });
            return identity.isPresent();
        });
    }
}
