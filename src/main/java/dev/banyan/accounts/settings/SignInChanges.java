package dev.banyan.accounts.settings;

import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.signin.EmailChangeStore;
import dev.banyan.accounts.signin.EmailConfirmations;
import dev.banyan.accounts.signin.Logins;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.PhoneNumbers;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Changes how a person signs in: password, e-mail, phone. A sub-account has none of these, and in its context nothing
/// of it can be changed, not even the person's own.
@Singleton
public final class SignInChanges {

    /// The result of changing the password.
    public sealed interface PasswordChanged {}

    /// The result of requesting another e-mail.
    public sealed interface EmailChanged {}

    /// The result of changing the phone.
    public sealed interface PhoneChanged {}

    /// The result of cancelling a change of e-mail.
    public sealed interface ChangeCancelled {}

    /// The result of requesting the confirmation link again.
    public sealed interface LinkMailed {}

    /// @param now the requested e-mail, or the phone as stored; empty for a removed phone, and for a password
    public record Done(Optional<String> now)
            implements PasswordChanged, EmailChanged, PhoneChanged, LinkMailed, ChangeCancelled {}

    /// The person acts for a sub-account.
    ///
    /// @param parent the username of its root account
    public record Managed(String parent)
            implements PasswordChanged, EmailChanged, PhoneChanged, LinkMailed, ChangeCancelled {}

    public record Rejected(Invalid invalid) implements PasswordChanged, EmailChanged, PhoneChanged {}

    /// The current password is wrong, or was changed meanwhile.
    public record WrongPassword() implements PasswordChanged, EmailChanged {}

    public record TooMany(Duration retryAfter) implements PasswordChanged, EmailChanged, LinkMailed {}

    /// The e-mail was changed, or its link requested, too often.
    public record TooManyEmails(Duration retryAfter) implements EmailChanged {}

    /// The e-mail is taken.
    public record EmailTaken() implements EmailChanged {}

    /// The result of checking the current password.
    public sealed interface Proof {

        record Given(Identity identity) implements Proof {}

        record Wrong() implements Proof {}

        record TooMany(Duration retryAfter) implements Proof {}
    }

    /// How a person signs in.
    ///
    /// @param wanted the new e-mail, until its link is opened
    /// @param phone in E.164
    record Now(String email, boolean emailConfirmed, Optional<String> wanted, Optional<String> phone) {}

    private final Database database;
    private final Passwords passwords;
    private final EmailConfirmations confirmations;
    private final Mails mails;
    private final RateLimits limits;
    private final Audit audit;
    private final Clock clock;

    public SignInChanges(
            Database database,
            Passwords passwords,
            EmailConfirmations confirmations,
            Mails mails,
            RateLimits limits,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.confirmations = confirmations;
        this.mails = mails;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    Now of(IdentityId person) {
        return database.read(tx -> {
            var identities = new IdentityStore(tx);
            Identity found = identities.find(person).orElseThrow();
            return new Now(
                    found.email(),
                    found.emailConfirmed(),
                    new EmailChangeStore(tx).find(person, clock.instant()),
                    identities.phone(person));
        });
    }

    /// Sends the confirmation link again: the first may be lost, expired or, on a new server without a mail server,
    /// never sent. Sends nothing if the e-mail is already confirmed.
    LinkMailed mailLinkAgain(SignedInPerson self) {
        return mailLink(self, (tx, person) -> {
            if (!person.emailConfirmed()) {
                confirmations.send(tx, person);
            }
        });
    }

    /// Does the same for the e-mail that the person wants to sign in with. The previous link stops working.
    LinkMailed mailChangeLinkAgain(SignedInPerson self) {
        return mailLink(
                self,
                (tx, person) -> new EmailChangeStore(tx)
                        .find(person.id(), clock.instant())
                        .ifPresent(email -> confirmations.sendForChange(tx, person, email)));
    }

    private LinkMailed mailLink(SignedInPerson self, BiConsumer<Tx, Identity> work) {
        if (self.managedBy().isPresent()) {
            return new Managed(self.managedBy().get());
        }
        Optional<Duration> wait = limits.take(
                RateLimit.CONFIRMATION_MAILS_BY_PERSON, self.identity().toString());
        if (wait.isPresent()) {
            return new TooMany(wait.get());
        }
        return database.write(tx -> {
            Identity person = new IdentityStore(tx).find(self.identity()).orElseThrow();
            work.accept(tx, person);
            return new Done(Optional.of(person.email()));
        });
    }

    /// Cancels a change of e-mail: the person keeps signing in with the current e-mail, and the link for the new one
    /// stops working.
    ChangeCancelled cancelChange(SignedInPerson self) {
        if (self.managedBy().isPresent()) {
            return new Managed(self.managedBy().get());
        }
        return database.write(tx -> {
            if (new EmailChangeStore(tx).delete(self.identity())) {
                self.note(audit, tx, "EmailChangeCancelled", Map.of());
            }
            return new Done(Optional.empty());
        });
    }

    /// Changes the password and ends all other sessions of the person.
    ///
    /// @param session the digest of the session that stays open
    PasswordChanged changePassword(SignedInPerson self, Optional<String> session, String current, String wanted) {
        if (self.managedBy().isPresent()) {
            return new Managed(self.managedBy().get());
        }
        Optional<Invalid> broken = Passwords.broken(wanted);
        if (broken.isPresent()) {
            return new Rejected(new Invalid(
                    "newPassword", broken.get().apiMessage(), broken.get().userMessage()));
        }
        return switch (prove(self, current)) {
            case Proof.Wrong _ -> new WrongPassword();
            case Proof.TooMany tooMany -> new TooMany(tooMany.retryAfter());
            case Proof.Given given -> {
                String hash = passwords.hash(wanted); // outside the transaction, because it is slow
                yield database.write(tx -> setPassword(tx, self, given.identity(), hash, session));
            }
        };
    }

    private PasswordChanged setPassword(
            Tx tx, SignedInPerson self, Identity person, String hash, Optional<String> session) {
        if (!new IdentityStore(tx).replacePasswordHash(person.id(), person.passwordHash(), hash, clock.instant())) {
            return new WrongPassword();
        }
        new SessionStore(tx).deleteOthers(person.id(), session.orElse(""));
        new AwaitedFactorStore(tx).deleteAll(person.id());
        new EmailChangeStore(tx).delete(person.id()); // may have been requested by someone who knew the old password
        mails.send(tx, MailKind.SIGN_IN, person.email(), "Your Banyan password was changed", """
                The password with which you sign in to Banyan was changed, and all other sessions were ended.

                If that was not you, somebody knows your password: ask the people who run this server for help.
                """);
        self.note(audit, tx, "PasswordChanged", Map.of());
        return new Done(Optional.empty());
    }

    /// Requests another e-mail to sign in with, replacing an earlier request. It applies once the link sent to it is
    /// opened; until then the old one applies, and is notified.
    EmailChanged changeEmail(SignedInPerson self, String typed, String password) {
        if (self.managedBy().isPresent()) {
            return new Managed(self.managedBy().get());
        }
        Optional<Invalid> broken = Names.brokenEmail(typed);
        if (broken.isPresent()) {
            return new Rejected(new Invalid(
                    "newEmail", broken.get().apiMessage(), broken.get().userMessage()));
        }
        String email = Names.lower(typed);
        return switch (prove(self, password)) {
            case Proof.Wrong _ -> new WrongPassword();
            case Proof.TooMany tooMany -> new TooMany(tooMany.retryAfter());
            case Proof.Given given ->
                email.equals(given.identity().email())
                        ? new Rejected(new Invalid("newEmail", "This is your e-mail already"))
                        : database.write(tx -> askForEmail(tx, self, given.identity(), email));
        };
    }

    private EmailChanged askForEmail(Tx tx, SignedInPerson self, Identity person, String email) {
        var identities = new IdentityStore(tx);
        if (new SecondFactorStore(tx).find(person.id()).email()) {
            return new Rejected(
                    new Invalid(
                            "newEmail",
                            "Codes to sign in come to your e-mail: switch them off before you change it",
                            "Codes to sign in come to this address. Switch two-step sign-in by mail off first, and on again after."));
        }
        // Counted before the answer reveals whether the e-mail is taken: each change sends two mails, possibly to
        // strangers.
        Optional<Duration> wait =
                limits.take(RateLimit.CONFIRMATION_MAILS_BY_PERSON, person.id().toString());
        if (wait.isPresent()) {
            return new TooManyEmails(wait.get());
        }
        if (identities.findByEmail(email).isPresent()) {
            return new EmailTaken();
        }
        if (!identities.lock(person.id(), person.passwordHash())) {
            return new WrongPassword();
        }
        confirmations.sendForChange(tx, person, email);
        mails.send(
                tx, MailKind.SIGN_IN, person.email(), "Your e-mail for Banyan is to be changed", """
                Somebody who is signed in as you wants to sign in to Banyan with %s instead of this address. It changes once
                the link that we sent there is opened.

                If that was not you, somebody knows your password: change it, which also stops this change. If you can't
                sign in, ask the people who run this server for help.
                """.formatted(email));
        self.note(audit, tx, "EmailChangeRequested", Map.of());
        return new Done(Optional.of(email));
    }

    /// @param typed empty removes the number
    PhoneChanged changePhone(SignedInPerson self, String typed) {
        if (self.managedBy().isPresent()) {
            return new Managed(self.managedBy().get());
        }
        Optional<String> phone = PhoneNumbers.e164(typed);
        if (phone.isEmpty() && !typed.isBlank()) {
            return new Rejected(PhoneNumbers.INVALID);
        }
        return database.write(tx -> {
            new IdentityStore(tx).setPhone(self.identity(), phone, clock.instant());
            self.note(audit, tx, "PhoneChanged", Map.of());
            return new Done(phone);
        });
    }

    private Proof prove(SignedInPerson self, String password) {
        return prove(self.actor(), self.identity(), password);
    }

    /// Checks that the request comes from the person, and not from a stranger who found an open session. Failures count
    /// like wrong passwords at sign-in, but are slowed down separately, so that guesses from elsewhere can't block
    /// this.
    public Proof prove(Actor actor, IdentityId identity, String password) {
        Identity person =
                database.read(tx -> new IdentityStore(tx).find(identity).orElseThrow());
        return limits.guessing(
                Logins.guess(Optional.of(person), "", RateLimits.Origin.known(actor.ip(), "signed-in")),
                () -> compare(actor, person, password),
                Proof.Wrong.class::isInstance,
                Proof.TooMany::new);
    }

    private Proof compare(Actor actor, Identity person, String password) {
        return switch (passwords.verify(Optional.of(person.passwordHash()), password)) {
            case Passwords.Verdict.Right _ -> new Proof.Given(person);
            case Passwords.Verdict.Wrong _ -> {
                audit.denied(actor, "current password");
                yield new Proof.Wrong();
            }
        };
    }
}
