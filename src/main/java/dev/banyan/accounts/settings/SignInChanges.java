package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.signin.EmailChangeStore;
import dev.banyan.accounts.signin.EmailConfirmations;
import dev.banyan.accounts.signin.Logins;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.accounts.signin.SignInElsewhere;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.PhoneNumbers;
import dev.banyan.platform.Text;
import dev.banyan.platform.Zones;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import jakarta.inject.Singleton;

/// Changes how a person signs in: password, e-mail, phone. A sub-account has none of these, and in its context nothing
/// of it can be changed, not even the person's own.
@Singleton
public record SignInChanges(
        Database database,
        Passwords passwords,
        EmailConfirmations confirmations,
        SignInElsewhere elsewhere,
        Mails mails,
        RateLimits limits,
        Audit audit,
        Clock clock) {

    /// The field of a form that takes the current password.
    static final String PASSWORD = "password";

    private static final String CURRENT_PASSWORD = "currentPassword";

    /// Another person signs in with the e-mail.
    static final Refusal EMAIL_TAKEN =
            refusal(new Invalid("newEmail", "Email already in use", "Another account already uses this email."));

    /// The result of requesting another e-mail.
    public sealed interface EmailChanged {

        record Asked(String email) implements EmailChanged {}

        /// The e-mail was changed, or its link requested, too often.
        record TooManyEmails(Duration retryAfter) implements EmailChanged {}

        record Refused(Refusal refusal) implements EmailChanged {}
    }

    /// How a person signs in.
    ///
    /// @param wanted the new e-mail, until its link is opened
    /// @param phone in E.164
    /// @param picture the path of the person’s picture
    record Now(
            String email,
            boolean emailConfirmed,
            Optional<String> wanted,
            Optional<String> name,
            Optional<String> phone,
            Optional<String> picture) {}

    private static final Text NAME = Text.optional("name", "Name", 100, false);

    Now of(IdentityId person) {
        return database.read(tx -> {
            var identities = new IdentityStore(tx);
            Identity found = identities.find(person).orElseThrow();
            return new Now(
                    found.email(),
                    found.emailConfirmed(),
                    new EmailChangeStore(tx).find(person, clock.instant()),
                    found.name(),
                    identities.phone(person),
                    found.picture());
        });
    }

    /// Sends the confirmation link again: the first may be lost, expired or, on a new server without a mail server,
    /// never sent. Sends nothing if the e-mail is already confirmed.
    Outcome<Nothing> mailLinkAgain(SignedInPerson self) {
        return mailLink(self, (tx, person) -> {
            if (!person.emailConfirmed()) {
                confirmations.send(tx, person);
            }
        });
    }

    /// Does the same for the e-mail that the person wants to sign in with. The previous link stops working.
    Outcome<Nothing> mailChangeLinkAgain(SignedInPerson self) {
        return mailLink(
                self,
                (tx, person) -> new EmailChangeStore(tx)
                        .find(person.id(), clock.instant())
                        .ifPresent(email -> confirmations.sendForChange(tx, person, email)));
    }

    private Outcome<Nothing> mailLink(SignedInPerson self, BiConsumer<Tx, Identity> work) {
        return own(self, () -> {
            Optional<Duration> wait = limits.take(
                    RateLimit.CONFIRMATION_MAILS_BY_PERSON, self.identity().toString());
            if (wait.isPresent()) {
                return Outcome.refused(new Refusal.TooMany(wait.get()));
            }
            return database.write(tx -> {
                work.accept(tx, new IdentityStore(tx).find(self.identity()).orElseThrow());
                return Outcome.done();
            });
        });
    }

    /// Cancels a change of e-mail: the person keeps signing in with the current e-mail, and the link for the new one
    /// stops working.
    Outcome<Nothing> cancelChange(SignedInPerson self) {
        return own(
                self,
                () -> database.write(tx -> {
                    if (new EmailChangeStore(tx).delete(self.identity())) {
                        self.note(audit, tx, "EmailChangeCancelled", Map.of());
                    }
                    return Outcome.done();
                }));
    }

    /// Changes the password and ends all other sessions of the person.
    ///
    /// @param session the digest of the session that stays open
    Outcome<Nothing> changePassword(SignedInPerson self, Optional<String> session, String current, String wanted) {
        return own(self, () -> {
            Optional<Invalid> broken = Passwords.broken(wanted);
            if (broken.isPresent()) {
                return Outcome.rejected(broken.get().in("newPassword"));
            }
            return prove(self.actor(), self.identity(), CURRENT_PASSWORD, current)
                    .then(person -> {
                        String hash = passwords.hash(wanted); // outside the transaction, because it is slow
                        return database.write(tx -> setPassword(tx, self, person, hash, session));
                    });
        });
    }

    private Outcome<Nothing> setPassword(
            Tx tx, SignedInPerson self, Identity person, String hash, Optional<String> session) {
        if (elsewhere.insteadOfPassword(tx, person).isPresent()) {
            return Outcome.rejected(
                    new Invalid("newPassword", "You sign in with single sign-on, and can’t have a password here"));
        }
        if (!new IdentityStore(tx).replacePasswordHash(person.id(), person.passwordHash(), hash, clock.instant())) {
            return Outcome.rejected(wrongPassword(CURRENT_PASSWORD));
        }
        new SessionStore(tx).deleteOthers(person.id(), session.orElse(""));
        new AwaitedFactorStore(tx).deleteAll(person.id());
        new EmailChangeStore(tx).delete(person.id()); // may have been requested by someone who knew the old password
        mails.send(tx, MailKind.SIGN_IN, person.email(), "Your Banyan password was changed", """
                Your Banyan password was changed, and we signed you out everywhere else.

                If it wasn't you, someone has your password. Contact the people who run this server right away.
                """);
        self.note(audit, tx, "PasswordChanged", Map.of());
        return Outcome.done();
    }

    /// Requests another e-mail to sign in with, replacing an earlier request. It applies once the link sent to it is
    /// opened; until then the old one applies, and is notified.
    EmailChanged changeEmail(SignedInPerson self, String typed, String password) {
        return own(self, () -> {
                    Optional<Invalid> broken = Names.brokenEmail(typed);
                    return broken.isPresent()
                            ? Outcome.<Identity>rejected(broken.get().in("newEmail"))
                            : prove(self.actor(), self.identity(), PASSWORD, password);
                })
                .fold(
                        person -> database.write(tx -> askForEmail(tx, self, person, Names.lower(typed))),
                        EmailChanged.Refused::new);
    }

    private EmailChanged askForEmail(Tx tx, SignedInPerson self, Identity person, String email) {
        var identities = new IdentityStore(tx);
        if (email.equals(person.email())) {
            return refused(new Invalid("newEmail", "This is already your email"));
        }
        if (elsewhere.insteadOfPassword(tx, person).isPresent()) {
            return refused(new Invalid("newEmail", "You sign in with single sign-on, which gives us your email"));
        }
        if (new SecondFactorStore(tx).find(person.id()).email()) {
            return refused(new Invalid(
                    "newEmail",
                    "Your sign-in codes go to this email. Turn off codes by email before you change it",
                    "Your sign-in codes go to this email. Turn off two-step verification first."));
        }
        // Counted before the answer reveals whether the e-mail is taken: each change sends two mails, possibly to
        // strangers.
        Optional<Duration> wait =
                limits.take(RateLimit.CONFIRMATION_MAILS_BY_PERSON, person.id().toString());
        if (wait.isPresent()) {
            return new EmailChanged.TooManyEmails(wait.get());
        }
        if (identities.findByEmail(email).isPresent()) {
            return new EmailChanged.Refused(EMAIL_TAKEN);
        }
        if (!identities.lock(person.id(), person.passwordHash())) {
            return refused(wrongPassword(PASSWORD));
        }
        confirmations.sendForChange(tx, person, email);
        mails.send(tx, MailKind.SIGN_IN, person.email(), "Your Banyan email is about to change", """
                We got a request to sign in to Banyan with %s instead of this address. The change takes effect when you
                open the link we sent there.

                If it wasn't you, someone has your password. Change your password now to stop the change. If you can't
                sign in, contact the people who run this server.
                """.formatted(email));
        self.note(audit, tx, "EmailChangeRequested", Map.of());
        return new EmailChanged.Asked(email);
    }

    private static EmailChanged refused(Invalid invalid) {
        return new EmailChanged.Refused(refusal(invalid));
    }

    /// Sets what other members see of the person besides the e-mail.
    ///
    /// @param typed empty removes the name
    /// @param zone in which the person reads times; empty leaves it as it is
    Outcome<Optional<String>> changeName(SignedInPerson self, String typed, Optional<String> zone) {
        Optional<ZoneId> known = zone.flatMap(name -> Zones.of(name.strip()));
        if (zone.isPresent() && known.isEmpty()) {
            return Outcome.rejected(
                    new Invalid("timeZone", "timeZone must be an IANA time zone such as Asia/Dubai", Zones.CHOOSE));
        }
        return own(self, () -> switch (NAME.check(typed)) {
            case Text.Checked.Bad(Invalid invalid) -> Outcome.rejected(invalid);
            case Text.Checked.Good(String text) ->
                database.write(tx -> {
                    var identities = new IdentityStore(tx);
                    Optional<String> name = Optional.of(text).filter(given -> !given.isEmpty());
                    identities.setName(self.identity(), name, clock.instant());
                    known.ifPresent(chosen -> identities.setZone(self.identity(), chosen, clock.instant()));
                    self.note(audit, tx, "NameChanged", Map.of());
                    return Outcome.done(name);
                });
        });
    }

    /// @param typed empty removes the number
    /// @return the phone as stored
    Outcome<Optional<String>> changePhone(SignedInPerson self, String typed) {
        return own(self, () -> {
            Optional<String> phone = PhoneNumbers.e164(typed);
            if (phone.isEmpty() && !typed.isBlank()) {
                return Outcome.rejected(PhoneNumbers.INVALID);
            }
            return database.write(tx -> {
                new IdentityStore(tx).setPhone(self.identity(), phone, clock.instant());
                self.note(audit, tx, "PhoneChanged", Map.of());
                return Outcome.done(phone);
            });
        });
    }

    /// Runs a change of the person's sign-in, which they can't change while they act for a sub-account.
    static <T> Outcome<T> own(SignedInPerson self, Supplier<Outcome<T>> change) {
        return self.managedBy().isPresent() ? Outcome.forbidden() : change.get();
    }

    /// Runs a change that requires the current password.
    <T> Outcome<T> proved(SignedInPerson self, String password, Function<Identity, Outcome<T>> change) {
        return own(self, () -> prove(self.actor(), self.identity(), password).then(change));
    }

    /// Checks that the request comes from the person, and not from a stranger who found an open session. Failures count
    /// like wrong passwords at sign-in, but are slowed down separately, so that guesses from elsewhere can't block
    /// this.
    public Outcome<Identity> prove(Actor actor, IdentityId identity, String password) {
        return prove(actor, identity, PASSWORD, password);
    }

    /// @param field that the password was typed into
    private Outcome<Identity> prove(Actor actor, IdentityId identity, String field, String password) {
        Identity person =
                database.read(tx -> new IdentityStore(tx).find(identity).orElseThrow());
        return limits.guessing(
                Logins.guess(Optional.of(person), "", RateLimits.Origin.known(actor.ip(), "signed-in")),
                () -> compare(actor, person, field, password),
                outcome -> outcome instanceof Outcome.Refused<Identity>(Refusal.Rejected _),
                wait -> Outcome.refused(new Refusal.TooMany(wait)));
    }

    private Outcome<Identity> compare(Actor actor, Identity person, String field, String password) {
        return switch (passwords.verify(Optional.of(person.passwordHash()), password)) {
            case Passwords.Verdict.Right _ -> Outcome.done(person);
            case Passwords.Verdict.Wrong _ -> {
                audit.denied(actor, "current password");
                yield Outcome.rejected(wrongPassword(field));
            }
        };
    }

    /// Mails to a person what changed about their sign-in.
    void tell(Tx tx, IdentityId person, String subject, String text) {
        new IdentityStore(tx)
                .find(person)
                .ifPresent(found -> mails.send(tx, MailKind.SIGN_IN, found.email(), subject, text));
    }

    /// The current password is wrong, or was changed meanwhile.
    private static Invalid wrongPassword(String field) {
        return new Invalid(field, "Current password is incorrect", "That password is incorrect.");
    }

    private static Refusal refusal(Invalid invalid) {
        return new Refusal.Rejected(List.of(invalid));
    }
}
