package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.signin.SignInElsewhere;
import dev.banyan.accounts.signin.factors.PasskeyStore;
import dev.banyan.accounts.signin.factors.Passkeys;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import jakarta.inject.Singleton;

/// Proves again who uses a session: by the password, or by a passkey whose device checks its owner. [RouteEffects]
/// lists the actions that need a recent proof; [LoginSessions#hasRecentProof] says if there is one.
@Singleton
public record RecentProof(
        Database database,
        LoginSessions sessions,
        SignInChanges changes,
        Passkeys passkeys,
        SignInElsewhere elsewhere,
        Audit audit,
        Clock clock) {

    /// Asks for a proof where a sensitive route takes the password in its body: a recent one is enough, and so is the
    /// password, which then proves the session for its next acts too. Wrong ones count like those of a login.
    ///
    /// @return forbidden without either
    public Outcome<Nothing> orPassword(Actor actor, Caller caller, Optional<String> password) {
        if (LoginSessions.hashOf(caller).isPresent() && sessions.hasRecentProof(caller)) {
            return Outcome.done();
        }
        return password.filter(typed -> !typed.isEmpty())
                .map(typed -> confirm(actor, caller, typed))
                .orElseGet(Outcome::forbidden);
    }

    /// Proves the session again by the person's password.
    ///
    /// @return forbidden if the caller has no session (any more)
    Outcome<Nothing> confirm(Actor actor, Caller caller, String password) {
        Optional<String> session = LoginSessions.hashOf(caller);
        if (session.isEmpty()) {
            return Outcome.forbidden();
        }
        return changes.prove(actor, actor.identity().orElseThrow(), password)
                .then(person -> database.write(tx -> {
                    // A password that was changed meanwhile has ended this session.
                    boolean unchanged = new IdentityStore(tx).lock(person.id(), person.passwordHash());
                    return unchanged && new SessionStore(tx).prove(session.get(), clock.instant())
                            ? Outcome.done()
                            : Outcome.forbidden();
                }));
    }

    /// Returns a challenge for one of the person's passkeys; empty for callers without a session or without a passkey.
    Optional<Passkeys.Asked> askPasskey(Actor actor, Caller caller) {
        return LoginSessions.hashOf(caller)
                .filter(_ -> hasPasskey(actor.identity().orElseThrow()))
                .map(session -> passkeys.ask(
                        Passkeys.Purpose.proof(session, actor.identity().orElseThrow())));
    }

    boolean hasPasskey(IdentityId person) {
        return database.read(tx -> new PasskeyStore(tx).count(person)) > 0;
    }

    /// Returns where the person can sign in again at a provider, which is a proof, too.
    Optional<String> provider(IdentityId person) {
        return database.read(tx -> elsewhere.of(tx, person));
    }

    /// Proves the session again by one of the person's passkeys.
    ///
    /// @return forbidden if the caller has no session
    Outcome<Nothing> confirmWithPasskey(Actor actor, Caller caller, String token, String credential) {
        Optional<String> session = LoginSessions.hashOf(caller);
        if (session.isEmpty()) {
            return Outcome.forbidden();
        }
        boolean proved = passkeys.proved(
                        Passkeys.Purpose.proof(session.get(), actor.identity().orElseThrow()), token, credential)
                .filter(right -> database.write(tx -> passkeys.accept(tx, right, clock.instant())
                        && new SessionStore(tx).prove(session.get(), clock.instant())))
                .isPresent();
        if (!proved) {
            audit.denied(actor, "passkey");
        }
        return proved ? Outcome.done() : Outcome.rejected(new Invalid("credential", "That passkey didn't work."));
    }
}
