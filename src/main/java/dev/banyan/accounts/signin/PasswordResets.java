package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.IdentityStore.Person;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.keys.ApiKeyStore;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore;
import dev.banyan.accounts.signin.factors.PasskeyStore;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.accounts.signin.factors.ShortCodes;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.SealedSecrets;
import jakarta.inject.Singleton;

/// Sets a new password for a person who forgot theirs: a code of six digits is mailed, and works for that e-mail, once
/// and for an hour. The answer, what is written and the time it takes do not reveal whether a user has that e-mail.
///
/// A device that the person has signed in with before requests and tries codes separately from all others, so that
/// requests and guesses from elsewhere can't prevent a new password.
@Singleton
public record PasswordResets(
        Database database,
        Passwords passwords,
        SealedSecrets secrets,
        PasswordResetMails mails,
        SignInElsewhere elsewhere,
        RateLimits limits,
        Audit audit,
        Clock clock)
        implements Expiring {

    static final Duration LIFE = Duration.ofHours(1);
    static final int TRIES = 5;
    private static final String KEYS_OF_BEFORE = "Created before its owner confirmed their email";

    /// Mails a code to the e-mail, if a user has it. The answer is sent before the work is done, after a constant time.
    ///
    /// @return how long to wait after too many requests
    Optional<Duration> ask(Actor actor, Device device, String typed) {
        String email = Names.lower(typed);
        Optional<Duration> wait = limits.take(RateLimit.PASSWORD_RESETS_BY_IP, actor.ip());
        if (wait.isPresent() || Names.brokenEmail(email).isPresent()) {
            return wait;
        }
        Optional<String> known = database.read(tx -> known(tx, device, email));
        wait = limits.take(
                RateLimit.PASSWORD_RESETS_BY_EMAIL,
                known.map(hash -> email + " " + hash).orElse(email));
        if (wait.isEmpty()) {
            Thread.ofVirtual().name("password-reset").start(() -> send(email, known));
        }
        return wait;
    }

    /// Returns the digest of the device, if the owner of the e-mail has signed in with it before.
    private static Optional<String> known(Tx tx, Device device, String email) {
        String hash = Digests.sha256Hex(device.secret());
        // also for unknown e-mails, so that it takes as long
        IdentityId id = new IdentityStore(tx)
                .findByEmail(email)
                .map(person -> person.identity().id())
                .orElse(Logins.NOBODY);
        return Optional.of(hash).filter(it -> new DeviceStore(tx).knows(id, List.of(it)));
    }

    /// @return whether a user has this e-mail
    public boolean send(String email) {
        return send(email, Optional.empty());
    }

    /// @param known a device that gets a stored code of its own, in addition to the one for everywhere
    private boolean send(String email, Optional<String> known) {
        String code = ShortCodes.digits();
        String hash = secrets.stamp(code, purpose(email));
        return database.write(tx -> {
            var store = new PasswordResetStore(tx);
            Instant end = clock.instant().plus(LIFE);
            store.put(email, PasswordResetStore.EVERYWHERE, hash, 0, end);
            known.ifPresent(device -> store.put(email, device, hash, 0, end));
            Optional<Person> person = new IdentityStore(tx).findByEmail(email);
            Optional<String> provider = person.flatMap(found -> elsewhere.insteadOfPassword(tx, found.identity()));
            provider.ifPresent(path -> mails.noPassword(tx, email, path));
            person.filter(_ -> provider.isEmpty()).ifPresent(_ -> mails.code(tx, email, code));
            return person.isPresent();
        });
    }

    /// Makes a link with a code for a member of an account, which an operator passes on where no mail is sent.
    /// Never for requests of others: the link sets a new password.
    public Optional<OperatorLink> linkFor(Actor operator, AccountId tenant, IdentityId member) {
        String code = ShortCodes.digits();
        return database.write(tx -> new IdentityStore(tx)
                .find(member)
                .filter(person -> new IdentityStore(tx).isMember(tenant, person.id()))
                .map(person -> {
                    String email = person.email();
                    new PasswordResetStore(tx)
                            .put(
                                    email,
                                    PasswordResetStore.EVERYWHERE,
                                    secrets.stamp(code, purpose(email)),
                                    0,
                                    clock.instant().plus(LIFE));
                    audit.noteServer(
                            tx, operator, "PasswordLinkCreated", person.id().toString(), Map.of("email", email));
                    return new OperatorLink(email, mails.link(email, code));
                }));
    }

    /// A link that an operator passes on to the person with this e-mail.
    public record OperatorLink(String email, String url) {}

    private static String purpose(String email) {
        return "password reset " + email;
    }

    /// Sets the password and ends all sessions of the person.
    ///
    /// @return not found if no such code was mailed to this e-mail, or it expired, or was tried too often
    Outcome<Nothing> choose(Actor actor, Device device, String typed, String code, String password) {
        Optional<Duration> wait = limits.take(RateLimit.PASSWORD_RESET_TRIES_BY_IP, actor.ip());
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.TooMany(wait.get()));
        }
        Optional<Invalid> broken = Passwords.broken(password);
        if (broken.isPresent()) {
            return Outcome.rejected(broken.get().in("newPassword"));
        }
        String email = Names.lower(typed);
        if (Names.brokenEmail(email).isPresent()) {
            return Outcome.notFound();
        }
        String hash = passwords.hash(password); // also for wrong codes, so that they take as long
        String plain = ShortCodes.typed(code);
        Outcome<Nothing> chosen = database.write(tx -> choose(tx, actor, device, email, plain, hash));
        if (chosen instanceof Outcome.Refused<Nothing>(Refusal.NotFound _)) {
            audit.denied(actor, "password reset code");
        }
        return chosen;
    }

    private Outcome<Nothing> choose(Tx tx, Actor actor, Device device, String email, String code, String hash) {
        var store = new PasswordResetStore(tx);
        Instant now = clock.instant();
        Optional<String> everywhere = store.claimTry(email, PasswordResetStore.EVERYWHERE, TRIES, now);
        Optional<String> here = known(tx, device, email).flatMap(known -> store.claimTry(email, known, TRIES, now));
        Optional<Person> person = new IdentityStore(tx).findByEmail(email);
        if (everywhere.isEmpty()) {
            // a write that takes as long as that of a mailed code
            store.put(email, PasswordResetStore.EVERYWHERE, "", TRIES, now.plus(LIFE));
        }
        boolean right = Stream.of(everywhere, here)
                .flatMap(Optional::stream)
                .anyMatch(stamp -> secrets.isStampOf(stamp, code, purpose(email)));
        boolean isElsewhere = person.flatMap(found -> elsewhere.insteadOfPassword(tx, found.identity()))
                .isPresent();
        if (person.isEmpty() || !right || isElsewhere) {
            return Outcome.notFound();
        }
        IdentityId id = person.get().identity().id();
        store.delete(email);
        new IdentityStore(tx).setPasswordHash(id, hash, now);
        new SessionStore(tx).deleteAll(id);
        new AwaitedFactorStore(tx).deleteAll(id);
        new EmailChangeStore(tx).delete(id);
        // The account may have been used by another person before: the code reached the person who reads the mail. So
        // anything added before they confirmed the e-mail stops working.
        removeFromBefore(
                tx, person.get(), new IdentityStore(tx).emailConfirmedAt(id).orElse(now.plusMillis(1)));
        new IdentityStore(tx).confirm(id, email, now);
        mails.changed(tx, email);
        EmailConfirmations.note(
                audit, tx, new Actor(Optional.of(id), actor.ip()), person.get(), "PasswordChosenByMail");
        return Outcome.done();
    }

    private void removeFromBefore(Tx tx, Person person, Instant proof) {
        IdentityId id = person.identity().id();
        var factors = new SecondFactorStore(tx);
        factors.deleteAddedBefore(id, proof);
        var passkeys = new PasskeyStore(tx);
        passkeys.deleteAddedBefore(id, proof);
        if (passkeys.count(id) == 0) {
            factors.disablePasskeys(id, clock.instant());
        }
        person.home().ifPresent(home -> new ApiKeyStore(tx).disableMadeBefore(home, id, proof, KEYS_OF_BEFORE));
    }

    /// Deletes codes that were not used in time.
    @Override
    public int forgetExpired() {
        return database.write(tx -> new PasswordResetStore(tx).deleteExpired(clock.instant()));
    }
}
