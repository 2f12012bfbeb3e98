package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.IdentityStore.Person;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.accounts.context.LockReason;
import dev.banyan.accounts.signin.Logins.LoggedIn;
import dev.banyan.accounts.signin.factors.Passkeys;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import jakarta.inject.Singleton;

/// Signs people in with a passkey alone.
@Singleton
record PasskeyLogins(
        Database database,
        Passkeys passkeys,
        Devices devices,
        SignIns signIns,
        SignInElsewhere elsewhere,
        RateLimits limits,
        Clock clock) {

    /// Returns a challenge for any passkey that is sufficient by itself.
    Passkeys.Asked ask() {
        return passkeys.ask(Passkeys.Purpose.signIn());
    }

    /// Signs in with a passkey alone: the device has verified its owner, so nothing else is required.
    LoggedIn login(Actor actor, Device device, String token, String credential) {
        return limits.countingFailures(
                RateLimit.LOGIN_BY_IP,
                actor.ip(),
                () -> tried(actor, device, token, credential),
                LoggedIn.WrongCredentials.class::isInstance,
                LoggedIn.TooMany::new);
    }

    private LoggedIn tried(Actor actor, Device device, String token, String credential) {
        Optional<Passkeys.Proved> found = passkeys.proved(Passkeys.Purpose.signIn(), token, credential);
        LoggedIn loggedIn = found.flatMap(proved -> database.write(tx -> welcome(tx, proved, device)))
                .orElseGet(LoggedIn.WrongCredentials::new);
        Optional<IdentityId> id = found.map(Passkeys.Proved::identity);
        if (loggedIn instanceof LoggedIn.WrongCredentials) {
            signIns.failed(id, actor, device, SignIn.Method.PASSKEY, SignIn.Outcome.WRONG_PASSWORD);
        } else {
            id.ifPresent(known -> loggedIn.recorded()
                    .ifPresent(outcome -> signIns.note(known, actor.ip(), device, SignIn.Method.PASSKEY, outcome)));
        }
        return loggedIn;
    }

    private Optional<LoggedIn> welcome(Tx tx, Passkeys.Proved proved, Device device) {
        IdentityId id = proved.identity();
        Optional<Person> person = new IdentityStore(tx).findPerson(id);
        if (person.isEmpty() || !passkeys.accept(tx, proved, clock.instant())) {
            return Optional.empty();
        }
        Optional<LockReason> barred = AccountLocks.barringNow(tx, person.get());
        if (barred.isPresent()) {
            return Optional.of(new LoggedIn.Disabled(barred.get()));
        }
        Optional<String> provider = elsewhere.insteadOfPassword(tx, person.get().identity());
        if (provider.isPresent()) {
            return Optional.of(new LoggedIn.Elsewhere(provider.get()));
        }
        return Optional.of(new LoggedIn.Welcome(
                id, person.get().operatorOnly(), devices.signIn(tx, person.get().identity(), device)));
    }
}
