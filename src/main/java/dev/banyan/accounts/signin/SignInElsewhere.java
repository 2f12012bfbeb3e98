package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.keys.KeyMakers;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;

/// Where people sign in instead of here: at the provider of an account that they are a member of. Single sign-on
/// implements it; paths are ours, and lead on to the provider.
public interface SignInElsewhere extends KeyMakers {

    /// Returns where this person must sign in, because passwords and passkeys don’t count for them.
    Optional<String> insteadOfPassword(Tx tx, Identity person);

    /// Returns where this person signs in, too.
    Optional<String> of(Tx tx, IdentityId person);

    /// Returns where people with such an email, or of an account with this username, sign in.
    Optional<String> named(Tx tx, String emailOrUsername);

    /// Called when a sign-in that waited for a second factor has ended in a session.
    ///
    /// @param awaited digest of the secret that continued the sign-in
    /// @param tokenHash of the session
    void opened(Tx tx, IdentityId person, String awaited, String tokenHash);
}
