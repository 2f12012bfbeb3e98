package dev.banyan.accounts;

import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// How a person who has an identity signs in and out.
@Singleton
public final class Logins {

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
    private final Clock clock;

    Logins(Database database, Passwords passwords, Sessions sessions, RateLimits limits, Audit audit, Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.sessions = sessions;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
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

    public void logout(Caller caller) {
        sessions.close(caller);
    }
}
