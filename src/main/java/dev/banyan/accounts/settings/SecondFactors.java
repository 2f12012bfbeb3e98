package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore;
import dev.banyan.accounts.signin.factors.FactorKind;
import dev.banyan.accounts.signin.factors.FactorSeals;
import dev.banyan.accounts.signin.factors.PasskeyStore;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.accounts.signin.factors.SecondFactorStore.Waiting;
import dev.banyan.accounts.signin.factors.ShortCodes;
import dev.banyan.accounts.signin.factors.TotpCodes;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.SealedSecrets;
import jakarta.inject.Singleton;

/// Switches two-step verification on and off: codes from an app, codes by mail, or both, with ten backup codes. A new
/// factor applies only once a code has proved that the person can generate or receive one.
@Singleton
public record SecondFactors(
        Database database,
        SealedSecrets secrets,
        SignInChanges changes,
        LoginSessions sessions,
        Mails mails,
        RateLimits limits,
        Audit audit,
        Clock clock) {

    static final int BACKUP_CODES = 10;
    private static final Duration SETUP_LIFE = Duration.ofHours(1);
    private static final String IS_ON = "Two-step verification is now on for your account";
    private static final String ON_TEXT = """
            After your password, Banyan now asks for a second step. You can change it in your settings.

            If it wasn't you, someone else is signed in to your account. Contact the people who run this server.
            """;

    /// @param app present if the kind uses an app
    public record Ready(Identity person, Optional<App> app, List<String> backupCodes) {}

    /// @param uri the content of the QR code for the app
    public record App(String secret, String uri, String accountName) {}

    /// @param backupCodes new codes, if they were requested
    public record Changed(SecondFactor now, List<String> backupCodes) {}

    /// Nothing is switched on, so nothing can be changed.
    static final Refusal NOT_ON = refusal(Invalid.whole("Two-step verification is off. Turn it on first."));

    private static final Refusal ALREADY_ON = refusal(
            Invalid.whole("Two-factor authentication is already enabled. Disable it first.", "This is already on."));
    private static final Refusal EMAIL_NOT_CONFIRMED = refusal(Invalid.whole(
            "Confirm your email address first", "Confirm your email first. Open the link we emailed you."));
    private static final Refusal WRONG_CODE = refusal(new Invalid(
            "code",
            "Invalid verification code. Please try again.",
            "That code is incorrect. Check that your phone's clock is right."));

    SecondFactor of(IdentityId identity) {
        return database.read(tx -> new SecondFactorStore(tx).find(identity));
    }

    /// Returns the purpose of a set-up code: it proves access to this e-mail only.
    private static String ofSetUp(Identity person) {
        return "second factor set-up " + person.id() + " " + person.email();
    }

    /// Starts the set-up of a factor. The first one needs no password. If one is on already, the password is required,
    /// so that a stranger who finds an open session can't add a factor, and with it get new backup codes.
    ///
    /// @param password the current one; empty if none was given
    public Outcome<Ready> setUp(SignedInPerson self, FactorKind kind, String password) {
        return start(
                self,
                kind,
                now -> now.isOn()
                        ? changes.proved(self, password, person -> setUp(person, kind))
                        : setUp(person(self.identity()), kind));
    }

    /// Starts it for programs, some of which have no field for the password: a recent proof of identity replaces it.
    ///
    /// @return forbidden if the proof is missing, and in a sub-account's context
    Outcome<Ready> setUp(SignedInPerson self, Caller caller, FactorKind kind, Optional<String> password) {
        return password.isPresent()
                ? setUp(self, kind, password.get())
                : start(
                        self,
                        kind,
                        now -> now.isOn() && !hasProof(caller)
                                ? Outcome.forbidden()
                                : setUp(person(self.identity()), kind));
    }

    private Outcome<Ready> start(
            SignedInPerson self, FactorKind kind, Function<SecondFactor, Outcome<Ready>> unlessOn) {
        return SignInChanges.own(self, () -> {
            SecondFactor now = of(self.identity());
            return kind.hasTotp() && now.totp() || kind.hasEmail() && now.email()
                    ? Outcome.refused(ALREADY_ON)
                    : unlessOn.apply(now);
        });
    }

    /// An API key is no proof of identity.
    private boolean hasProof(Caller caller) {
        return LoginSessions.hashOf(caller).isPresent() && sessions.hasRecentProof(caller);
    }

    private Outcome<Ready> setUp(Identity person, FactorKind kind) {
        IdentityId id = person.id();
        if (kind == FactorKind.BOTH && !person.emailConfirmed()) {
            return Outcome.refused(EMAIL_NOT_CONFIRMED);
        }
        Optional<Duration> wait = limits.take(RateLimit.SECOND_FACTOR_MAILS_BY_PERSON, id.toString());
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.TooMany(wait.get()));
        }
        Optional<App> app = kind.hasTotp() ? Optional.of(app(TotpCodes.newSecret(), person)) : Optional.empty();
        Optional<String> mailed = kind == FactorKind.EMAIL ? Optional.of(ShortCodes.digits()) : Optional.empty();
        List<String> backup = backupCodes();
        var waiting = new Waiting(
                app.map(made -> secrets.seal(made.secret(), FactorSeals.ofApp(id))),
                mailed.map(code -> secrets.stamp(code, ofSetUp(person))));
        List<String> stamps = stamps(id, backup);
        return database.write(tx -> {
            var store = new SecondFactorStore(tx);
            store.putWaiting(id, waiting, clock.instant().plus(SETUP_LIFE), clock.instant());
            store.putWaitingCodes(id, stamps);
            mailed.ifPresent(code ->
                    mails.send(tx, MailKind.SIGN_IN, person.email(), "Your Banyan code: " + code, """
                    Your code to turn on two-step verification by email is %s

                    The code works for one hour. If you didn't ask for it, someone else is signed in to your account.
                    Change your password now.
                    """.formatted(code)));
            return Outcome.done(new Ready(person, app, backup));
        });
    }

    private List<String> stamps(IdentityId id, List<String> codes) {
        return codes.stream()
                .map(code -> secrets.stamp(code, FactorSeals.ofBackupCode(id)))
                .toList();
    }

    private static App app(String secret, Identity person) {
        return new App(secret, TotpCodes.uri(secret, person.email()), person.email());
    }

    private Identity person(IdentityId id) {
        return database.read(tx -> new IdentityStore(tx).find(id)).orElseThrow();
    }

    /// Returns the app's secret that waits for its first code, to show it again.
    Optional<App> waitingApp(SignedInPerson self) {
        IdentityId id = self.identity();
        return database.read(tx -> new SecondFactorStore(tx).waiting(id, clock.instant()))
                .flatMap(Waiting::secret)
                .flatMap(kept -> open(id, kept))
                .map(secret -> app(secret, person(id)));
    }

    private Optional<String> open(IdentityId id, String sealed) {
        return secrets.open(sealed, FactorSeals.ofApp(id)) instanceof SealedSecrets.Opened.Done opened
                ? Optional.of(opened.secret())
                : Optional.empty();
    }

    /// @param kind the kind that was set up; `BOTH` requires the app's code
    public Outcome<Changed> enable(SignedInPerson self, FactorKind kind, String typed) {
        return SignInChanges.own(
                self,
                () -> limits.countingFailures(
                        RateLimit.SECOND_FACTOR_FAILURES_BY_PERSON,
                        self.identity().toString(),
                        () -> prove(self, kind, typed),
                        Outcome.<Changed>refused(WRONG_CODE)::equals,
                        wait -> Outcome.refused(new Refusal.TooMany(wait))));
    }

    private Outcome<Changed> prove(SignedInPerson self, FactorKind kind, String typed) {
        IdentityId id = self.identity();
        Instant now = clock.instant();
        Optional<Waiting> waiting = database.read(tx -> new SecondFactorStore(tx).waiting(id, now));
        if (waiting.isEmpty()
                || kind.hasTotp() && waiting.get().secret().isEmpty()
                || kind == FactorKind.EMAIL && waiting.get().codeHash().isEmpty()) {
            return notSetUp(kind);
        }
        Identity person = person(id);
        if (kind == FactorKind.BOTH && !person.emailConfirmed()) {
            return Outcome.refused(EMAIL_NOT_CONFIRMED);
        }
        String code = ShortCodes.typed(typed);
        OptionalLong step = kind.hasTotp()
                ? open(id, waiting.get().secret().orElseThrow())
                        .map(secret -> TotpCodes.step(secret, code, now))
                        .orElse(OptionalLong.empty())
                : OptionalLong.empty();
        boolean right = kind.hasTotp()
                ? step.isPresent()
                : secrets.isStampOf(waiting.get().codeHash().orElseThrow(), code, ofSetUp(person));
        if (!right) {
            return Outcome.refused(WRONG_CODE);
        }
        return database.write(tx -> {
            var store = new SecondFactorStore(tx);
            if (kind.hasTotp() && !store.enableTotp(id, waiting.get().secret().orElseThrow(), step.getAsLong(), now)) {
                return notSetUp(kind);
            }
            if (kind.hasEmail() && !store.enableEmail(id, waiting.get().codeHash(), now)) {
                return notSetUp(kind);
            }
            store.takeWaitingCodes(id);
            self.note(audit, tx, "SecondFactorOn", Map.of("method", kind.key()));
            changes.tell(tx, id, IS_ON, ON_TEXT);
            return Outcome.done(new Changed(store.find(id), List.of()));
        });
    }

    private static Outcome<Changed> notSetUp(FactorKind kind) {
        return Outcome.rejected(Invalid.whole(
                kind.hasTotp() ? "TOTP is not set up" : "Email verification is not set up",
                "The setup took longer than one hour. Start over."));
    }

    private static Refusal refusal(Invalid invalid) {
        return new Refusal.Rejected(List.of(invalid));
    }

    /// Requires one of the person's passkeys after the password from now on. There is nothing to prove: each passkey
    /// was used when it was added.
    Outcome<Changed> enablePasskeys(SignedInPerson self, String password) {
        return withPassword(self, password, (tx, id) -> {
            var store = new SecondFactorStore(tx);
            if (new PasskeyStore(tx).count(id) == 0) {
                return Outcome.refused(NOT_ON);
            }
            store.enablePasskeys(id, clock.instant());
            store.forgetWaiting(id); // may have been started without the password
            List<String> codes = backupCodes();
            replaceCodes(tx, id, codes);
            self.note(audit, tx, "SecondFactorOn", Map.of("method", "passkey"));
            changes.tell(tx, id, IS_ON, ON_TEXT);
            return Outcome.done(new Changed(store.find(id), codes));
        });
    }

    /// Switches kinds of factors off. `BOTH` is all that is on, passkeys too.
    Outcome<Changed> disable(SignedInPerson self, FactorKind kind, String password) {
        return withPassword(self, password, (tx, id) -> disable(tx, self, id, kind));
    }

    /// Switches them off for programs, some of which have no field for the password: without it, the session's last
    /// proof of identity must be recent.
    ///
    /// @return forbidden if the proof is missing, and in a sub-account's context
    Outcome<Changed> disable(SignedInPerson self, Caller caller, FactorKind kind, Optional<String> password) {
        if (password.isPresent() || self.managedBy().isPresent()) {
            return disable(self, kind, password.orElse(""));
        }
        return hasProof(caller) ? database.write(tx -> disable(tx, self, self.identity(), kind)) : Outcome.forbidden();
    }

    private Outcome<Changed> disable(Tx tx, SignedInPerson self, IdentityId id, FactorKind kind) {
        var store = new SecondFactorStore(tx);
        if (!store.disable(id, kind, clock.instant())) {
            return Outcome.refused(NOT_ON);
        }
        new AwaitedFactorStore(tx).deleteAll(id);
        SecondFactor now = store.find(id);
        if (now.isOn()) {
            boolean app = kind == FactorKind.TOTP;
            self.note(audit, tx, "SecondFactorOff", Map.of("method", kind.key()));
            changes.tell(
                    tx,
                    id,
                    app ? "Codes from an app are off for your account" : "Codes by email are off for your account",
                    """
                    Two-step verification stays on with your other methods.

                    If it wasn't you, someone else is signed in to your account. Change your password now.
                    """);
        } else {
            self.note(audit, tx, "SecondFactorOff", Map.of());
            changes.tell(tx, id, "Two-step verification is off for your account", """
                    You can now sign in to Banyan with your password alone.

                    If it wasn't you, someone has your password. Contact the people who run this server right away.
                    """);
        }
        return Outcome.done(new Changed(now, List.of()));
    }

    /// Creates ten backup codes for a person who has just proved a second factor, replacing those of the set-up.
    List<String> firstBackupCodes(SignedInPerson self) {
        List<String> codes = backupCodes();
        return database.write(tx -> replaceCodes(tx, self.identity(), codes));
    }

    private static List<String> backupCodes() {
        return Stream.generate(ShortCodes::backup)
                .distinct()
                .limit(BACKUP_CODES)
                .toList();
    }

    private List<String> replaceCodes(Tx tx, IdentityId id, List<String> codes) {
        var store = new SecondFactorStore(tx);
        store.putWaitingCodes(id, stamps(id, codes));
        store.takeWaitingCodes(id);
        return codes;
    }

    /// Creates ten new backup codes; the previous ones stop working.
    Outcome<Changed> newBackupCodes(SignedInPerson self, String password) {
        List<String> codes = backupCodes();
        return withPassword(self, password, (tx, id) -> {
            var store = new SecondFactorStore(tx);
            if (!store.find(id).isOn()) {
                return Outcome.refused(NOT_ON);
            }
            replaceCodes(tx, id, codes);
            self.note(audit, tx, "BackupCodesMade", Map.of());
            return Outcome.done(new Changed(store.find(id), codes));
        });
    }

    private Outcome<Changed> withPassword(
            SignedInPerson self, String password, BiFunction<Tx, IdentityId, Outcome<Changed>> change) {
        return changes.proved(self, password, _ -> database.write(tx -> change.apply(tx, self.identity())));
    }

    /// Returns the people of a root account who have one, with their e-mails.
    public Map<IdentityId, String> people(AccountId tenant) {
        return database.read(tenant, tx -> new SecondFactorStore(tx).people(tenant, 1_000));
    }

    /// Removes the second factor of a person who lost theirs, after the operator has verified their identity.
    ///
    /// @return false if no one in that account has this id and a second factor or passkey
    public boolean reset(Actor operator, AccountId tenant, IdentityId lost) {
        return database.write(tx -> {
            if (!new IdentityStore(tx).isMember(tenant, lost)) {
                return false;
            }
            boolean hadFactor = new SecondFactorStore(tx).delete(lost);
            // A stranger who has the phone may also have the passkeys and open sessions on it.
            if (new PasskeyStore(tx).deleteAll(lost) == 0 && !hadFactor) {
                return false;
            }
            new SessionStore(tx).deleteAll(lost);
            new AwaitedFactorStore(tx).deleteAll(lost);
            Account root = new AccountStore(tx).find(tenant).orElseThrow();
            audit.note(tx, operator, root.owner(), "SecondFactorReset", lost.toString(), Map.of());
            changes.tell(tx, lost, "Your two-step verification was reset", """
                    The people who run this server removed your second step and your passkeys. You can now sign in to
                    Banyan with your password alone. Set them up again in your settings.

                    If you didn't ask for this, contact them right away.
                    """);
            return true;
        });
    }
}
