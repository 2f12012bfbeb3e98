package dev.banyan.accounts.signin;

import dev.banyan.accounts.Identity;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;
import java.util.Optional;

/// A server on which no account has a sign-in provider, for tests of objects.
public final class NoProviders implements SignInElsewhere {

    @Override
    public Optional<String> insteadOfPassword(Tx tx, Identity person) {
        return Optional.empty();
    }

    @Override
    public Optional<String> of(Tx tx, IdentityId person) {
        return Optional.empty();
    }

    @Override
    public Optional<String> named(Tx tx, String emailOrUsername) {
        return Optional.empty();
    }

    @Override
    public void opened(Tx tx, IdentityId person, String awaited, String tokenHash) {}
}
