package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.signin.factors.Passkey;
import dev.banyan.accounts.signin.factors.PasskeyStore;
import dev.banyan.accounts.signin.factors.Passkeys;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import jakarta.inject.Singleton;

/// Adds and removes a person's passkeys. Both require the password: a passkey can sign in, so a stranger who finds an
/// open session must not be able to create one.
@Singleton
record PasskeyChanges(Database database, Passkeys passkeys, SignInChanges changes, Audit audit, Clock clock)
        implements Expiring {

    static final int MOST = 20;
    private static final int LONGEST_NAME = 60;
    private static final Text NAME = Text.line("name", "Name", LONGEST_NAME);

    private static final Invalid FULL = Invalid.whole("You’ve reached the limit. Remove a passkey to add another.");
    private static final Invalid UNANSWERED = Invalid.whole("The passkey request timed out or failed. Try again.");

    List<Passkey> of(IdentityId identity) {
        return database.read(tx -> new PasskeyStore(tx).list(identity));
    }

    Outcome<Passkeys.Asked> begin(SignedInPerson self, String name, String password) {
        return named(
                self,
                name,
                () -> changes.proved(
                        self,
                        password,
                        person -> of(self.identity()).size() >= MOST
                                ? Outcome.rejected(FULL)
                                : Outcome.done(passkeys.askNew(person))));
    }

    private static <T> Outcome<T> named(SignedInPerson self, String name, Supplier<Outcome<T>> change) {
        return SignInChanges.own(
                self, () -> broken(name).<Outcome<T>>map(Outcome::rejected).orElseGet(change));
    }

    private static Optional<Invalid> broken(String name) {
        return NAME.broken(name).map(_ -> new Invalid("name", "Name must be 1 to " + LONGEST_NAME + " characters"));
    }

    /// @param token from [#begin], which requires the right password
    Outcome<Nothing> add(SignedInPerson self, String name, String token, String credential) {
        return named(
                self,
                name,
                () -> passkeys.made(self.identity(), Text.clean(name), token, credential)
                        .map(made -> database.write(tx -> keep(tx, self, made)))
                        .orElseGet(() -> Outcome.rejected(UNANSWERED)));
    }

    private Outcome<Nothing> keep(Tx tx, SignedInPerson self, Passkeys.Made made) {
        if (new PasskeyStore(tx).count(self.identity()) >= MOST) {
            return Outcome.rejected(FULL);
        }
        if (!passkeys.keep(tx, made)) {
            return Outcome.rejected(UNANSWERED);
        }
        String name = made.passkey().name();
        self.note(audit, tx, "PasskeyAdded", Map.of("name", name));
        changes.tell(tx, self.identity(), "A passkey was added to your Banyan account", """
                You can now sign in with the passkey “%s” instead of your password.

                If it wasn't you, someone has your password. Remove the passkey and change your password now.
                """.formatted(name));
        return Outcome.done();
    }

    /// Renames a passkey. No password is needed, because the name does not affect who can sign in.
    Outcome<Nothing> rename(SignedInPerson self, String credentialId, String name) {
        return named(
                self,
                name,
                () -> database.write(tx -> {
                    if (!new PasskeyStore(tx).rename(self.identity(), credentialId, Text.clean(name))) {
                        return Outcome.notFound();
                    }
                    self.note(audit, tx, "PasskeyRenamed", Map.of("name", name.strip()));
                    return Outcome.done();
                }));
    }

    /// Removes a passkey. After the last one, sign-in no longer asks for a passkey after the password.
    Outcome<Nothing> remove(SignedInPerson self, String credentialId, String password) {
        return changes.proved(self, password, _ -> database.write(tx -> delete(tx, self, credentialId)));
    }

    private Outcome<Nothing> delete(Tx tx, SignedInPerson self, String credentialId) {
        IdentityId id = self.identity();
        var store = new PasskeyStore(tx);
        Optional<Passkey> passkey =
                store.find(credentialId).filter(found -> found.identity().equals(id));
        if (passkey.isEmpty() || !store.delete(id, credentialId)) {
            return Outcome.notFound();
        }
        if (store.count(id) == 0) {
            new SecondFactorStore(tx).disablePasskeys(id, clock.instant());
        }
        String name = passkey.get().name();
        self.note(audit, tx, "PasskeyRemoved", Map.of("name", name));
        changes.tell(tx, id, "A passkey was removed from your Banyan account", """
                You can no longer sign in with the passkey “%s”.

                If it wasn't you, someone has your password. Change it now.
                """.formatted(name));
        return Outcome.done();
    }

    /// Deletes challenges that are too old to be answered again.
    @Override
    public int forgetExpired() {
        return database.write(tx -> new PasskeyStore(tx).deleteChallengesBefore(clock.instant()));
    }
}
