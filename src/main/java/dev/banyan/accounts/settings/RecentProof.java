package dev.banyan.accounts.settings;

import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.signin.factors.PasskeyStore;
import dev.banyan.accounts.signin.factors.Passkeys;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Proves again who uses a session: by the password, or by a passkey whose device checks its owner. [SensitiveRoutes]
/// lists the actions that need a recent proof; [LoginSessions#hasRecentProof] says if there is one.
@Singleton
final class RecentProof {

    /// The result of a new proof.
    sealed interface Confirmed {

        record Done() implements Confirmed {}

        /// The password or the passkey is not this person's.
        record Wrong() implements Confirmed {}

        /// The caller has no session (any more).
        record NotSignedIn() implements Confirmed {}

        record TooMany(Duration retryAfter) implements Confirmed {}
    }

    private final Database database;
    private final SignInChanges changes;
    private final Passkeys passkeys;
    private final Audit audit;
    private final Clock clock;

    RecentProof(Database database, SignInChanges changes, Passkeys passkeys, Audit audit, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.passkeys = passkeys;
        this.audit = audit;
        this.clock = clock;
    }

    /// Proves the session again by the person's password.
    Confirmed confirm(Actor actor, Caller caller, String password) {
        Optional<String> session = LoginSessions.hashOf(caller);
        if (session.isEmpty()) {
            return new Confirmed.NotSignedIn();
        }
        return switch (changes.prove(actor, actor.identity().orElseThrow(), password)) {
            case SignInChanges.Proof.Given given ->
                database.write(tx -> {
                    // A password that was changed meanwhile has ended this session.
                    var store = new SessionStore(tx);
                    return new IdentityStore(tx)
                                            .lock(
                                                    given.identity().id(),
                                                    given.identity().passwordHash())
                                    && store.prove(session.get(), clock.instant())
                            ? new Confirmed.Done()
                            : new Confirmed.NotSignedIn();
                });
            case SignInChanges.Proof.Wrong _ -> new Confirmed.Wrong();
            case SignInChanges.Proof.TooMany tooMany -> new Confirmed.TooMany(tooMany.retryAfter());
        };
    }

    /// Returns a challenge for one of the person's passkeys; empty for callers without a session or without a passkey.
    Optional<Passkeys.Asked> askPasskey(Actor actor, Caller caller) {
        return LoginSessions.hashOf(caller)
                .filter(_ -> hasPasskey(actor.identity().orElseThrow()))
                .map(session -> passkeys.askAgain(session, actor.identity().orElseThrow()));
    }

    boolean hasPasskey(IdentityId person) {
        return database.read(tx -> new PasskeyStore(tx).count(person)) > 0;
    }

    /// Proves the session again by one of the person's passkeys.
    Confirmed confirmWithPasskey(Actor actor, Caller caller, String token, String credential) {
        Optional<String> session = LoginSessions.hashOf(caller);
        if (session.isEmpty()) {
            return new Confirmed.NotSignedIn();
        }
        boolean proved = passkeys.provedAgain(session.get(), actor.identity().orElseThrow(), token, credential)
                .filter(right -> database.write(tx -> passkeys.accept(tx, right, clock.instant())
                        && new SessionStore(tx).prove(session.get(), clock.instant())))
                .isPresent();
        if (!proved) {
            audit.denied(actor, "passkey");
        }
        return proved ? new Confirmed.Done() : new Confirmed.Wrong();
    }
}
