package dev.banyan.accounts.operator;

import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.signin.EmailConfirmations;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The people who run this server, and what only they may do to identities.
@Singleton
public final class Operators {

    /// The result of creating the first operator.
    public sealed interface OperatorMade {

        record Made(IdentityId identity, LoginSessions.Opened session) implements OperatorMade {}

        record Rejected(List<Invalid> invalid) implements OperatorMade {}

        /// This server has an operator: only the first can be created without another operator's invitation.
        record TooLate() implements OperatorMade {}

        record EmailTaken() implements OperatorMade {}
    }

    private final Database database;
    private final Passwords passwords;
    private final LoginSessions sessions;
    private final EmailConfirmations confirmations;
    private final Audit audit;
    private final Clock clock;
    private final Uuids uuids;

    Operators(
            Database database,
            Passwords passwords,
            LoginSessions sessions,
            EmailConfirmations confirmations,
            Audit audit,
            Clock clock,
            Uuids uuids) {
        this.database = database;
        this.passwords = passwords;
        this.sessions = sessions;
        this.confirmations = confirmations;
        this.audit = audit;
        this.clock = clock;
        this.uuids = uuids;
    }

    public boolean exist() {
        return database.read(tx -> new IdentityStore(tx).hasOperator());
    }

    /// Creates the first operator of a new server.
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
