package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore.Awaited;
import dev.banyan.accounts.signin.factors.Passkeys;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.accounts.signin.factors.ShortCodes;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.limits.RateLimits;
import jakarta.inject.Singleton;

/// The second step of a sign-in: the password was right, a code is expected. Ten minutes, five tries.
@Singleton
public record AwaitedFactors(
        Database database,
        FactorCodes codes,
        SignIns signIns,
        Devices devices,
        Passkeys passkeys,
        SignInElsewhere elsewhere,
        RateLimits limits,
        Clock clock)
        implements Expiring {

    static final Duration LIFE = Duration.ofMinutes(10);
    static final Duration COOLDOWN = Duration.ofSeconds(60);
    static final int TRIES = 5;

    /// The second factor to ask for.
    ///
    /// @param session the secret that continues the sign-in
    /// @param method `totp`, `email` or `both`
    public record Asked(String session, String method, List<String> methods) {}

    /// The result of checking a code.
    sealed interface Verified {

        record Welcome(IdentityId identity, boolean operatorOnly, LoginSessions.Opened session) implements Verified {}

        /// @param asked what is still required
        record Wrong(Asked asked) implements Verified {}

        /// No such sign-in, or its ten minutes are over.
        record Expired() implements Verified {}

        /// Too many tries.
        record Exhausted() implements Verified {}

        record TooMany(Duration retryAfter) implements Verified {}
    }

    /// The result of requesting a code by mail.
    sealed interface Resent {

        record Done(Asked asked) implements Resent {}

        /// This person's codes are not sent by mail.
        record NotByMail(Asked asked) implements Resent {}

        record Expired() implements Resent {}

        record TooMany(Asked asked, Duration retryAfter) implements Resent {}
    }

    /// Starts the second step for a person whose password was right; mails a code if mail is the only way.
    Asked begin(Identity person, SecondFactor factor) {
        var asked = asked("tfa-" + UUID.randomUUID(), factor);
        boolean mailed = factor.email()
                && !factor.totp()
                && limits.take(
                                RateLimit.SECOND_FACTOR_MAILS_BY_PERSON,
                                person.id().toString())
                        .isEmpty();
        String hash = Digests.sha256Hex(asked.session());
        return database.write(tx -> {
            if (!new IdentityStore(tx).lock(person.id(), person.passwordHash())) {
                return asked; // changed since it was verified: no code will be accepted
            }
            var store = new AwaitedFactorStore(tx);
            store.insert(person.id(), hash, clock.instant().plus(LIFE));
            if (mailed) {
                codes.mail(tx, person, hash);
            }
            return asked;
        });
    }

    private static Asked asked(String session, SecondFactor factor) {
        return new Asked(session, factor.method(), factor.methods());
    }

    /// Decides whether a second factor is right.
    private interface Check {
        boolean of(Tx tx, IdentityId identity, SecondFactor factor, Awaited awaited);
    }

    /// @param typed a code of any kind
    Verified verify(Actor actor, Device device, String session, String typed) {
        String code = ShortCodes.typed(typed);
        String hash = Digests.sha256Hex(session);
        return verify(
                actor,
                device,
                session,
                (tx, id, factor, awaited) -> codes.isRight(tx, id, factor, awaited, hash, code));
    }

    /// @param token from [#askPasskey]
    Verified verifyPasskey(Actor actor, Device device, String session, String token, String credential) {
        String hash = Digests.sha256Hex(session);
        Optional<Passkeys.Proved> proved = database.read(tx -> new AwaitedFactorStore(tx).find(hash, clock.instant()))
                .flatMap(awaited ->
                        passkeys.proved(Passkeys.Purpose.secondStep(hash, awaited.identity()), token, credential));
        return verify(
                actor,
                device,
                session,
                (tx, id, _, _) -> proved.filter(right -> right.identity().equals(id))
                        .filter(right -> passkeys.accept(tx, right, clock.instant()))
                        .isPresent());
    }

    /// Returns a challenge for the person's passkeys, while the sign-in waits for one.
    ///
    /// @return empty if no such sign-in waits (any more)
    Optional<Passkeys.Asked> askPasskey(String session) {
        String hash = Digests.sha256Hex(session);
        return database.read(tx -> new AwaitedFactorStore(tx).find(hash, clock.instant()))
                .filter(awaited -> awaited.tries() < TRIES)
                .map(awaited -> passkeys.ask(Passkeys.Purpose.secondStep(hash, awaited.identity())));
    }

    private Verified verify(Actor actor, Device device, String session, Check check) {
        Optional<Duration> wait = limits.take(RateLimit.SECOND_FACTOR_TRIES_BY_IP, actor.ip());
        if (wait.isPresent()) {
            return new Verified.TooMany(wait.get());
        }
        String hash = Digests.sha256Hex(session);
        Optional<IdentityId> person = database.read(tx -> new AwaitedFactorStore(tx).find(hash, clock.instant()))
                .map(Awaited::identity);
        if (person.isEmpty()) {
            return new Verified.Expired();
        }
        var guess = new RateLimits.Guess(
                RateLimit.SECOND_FACTOR_FAILURES_BY_PERSON,
                RateLimit.SECOND_FACTOR_GUESSES_BY_PERSON,
                person.get().toString(),
                database.read(tx -> devices.place(tx, person.get(), device, actor.ip())),
                true);
        Verified verified = limits.guessing(
                guess,
                () -> database.write(tx -> verify(tx, device, session, hash, check)),
                Verified.Wrong.class::isInstance,
                Verified.TooMany::new);
        if (verified instanceof Verified.Welcome) {
            signIns.note(person.get(), actor.ip(), device, SignIn.Method.SECOND_FACTOR, SignIn.Outcome.SIGNED_IN);
        }
        if (verified instanceof Verified.Wrong) {
            signIns.failed(
                    person,
                    new Actor(person, actor.ip()),
                    device,
                    SignIn.Method.SECOND_FACTOR,
                    SignIn.Outcome.WRONG_CODE);
        }
        return verified;
    }

    private Verified verify(Tx tx, Device device, String session, String hash, Check check) {
        var store = new AwaitedFactorStore(tx);
        Optional<Awaited> awaited = store.find(hash, clock.instant());
        Optional<IdentityStore.Person> person =
                awaited.flatMap(found -> new IdentityStore(tx).findPerson(found.identity()));
        // Switched off since the password was right: the next attempt says so.
        boolean barred =
                person.flatMap(found -> AccountLocks.barringNow(tx, found)).isPresent();
        if (awaited.isEmpty() || person.isEmpty() || barred) {
            return new Verified.Expired();
        }
        if (!store.claimTry(hash, TRIES)) {
            return new Verified.Exhausted();
        }
        IdentityId id = awaited.get().identity();
        SecondFactor factor = new SecondFactorStore(tx).find(id);
        if (!check.of(tx, id, factor, awaited.get())) {
            if (awaited.get().tries() == TRIES - 1) {
                codes.warn(tx, person.get().identity());
            }
            return new Verified.Wrong(asked(session, factor));
        }
        if (!store.delete(hash)) {
            return new Verified.Expired();
        }
        LoginSessions.Opened opened = devices.signIn(tx, person.get().identity(), device);
        elsewhere.opened(tx, id, hash, Digests.sha256Hex(opened.token()));
        return new Verified.Welcome(id, person.get().operatorOnly(), opened);
    }

    /// Mails a code, if codes are sent by mail.
    Resent resend(Actor actor, String session) {
        String hash = Digests.sha256Hex(session);
        Optional<Awaited> awaited = database.read(tx -> new AwaitedFactorStore(tx).find(hash, clock.instant()));
        if (awaited.isEmpty() || awaited.get().tries() >= TRIES) {
            return new Resent.Expired();
        }
        IdentityId id = awaited.get().identity();
        SecondFactor factor = database.read(tx -> new SecondFactorStore(tx).find(id));
        var asked = asked(session, factor);
        if (!factor.email()) {
            return new Resent.NotByMail(asked);
        }
        Optional<Duration> wait = limits.take(RateLimit.SECOND_FACTOR_TRIES_BY_IP, actor.ip())
                .or(() -> cooldown(awaited.get()))
                .or(() -> limits.take(RateLimit.SECOND_FACTOR_MAILS_BY_PERSON, id.toString()));
        if (wait.isPresent()) {
            return new Resent.TooMany(asked, wait.get());
        }
        return database.write(tx -> {
            Optional<Identity> person = new IdentityStore(tx).find(id);
            if (person.isEmpty()) {
                return new Resent.Expired();
            }
            return codes.mail(tx, person.get(), hash) ? new Resent.Done(asked) : new Resent.TooMany(asked, COOLDOWN);
        });
    }

    private Optional<Duration> cooldown(Awaited awaited) {
        return awaited.codeSentAt()
                .map(sent -> Duration.between(clock.instant(), sent.plus(COOLDOWN)))
                .filter(Duration::isPositive);
    }

    /// Deletes unfinished sign-ins.
    @Override
    public int forgetExpired() {
        return database.write(tx -> new AwaitedFactorStore(tx).deleteExpired(clock.instant()));
    }
}
