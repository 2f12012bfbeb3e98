package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.IdentityStore.Person;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.Logins;
import dev.banyan.accounts.signin.Logins.LoggedIn;
import dev.banyan.accounts.sso.MemberAdmission.Admitted;
import dev.banyan.accounts.sso.MemberDoors.Door;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.sso.DirectorySignIn;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.SignInFacts;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.sso.SsoProvider;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Signing members in at their account’s provider, from the button to the session. Their own second factor is asked for
/// afterwards, as after a password.
@Singleton
record MemberSignIn(
        Database database,
        DirectorySignIn directories,
        MemberAdmission admission,
        MemberSessions sessions,
        Logins logins,
        SignInLog log,
        RateLimits limits,
        Audit audit) {

    private static final Logger LOG = Logger.getLogger(MemberSignIn.class);

    /// What came of a sign-in.
    sealed interface Entered {

        record Answered(LoggedIn loggedIn) implements Entered {}

        record Refused(Admitted why) implements Entered {}

        /// The settings were changed meanwhile.
        record Changed() implements Entered {}

        /// The directory doesn’t know the name, or the password is another one.
        record WrongPassword() implements Entered {}

        record TooMany(Duration retryAfter) implements Entered {}

        record Failed(ProviderTrouble why) implements Entered {}
    }

    /// Returns how long to wait, if an address begins too often, or failed too often.
    Optional<Duration> wait(Actor actor) {
        return limits.exhausted(RateLimit.LOGIN_BY_IP, actor.ip())
                .or(() -> limits.take(RateLimit.PROVIDER_LOGIN_BY_IP, actor.ip()));
    }

    /// Counts a sign-in that the provider didn’t prove.
    void failed(Actor actor) {
        var _ = limits.take(RateLimit.LOGIN_BY_IP, actor.ip());
    }

    /// Signs in with the name and password of the account’s directory. Wrong ones count as those of our own do, so
    /// that nobody guesses here what the directory would lock: under the name as typed, and under the entry that it
    /// finds.
    Entered enter(Actor actor, Device device, Door door, SsoProvider.Ldap directory, String name, String password) {
        return limits.countingFailures(
                RateLimit.LOGIN_BY_IP,
                actor.ip(),
                () -> limits.guessing(
                        Logins.guess(Optional.empty(), counted(door, name), RateLimits.Origin.strange(actor.ip())),
                        () -> ask(actor, device, door, directory, name, password),
                        Entered.WrongPassword.class::isInstance,
                        Entered.TooMany::new),
                Entered.WrongPassword.class::isInstance,
                Entered.TooMany::new);
    }

    /// Directories take many spellings for the same name.
    private static String counted(Door door, String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC).strip().replaceAll("\\s+", " ");
        return "sso " + door.account().id() + " " + Names.lower(plain);
    }

    private Entered ask(
            Actor actor, Device device, Door door, SsoProvider.Ldap directory, String name, String password) {
        var tries = DirectorySignIn.Tries.counted(
                limits,
                entry -> Logins.guess(
                        Optional.empty(),
                        "entry " + door.account().id() + " " + entry.countedAs(),
                        RateLimits.Origin.strange(actor.ip())));
        return switch (directories.prove(directory, door::secret, name, password, tries)) {
            case DirectorySignIn.Answer.Proved(SsoProof proof) -> enter(actor, device, door, proof);
            case DirectorySignIn.Answer.Wrong(Optional<SignInFacts> facts) -> {
                audit.denied(actor, MemberDoors.DENIED);
                facts.ifPresent(found -> log.note(door.owner(), found));
                yield new Entered.WrongPassword();
            }
            case DirectorySignIn.Answer.TooMany(Duration wait) -> new Entered.TooMany(wait);
            case DirectorySignIn.Answer.Failed(ProviderTrouble trouble) -> {
                LOG.infof("Single sign-on of account %s: %s", door.account().id(), trouble.sentence());
                log.note(door.owner(), SignInFacts.failed(trouble));
                yield new Entered.Failed(trouble);
            }
        };
    }

    Entered enter(Actor actor, Device device, Door door, SsoProof proof) {
        Optional<Admitted> admitted = database.write(tx -> admit(tx, actor, door, proof));
        if (admitted.isEmpty()) {
            return new Entered.Changed();
        }
        if (!(admitted.get() instanceof Admitted.In(Person person))) {
            return new Entered.Refused(admitted.get());
        }
        LoggedIn loggedIn = logins.welcomeFromProvider(
                actor,
                device,
                person,
                (tx, token) ->
                        sessions.opened(tx, door.owner(), person.identity().id(), token, proof),
                (tx, awaited) ->
                        sessions.waits(tx, door.owner(), person.identity().id(), awaited, proof));
        return new Entered.Answered(loggedIn);
    }

    /// Returns who the person is; empty if the account or its settings have changed.
    private Optional<Admitted> admit(Tx tx, Actor actor, Door door, SsoProof proof) {
        new AccountStore(tx).lock(door.account().id());
        Optional<Admitted> admitted = new AccountSsoStore(tx)
                .find(door.owner())
                .filter(now -> now.provider().equals(door.provider()))
                .map(now -> admission.admit(tx, actor, door.account(), now, proof.person()));
        admitted.ifPresent(found -> log.note(tx, door.owner(), proof.facts(found.reason())));
        return admitted;
    }
}
