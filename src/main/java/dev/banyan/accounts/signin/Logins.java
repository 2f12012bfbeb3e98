package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.IdentityStore.Person;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.accounts.context.LockReason;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import jakarta.inject.Singleton;

/// Signs people in with their password, or after the provider of their account has named them.
@Singleton
public record Logins(
        Database database,
        Passwords passwords,
        SignIns signIns,
        AwaitedFactors factors,
        Devices devices,
        SignInElsewhere elsewhere,
        RateLimits limits,
        Clock clock) {

    /// The result of a login.
    public sealed interface LoggedIn {

        record Welcome(IdentityId identity, boolean operatorOnly, LoginSessions.Opened session) implements LoggedIn {}

        /// The password was right; a second factor is required, and there is no session yet.
        record SecondStep(AwaitedFactors.Asked asked) implements LoggedIn {}

        /// Unknown name or wrong password: the caller can't tell which.
        record WrongCredentials() implements LoggedIn {}

        /// The name belongs to a sub-account, which can't sign in with any password. Only the LinkToMe route says so,
        /// because its contract does (2.1): no password was checked, it took as long and counted as much as a
        /// wrong one, and the answer does not say who manages the account.
        record OfSubAccount() implements LoggedIn {}

        /// The password was right, and operators have switched the account off.
        record Disabled(LockReason reason) implements LoggedIn {}

        /// The password or the passkey was right, but this person must sign in at the provider of their account.
        ///
        /// @param path where that begins
        record Elsewhere(String path) implements LoggedIn {}

        record TooMany(Duration retryAfter) implements LoggedIn {}

        /// Returns what the history of sign-ins says; empty for what is neither signed in nor refused. A required
        /// second factor is recorded once it was right or wrong.
        default Optional<SignIn.Outcome> recorded() {
            return switch (this) {
                case Welcome _ -> Optional.of(SignIn.Outcome.SIGNED_IN);
                case Disabled _ -> Optional.of(SignIn.Outcome.ACCOUNT_DISABLED);
                case WrongCredentials _ -> Optional.of(SignIn.Outcome.WRONG_PASSWORD);
                case SecondStep _, OfSubAccount _, Elsewhere _, TooMany _ -> Optional.empty();
            };
        }
    }

    /// @param person who may sign in under the name
    /// @param place whether the person is known to sign in from there
    private record Named(Optional<Person> person, SecondFactor factor, RateLimits.Origin place, boolean subAccount) {

        Optional<IdentityId> id() {
            return person.map(found -> found.identity().id());
        }

        Optional<String> passwordHash() {
            return person.map(found -> found.identity().passwordHash());
        }
    }

    static final String ELSEWHERE = "Passwords are off in this account. Sign in with single sign-on";

    /// Queried for unknown names, so that they take as long.
    static final IdentityId NOBODY = new IdentityId(new UUID(0, 0));

    /// Signs in without a browser.
    public LoggedIn login(Actor actor, String emailOrUsername, String password) {
        return login(actor, Device.UNKNOWN, emailOrUsername, password);
    }

    /// Signs in with a password. Wrong passwords count per person and place; those from places where the person has not
    /// signed in slow down all such places together. So guessing is hopeless, and can't lock people out of their
    /// own account.
    ///
    /// @param emailOrUsername an e-mail, or the username of a root account
    public LoggedIn login(Actor actor, Device device, String emailOrUsername, String password) {
        // Only failures count: the people of an office have one address.
        return limits.countingFailures(
                RateLimit.LOGIN_BY_IP,
                actor.ip(),
                () -> tried(actor, device, emailOrUsername, password),
                Logins::isWrong,
                LoggedIn.TooMany::new);
    }

    private static boolean isWrong(LoggedIn loggedIn) {
        return loggedIn instanceof LoggedIn.WrongCredentials || loggedIn instanceof LoggedIn.OfSubAccount;
    }

    private LoggedIn tried(Actor actor, Device device, String emailOrUsername, String password) {
        String name = Names.lower(emailOrUsername);
        Named named = database.read(tx -> find(tx, name, device, actor.ip()));
        return limits.guessing(
                guess(named.person().map(Person::identity), name, named.place()),
                () -> login(actor, device, named, password),
                Logins::isWrong,
                LoggedIn.TooMany::new);
    }

    /// An attempt at the password of a person, under any of their names.
    ///
    /// @param typed the name to count for unknown people
    public static RateLimits.Guess guess(Optional<Identity> person, String typed, RateLimits.Origin place) {
        return new RateLimits.Guess(
                RateLimit.LOGIN_FAILURES_BY_NAME,
                RateLimit.LOGIN_GUESSES_BY_NAME,
                person.map(Identity::email).orElse(typed),
                place,
                person.isPresent());
    }

    /// Returns the name under which attempts at this person's password are counted.
    public String countedAs(String emailOrUsername) {
        String name = Names.lower(emailOrUsername);
        return database.read(tx -> find(tx, name, Device.UNKNOWN, ""))
                .person()
                .map(person -> person.identity().email())
                .orElse(name);
    }

    private LoggedIn login(Actor actor, Device device, Named named, String password) {
        return switch (passwords.verify(named.passwordHash(), password)) {
            case Passwords.Verdict.Right right -> {
                LoggedIn loggedIn = welcome(named, device, right.outdated(), password);
                named.id().ifPresent(id -> note(id, actor, device, SignIn.Method.PASSWORD, loggedIn));
                yield loggedIn;
            }
            case Passwords.Verdict.Wrong _ -> {
                signIns.failed(named.id(), actor, device, SignIn.Method.PASSWORD, SignIn.Outcome.WRONG_PASSWORD);
                yield named.subAccount() ? new LoggedIn.OfSubAccount() : new LoggedIn.WrongCredentials();
            }
        };
    }

    private void note(IdentityId id, Actor actor, Device device, SignIn.Method way, LoggedIn loggedIn) {
        loggedIn.recorded().ifPresent(outcome -> signIns.note(id, actor.ip(), device, way, outcome));
    }

    private LoggedIn welcome(Named named, Device device, boolean outdated, String password) {
        Person person = named.person().orElseThrow();
        Optional<String> provider = database.read(tx -> elsewhere.insteadOfPassword(tx, person.identity()));
        if (provider.isPresent()) {
            return new LoggedIn.Elsewhere(provider.get());
        }
        if (named.factor().isOn()) {
            // Checked now, not with the name, so that a wrong password takes as long for unknown names as for known
            // ones.
            Optional<LockReason> barred = database.read(tx -> AccountLocks.barring(tx, person));
            if (barred.isPresent()) {
                return new LoggedIn.Disabled(barred.get());
            }
            return new LoggedIn.SecondStep(factors.begin(person.identity(), named.factor()));
        }
        IdentityId id = person.identity().id();
        Optional<String> newHash = outdated ? Optional.of(passwords.hash(password)) : Optional.empty();
        return database.write(tx -> {
            var identities = new IdentityStore(tx);
            if (!identities.lock(id, person.identity().passwordHash())
                    || new SecondFactorStore(tx).find(id).isOn()) {
                return new LoggedIn.WrongCredentials(); // changed since it was verified: they start again
            }
            newHash.ifPresent(hash -> identities.setPasswordHash(id, hash, clock.instant()));
            Optional<LockReason> barred = AccountLocks.barringNow(tx, person);
            if (barred.isPresent()) {
                return new LoggedIn.Disabled(barred.get());
            }
            return new LoggedIn.Welcome(id, person.operatorOnly(), devices.signIn(tx, person.identity(), device));
        });
    }

    /// Signs in a person whom the provider of an account has named. Their second factor is asked for as after a
    /// password.
    ///
    /// @param opened called with the token of the session, in its transaction
    /// @param awaited called with the secret that continues the sign-in, if a second factor is required
    public LoggedIn welcomeFromProvider(
            Actor actor, Device device, Person person, BiConsumer<Tx, String> opened, BiConsumer<Tx, String> awaited) {
        IdentityId id = person.identity().id();
        SecondFactor factor = database.read(tx -> new SecondFactorStore(tx).find(id));
        LoggedIn loggedIn = factor.isOn()
                ? secondStep(person, factor, awaited)
                : database.write(tx -> {
                    Optional<LockReason> barred = AccountLocks.barringNow(tx, person);
                    if (barred.isPresent()) {
                        return new LoggedIn.Disabled(barred.get());
                    }
                    if (new SecondFactorStore(tx).find(id).isOn()) {
                        return new LoggedIn.WrongCredentials(); // switched on since: they start again
                    }
                    LoginSessions.Opened session = devices.signIn(tx, person.identity(), device);
                    opened.accept(tx, session.token());
                    return new LoggedIn.Welcome(id, person.operatorOnly(), session);
                });
        note(id, actor, device, SignIn.Method.PROVIDER, loggedIn);
        return loggedIn;
    }

    private LoggedIn secondStep(Person person, SecondFactor factor, BiConsumer<Tx, String> awaited) {
        Optional<LockReason> barred = database.read(tx -> AccountLocks.barring(tx, person));
        if (barred.isPresent()) {
            return new LoggedIn.Disabled(barred.get());
        }
        AwaitedFactors.Asked asked = factors.begin(person.identity(), factor);
        database.write(tx -> {
            awaited.accept(tx, asked.session());
            return asked;
        });
        return new LoggedIn.SecondStep(asked);
    }

    /// Returns how long to wait, if somebody asks for providers too often.
    Optional<Duration> waitForProvider(Actor actor) {
        return limits.take(RateLimit.PROVIDER_LOGIN_BY_IP, actor.ip());
    }

    /// Returns where people with such an email, or of an account with this username, sign in at a provider.
    public Optional<String> provider(String emailOrUsername) {
        return database.read(tx -> elsewhere.named(tx, emailOrUsername));
    }

    private Named find(Tx tx, String name, Device device, String ip) {
        var identities = new IdentityStore(tx);
        if (name.contains("@")) {
            return named(tx, device, ip, identities.findByEmail(name), false);
        }
        Optional<Account> account = new AccountStore(tx).findByUsername(name);
        return named(
                tx,
                device,
                ip,
                account.filter(found -> !found.isSubAccount()).flatMap(found -> identities.findByHome(found.id())),
                account.filter(Account::isSubAccount).isPresent());
    }

    private Named named(Tx tx, Device device, String ip, Optional<Person> person, boolean subAccount) {
        // also for unknown people, so that it takes as long
        IdentityId id = person.map(found -> found.identity().id()).orElse(NOBODY);
        return new Named(person, new SecondFactorStore(tx).find(id), devices.place(tx, id, device, ip), subAccount);
    }
}
