package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.config.Settings.Registration;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// People who log in: registration, login, logout, confirmation of e-mails, and the first operator.
@Singleton
public final class Identities {

    private static final Duration CONFIRMATION_LIFE = Duration.ofDays(3);

    /// What came of a registration.
    public sealed interface Registered {

        record Welcome(IdentityId identity, AccountId account, Sessions.Opened session) implements Registered {}

        record Rejected(List<Invalid> invalid) implements Registered {}

        record EmailTaken() implements Registered {}

        record UsernameTaken() implements Registered {}

        /// This server takes no registrations from anybody.
        record Closed() implements Registered {}

        record TooMany(Duration retryAfter) implements Registered {}
    }

    /// What came of a login.
    public sealed interface LoggedIn {

        record Welcome(IdentityId identity, boolean operator, Sessions.Opened session) implements LoggedIn {}

        /// Unknown name or wrong password: nobody learns which.
        record WrongCredentials() implements LoggedIn {}

        record TooMany(Duration retryAfter) implements LoggedIn {}
    }

    private final Database database;
    private final Passwords passwords;
    private final Sessions sessions;
    private final RateLimits limits;
    private final Audit audit;
    private final Mails mails;
    private final Settings settings;
    private final Clock clock;
    private final Uuids uuids;

    Identities(
            Database database,
            Passwords passwords,
            Sessions sessions,
            RateLimits limits,
            Audit audit,
            Mails mails,
            Settings settings,
            Clock clock,
            Uuids uuids) {
        this.database = database;
        this.passwords = passwords;
        this.sessions = sessions;
        this.limits = limits;
        this.audit = audit;
        this.mails = mails;
        this.settings = settings;
        this.clock = clock;
        this.uuids = uuids;
    }

    public boolean isRegistrationOpen() {
        return settings.registration() == Registration.OPEN;
    }

    /// Makes an identity and its root account, and signs in.
    public Registered register(Actor actor, String email, String username, String password) {
        if (!isRegistrationOpen()) {
            return new Registered.Closed();
        }
        Optional<Duration> wait = limits.take(RateLimit.REGISTER_BY_IP, actor.ip());
        if (wait.isPresent()) {
            return new Registered.TooMany(wait.get());
        }
        return create(actor, email, username, username, password);
    }

    /// The same without limits: for sample data.
    public Registered create(Actor actor, String email, String username, String displayName, String password) {
        List<Invalid> invalid = new ArrayList<>();
        Names.brokenEmail(email).ifPresent(invalid::add);
        Names.brokenUsername(username).ifPresent(invalid::add);
        Passwords.broken(password).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new Registered.Rejected(List.copyOf(invalid));
        }
        String name = Names.lower(username);
        if (ReservedNames.contains(name)) {
            return new Registered.UsernameTaken();
        }
        String hash = passwords.hash(password); // outside the transaction: it takes long
        return database.write(tx -> insert(tx, actor, Names.lower(email), name, displayName.strip(), hash));
    }

    private Registered insert(Tx tx, Actor actor, String email, String username, String displayName, String hash) {
        var identities = new IdentityStore(tx);
        if (identities.findByEmail(email).isPresent()) {
            return new Registered.EmailTaken();
        }
        Instant now = clock.instant();
        var identity = new Identity(uuids.nextIdentityId(), email, hash, Optional.empty(), false);
        var account = new Account(
                uuids.nextAccountId(),
                Optional.empty(),
                username,
                displayName,
                Optional.of(email),
                Optional.empty(),
                AccountStatus.ACTIVE,
                Tier.FREE,
                Optional.empty(),
                Optional.of(identity.id()),
                now);
        if (!new AccountStore(tx).insert(account, now)) {
            return new Registered.UsernameTaken();
        }
        new UsageStore(tx).start(account.owner());
        var atHome = new Identity(identity.id(), email, hash, Optional.of(account.id()), false);
        if (!identities.insert(atHome, now)) {
            throw new IllegalStateException("The e-mail was taken while this transaction ran"); // rolls back
        }
        identities.insertOwner(account.id(), identity.id(), now);
        sendConfirmation(tx, atHome, now);
        audit.note(
                tx,
                new Actor(Optional.of(identity.id()), actor.ip()),
                account.owner(),
                "AccountRegistered",
                account.id().toString(),
                Map.of("username", username));
        return new Registered.Welcome(identity.id(), account.id(), sessions.open(tx, identity.id()));
    }

    private void sendConfirmation(Tx tx, Identity identity, Instant now) {
        String token = Digests.newToken();
        new IdentityStore(tx)
                .insertConfirmation(
                        Digests.sha256Hex(token), identity.id(), identity.email(), now.plus(CONFIRMATION_LIFE));
        mails.send(tx, identity.email(), "Confirm your e-mail for Banyan", """
                Welcome to Banyan.

                Open this link to confirm that this address is yours:
                %s/confirm-email?token=%s

                It works for three days. If you did not register, ignore this mail.
                """.formatted(settings.baseUrl(), token));
    }

    /// @return false when the link is unknown or too old
    public boolean confirmEmail(String token) {
        return database.write(tx -> new IdentityStore(tx).confirm(Digests.sha256Hex(token), clock.instant()));
    }

    /// Removes confirmation links that nobody opened in time.
    public int forgetConfirmations() {
        return database.write(tx -> new IdentityStore(tx).deleteConfirmationsBefore(clock.instant()));
    }

    /// @param emailOrUsername an e-mail, or the username of a root account
    public LoggedIn login(Actor actor, String emailOrUsername, String password) {
        Optional<Duration> wait = limits.take(RateLimit.LOGIN_BY_IP, actor.ip());
        String name = Names.lower(emailOrUsername);
        if (wait.isEmpty()) {
            wait = limits.exhausted(RateLimit.LOGIN_FAILURES_BY_NAME, name);
        }
        if (wait.isPresent()) {
            return new LoggedIn.TooMany(wait.get());
        }
        Optional<Identity> identity = database.read(tx -> find(tx, name));
        return switch (passwords.verify(identity.map(Identity::passwordHash), password)) {
            case Passwords.Verdict.Right right -> welcome(identity.orElseThrow(), right.outdated(), password);
            case Passwords.Verdict.Wrong _ -> {
                limits.take(RateLimit.LOGIN_FAILURES_BY_NAME, name);
                audit.denied(actor, "login");
                yield new LoggedIn.WrongCredentials();
            }
        };
    }

    private LoggedIn welcome(Identity identity, boolean outdated, String password) {
        Optional<String> newHash = outdated ? Optional.of(passwords.hash(password)) : Optional.empty();
        return database.write(tx -> {
            var store = new IdentityStore(tx);
            newHash.ifPresent(hash -> store.setPasswordHash(identity.id(), hash, clock.instant()));
            return new LoggedIn.Welcome(
                    identity.id(), store.isOperator(identity.id()), sessions.open(tx, identity.id()));
        });
    }

    private static Optional<Identity> find(Tx tx, String name) {
        var identities = new IdentityStore(tx);
        return name.contains("@")
                ? identities.findByEmail(name)
                : new AccountStore(tx)
                        .findByUsername(name)
                        .filter(account -> !account.isSubAccount())
                        .flatMap(account -> identities.findByHome(account.id()));
    }

    /// The e-mail of a person, for the pages that show who has signed in.
    public Optional<String> emailOf(IdentityId identity) {
        return database.read(tx -> new IdentityStore(tx).find(identity).map(Identity::email));
    }

    public void logout(Caller caller) {
        sessions.close(caller);
    }

    public boolean hasOperator() {
        return database.read(tx -> new IdentityStore(tx).hasOperator());
    }

    /// What came of making the first operator.
    public sealed interface OperatorMade {

        record Made(IdentityId identity, Sessions.Opened session) implements OperatorMade {}

        record Rejected(List<Invalid> invalid) implements OperatorMade {}

        /// This server has an operator: only the first is made without being asked for by another.
        record TooLate() implements OperatorMade {}

        record EmailTaken() implements OperatorMade {}
    }

    /// Makes the first operator of a new server.
    public OperatorMade createFirstOperator(Actor actor, String email, String password) {
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
            audit.noteServer(tx, actor, "OperatorCreated", identity.id().toString(), Map.of());
            return new OperatorMade.Made(identity.id(), sessions.open(tx, identity.id()));
        });
    }

    /// Gives a person a new password and ends all their sessions.
    ///
    /// @return false when nobody has this e-mail
    public boolean resetPassword(Actor actor, String email, String password) {
        String hash = passwords.hash(password);
        return database.write(tx -> {
            var store = new IdentityStore(tx);
            Optional<Identity> identity = store.findByEmail(Names.lower(email));
            identity.ifPresent(person -> {
                store.setPasswordHash(person.id(), hash, clock.instant());
                new SessionStore(tx).deleteAll(person.id());
                audit.noteServer(tx, actor, "PasswordReset", person.id().toString(), Map.of());
            });
            return identity.isPresent();
        });
    }
}
