package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.WaysInEnding;
import dev.banyan.accounts.keys.ApiKeyStore;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore;
import dev.banyan.accounts.signin.factors.PasskeyStore;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Everything by which a person comes in, or has let others in, besides sign-in providers, whose room is above this
/// one. `WaysInTest` compares it with the schema.
@Singleton
public record WaysIn(Event<WaysInEnding> ending, Clock clock) {

    private static final String KEYS_OF_BEFORE = "Created before its owner’s email was proved";

    /// Ends all of it, because somebody else may have set it up. The password goes first and the sessions last: who
    /// signs in at this moment finds the one gone, or has the other ended.
    public void end(Tx tx, Identity person) {
        IdentityId id = person.id();
        new IdentityStore(tx).setPasswordHash(id, Passwords.NO_PASSWORD, clock.instant());
        new PasskeyStore(tx).deleteAll(id);
        new SecondFactorStore(tx).delete(id);
        new AwaitedFactorStore(tx).deleteAll(id);
        new EmailChangeStore(tx).delete(id);
        new IdentityStore(tx).deleteConfirmations(id);
        new PasswordResetStore(tx).delete(person.email());
        new DeviceStore(tx).forget(id);
        new ApiKeyStore(tx).disableMadeBy(id, KEYS_OF_BEFORE);
        new AccountInvitationStore(tx).deletePendingBy(id);
        ending.fire(new WaysInEnding(tx, id));
        new SessionStore(tx).deleteAll(id);
    }
}
