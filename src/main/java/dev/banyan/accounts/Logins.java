package dev.banyan.accounts;

import dev.banyan.accounts.IdentityStore.Person;
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

        /// The password was right; a second factor is asked for, and there is no session yet.
        record SecondStep(AwaitedFactors.Asked asked) implements LoggedIn {}

        /// Unknown name or wrong password: nobody learns which.
        record WrongCredentials() implements LoggedIn {}

        /// The name is a sub-account's, as which nobody can sign in whatever the password. Only the LinkToMe route
        /// says so, because its contract does (2.1): no password was looked at, it took as long and counted as
        /// much as a wrong one, and it says nothing of who manages the account.
        record OfSubAccount() implements LoggedIn {}

        record TooMany(Duration retryAfter) implements LoggedIn {}
    }

    /// What came of a wish to go on with a session under a new token.
    public sealed interface Renewed {

        record Done(IdentityId identity, Sessions.Opened session) implements Renewed {}

        /// No session has this token: it ended, or its token was changed already.
        record Unknown() implements Renewed {}

        record TooMany(Duration retryAfter) implements Renewed {}
    }

    /// @param person who may sign in under the name
    /// @param factor what the person is asked for beside the password
    /// @param subAccount whether the name is a sub-account's
    private record Named(Optional<Person> person, SecondFactor factor, boolean subAccount) {

        Optional<String> passwordHash() {
            return person.map(found -> found.identity().passwordHash());
        }
    }

    private final Database database;
    private final Passwords passwords;
    private final Sessions sessions;
    private final AwaitedFactors factors;
    private final Devices devices;
    private final RateLimits limits;
    private final Audit audit;
    private final Clock clock;

    Logins(
            Database database,
            Passwords passwords,
            Sessions sessions,
            AwaitedFactors factors,
            Devices devices,
            RateLimits limits,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.sessions = sessions;
        this.factors = factors;
        this.devices = devices;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /// The same without a browser.
    public LoggedIn login(Actor actor, String emailOrUsername, String password) {
        return login(actor, Device.UNKNOWN, emailOrUsername, password);
    }

    /// @param emailOrUsername an e-mail, or the username of a root account
    LoggedIn login(Actor actor, Device device, String emailOrUsername, String password) {
        Optional<Duration> wait = limits.take(RateLimit.LOGIN_BY_IP, actor.ip());
        String name = Names.lower(emailOrUsername);
        if (wait.isEmpty()) {
            wait = limits.exhausted(RateLimit.LOGIN_FAILURES_BY_NAME, name);
        }
        if (wait.isPresent()) {
            return new LoggedIn.TooMany(wait.get());
        }
        Named named = database.read(tx -> find(tx, name));
        return switch (passwords.verify(named.passwordHash(), password)) {
            case Passwords.Verdict.Right right -> welcome(named, device, right.outdated(), password);
            case Passwords.Verdict.Wrong _ -> {
                limits.take(RateLimit.LOGIN_FAILURES_BY_NAME, name);
                audit.denied(actor, "login");
                yield named.subAccount() ? new LoggedIn.OfSubAccount() : new LoggedIn.WrongCredentials();
            }
        };
    }

    private LoggedIn welcome(Named named, Device device, boolean outdated, String password) {
        Person person = named.person().orElseThrow();
        if (named.factor().isOn()) {
            return new LoggedIn.SecondStep(factors.begin(person.identity(), named.factor()));
        }
        IdentityId id = person.identity().id();
        Optional<String> newHash = outdated ? Optional.of(passwords.hash(password)) : Optional.empty();
        return database.write(tx -> {
            newHash.ifPresent(hash -> new IdentityStore(tx).setPasswordHash(id, hash, clock.instant()));
            devices.greet(tx, person.identity(), device);
            return new LoggedIn.Welcome(id, person.operator(), sessions.open(tx, id, device));
        });
    }

    private static Named find(Tx tx, String name) {
        var identities = new IdentityStore(tx);
        if (name.contains("@")) {
            return named(tx, identities.findByEmail(name), false);
        }
        Optional<Account> account = new AccountStore(tx).findByUsername(name);
        return named(
                tx,
                account.filter(found -> !found.isSubAccount()).flatMap(found -> identities.findByHome(found.id())),
                account.filter(Account::isSubAccount).isPresent());
    }

    private static Named named(Tx tx, Optional<Person> person, boolean subAccount) {
        SecondFactor factor = person.map(found ->
                        new SecondFactorStore(tx).find(found.identity().id()))
                .orElse(SecondFactor.NONE);
        return new Named(person, factor, subAccount);
    }

    /// Goes on with a session under a new token; the old one is worth nothing from now on. Of two that come with the
    /// same token at once, one gets the new one.
    public Renewed renew(Actor actor, String token) {
        return limits.take(RateLimit.REFRESH_BY_IP, actor.ip())
                .<Renewed>map(Renewed.TooMany::new)
                .orElseGet(() -> sessions.rotate(token));
    }

    public void logout(Caller caller) {
        sessions.close(caller);
    }
}
