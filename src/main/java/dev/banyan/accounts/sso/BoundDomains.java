package dev.banyan.accounts.sso;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.domains.Domain;
import dev.banyan.accounts.domains.DomainUse;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// The domains for whose emails an account's provider speaks: without one, its people can't sign in any more.
@Singleton
final class BoundDomains implements DomainUse {

    @Override
    public boolean standsOn(Tx tx, Domain domain) {
        return domain.owner().account().equals(domain.owner().tenant())
                && new AccountSsoStore(tx)
                        .find(domain.owner().tenant())
                        .filter(stored ->
                                stored.emailDomains().contains(domain.host().value()))
                        .isPresent();
    }

    @Override
    public boolean mayEnd(AccountContext context) {
        return MemberSsoSetup.mayChange(context);
    }
}
