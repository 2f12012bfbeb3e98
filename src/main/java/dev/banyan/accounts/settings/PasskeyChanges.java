package dev.banyan.accounts.settings;

import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.signin.factors.Passkey;
import dev.banyan.accounts.signin.factors.PasskeyStore;
import dev.banyan.accounts.signin.factors.Passkeys;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds and removes a person's passkeys. Both require the password: a passkey can sign in, so a stranger who finds an
/// open session must not be able to create one.
@Singleton
public final class PasskeyChanges implements Expiring {

    static final int MOST = 20;
    private static final int LONGEST_NAME = 60;

    /// The result of starting to add a passkey.
    sealed interface SetupStart {}

    /// The result of adding the passkey that a device created.
    sealed interface Added {}

    /// The result of removing a passkey.
    sealed interface Removed {}

    /// The result of renaming a passkey.
    sealed interface Renamed {}

    record Ready(Passkeys.Asked asked) implements SetupStart {}

    record Done() implements Added, Removed, Renamed {}

    /// The response does not match the challenge, or is too late.
    record Broken() implements Added {}

    /// The person has the maximum number of passkeys.
    record Full() implements SetupStart, Added {}

    record Rejected(Invalid invalid) implements SetupStart, Added, Renamed {}

    record WrongPassword() implements SetupStart, Removed {}

    record Managed(String parent) implements SetupStart, Added, Removed, Renamed {}

    record TooMany(Duration retryAfter) implements SetupStart, Removed {}

    /// The person has no such passkey (any more).
    record NotFound() implements Removed, Renamed {}

    private final Database database;
    private final Passkeys passkeys;
    private final SignInChanges changes;
    private final Mails mails;
    private final Audit audit;
    private final Clock clock;

    PasskeyChanges(Database database, Passkeys passkeys, SignInChanges changes, Mails mails, Audit audit, Clock clock) {
        this.database = database;
        this.passkeys = passkeys;
        this.changes = changes;
        this.mails = mails;
        this.audit = audit;
        this.clock = clock;
    }

    List<Passkey> of(IdentityId identity) {
        return database.read(tx -> new PasskeyStore(tx).list(identity));
    }

    SetupStart begin(SignedInPerson self, String name, String password) {
        if (self.managedBy().isPresent()) {
            return new Managed(self.managedBy().get());
        }
        Optional<Invalid> broken = broken(name);
        if (broken.isPresent()) {
            return new Rejected(broken.get());
        }
        return switch (changes.prove(self.actor(), self.identity(), password)) {
            case SignInChanges.Proof.Wrong _ -> new WrongPassword();
            case SignInChanges.Proof.TooMany tooMany -> new TooMany(tooMany.retryAfter());
            case SignInChanges.Proof.Given given ->
                of(self.identity()).size() >= MOST ? new Full() : new Ready(passkeys.askNew(given.identity()));
        };
    }

    private static Optional<Invalid> broken(String name) {
        int length = name.strip().length();
        return length >= 1 && length <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl)
                ? Optional.empty()
                : Optional.of(new Invalid("name", "Give it a name of 1 to " + LONGEST_NAME + " characters"));
    }

    /// @param token from [#begin], which requires the right password
    Added add(SignedInPerson self, String name, String token, String credential) {
        if (self.managedBy().isPresent()) {
            return new Managed(self.managedBy().get());
        }
        Optional<Invalid> broken = broken(name);
        if (broken.isPresent()) {
            return new Rejected(broken.get());
        }
        Optional<Passkeys.Made> made = passkeys.made(self.identity(), name.strip(), token, credential);
        return made.isEmpty() ? new Broken() : database.write(tx -> keep(tx, self, made.get()));
    }

    private Added keep(Tx tx, SignedInPerson self, Passkeys.Made made) {
        if (new PasskeyStore(tx).count(self.identity()) >= MOST) {
            return new Full();
        }
        if (!passkeys.keep(tx, made)) {
            return new Broken();
        }
        String name = made.passkey().name();
        self.note(audit, tx, "PasskeyAdded", Map.of("name", name));
        tell(tx, self.identity(), "A new passkey opens Banyan as you", """
                The passkey “%s” was added to your sign-in. Whoever has it is in without your password.

                If that was not you, somebody knows your password: remove the passkey, and change the password.
                """.formatted(name));
        return new Done();
    }

    /// Renames a passkey. No password is needed, because the name does not affect who can sign in.
    Renamed rename(SignedInPerson self, String credentialId, String name) {
        if (self.managedBy().isPresent()) {
            return new Managed(self.managedBy().get());
        }
        Optional<Invalid> broken = broken(name);
        if (broken.isPresent()) {
            return new Rejected(broken.get());
        }
        return database.write(tx -> {
            if (!new PasskeyStore(tx).rename(self.identity(), credentialId, name.strip())) {
                return new NotFound();
            }
            self.note(audit, tx, "PasskeyRenamed", Map.of("name", name.strip()));
            return new Done();
        });
    }

    /// Removes a passkey. After the last one, sign-in no longer asks for a passkey after the password.
    Removed remove(SignedInPerson self, String credentialId, String password) {
        if (self.managedBy().isPresent()) {
            return new Managed(self.managedBy().get());
        }
        return switch (changes.prove(self.actor(), self.identity(), password)) {
            case SignInChanges.Proof.Wrong _ -> new WrongPassword();
            case SignInChanges.Proof.TooMany tooMany -> new TooMany(tooMany.retryAfter());
            case SignInChanges.Proof.Given _ -> database.write(tx -> delete(tx, self, credentialId));
        };
    }

    private Removed delete(Tx tx, SignedInPerson self, String credentialId) {
        IdentityId id = self.identity();
        var store = new PasskeyStore(tx);
        Optional<Passkey> passkey =
                store.find(credentialId).filter(found -> found.identity().equals(id));
        if (passkey.isEmpty() || !store.delete(id, credentialId)) {
            return new NotFound();
        }
        if (store.count(id) == 0) {
            new SecondFactorStore(tx).disablePasskeys(id, clock.instant());
        }
        String name = passkey.get().name();
        self.note(audit, tx, "PasskeyRemoved", Map.of("name", name));
        tell(tx, id, "A passkey for Banyan was removed", """
                The passkey “%s” does not open Banyan any more.

                If that was not you, somebody knows your password: change it.
                """.formatted(name));
        return new Done();
    }

    private void tell(Tx tx, IdentityId id, String subject, String text) {
        new IdentityStore(tx)
                .find(id)
                .ifPresent(person -> mails.send(tx, MailKind.SIGN_IN, person.email(), subject, text));
    }

    /// Deletes challenges that are too old to be answered again.
    @Override
    public int forgetExpired() {
        return database.write(tx -> new PasskeyStore(tx).deleteChallengesBefore(clock.instant()));
    }
}
