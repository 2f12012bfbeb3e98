package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Identity;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;

/// No account has a sign-in provider.
public final class TestElsewhere implements SignInElsewhere {

    public static final SignInElsewhere NOWHERE = new TestElsewhere();

    private TestElsewhere() {}

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

    @Override
    public Optional<String> refusedBy(Tx tx, AccountId tenant, IdentityId member, Duration since) {
        return Optional.empty();
    }
}
