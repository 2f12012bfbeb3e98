package dev.banyan.accounts.sso;

import static dev.banyan.schema.Tables.ACCOUNT_SSO;
import static dev.banyan.schema.Tables.ACCOUNT_SSO_LINKS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.realm.SsoLinkStore;

/// Who members are at their providers.
final class AccountSsoLinkStore extends SsoLinkStore<IdentityId> {

    AccountSsoLinkStore(Tx tx) {
        super(tx, ACCOUNT_SSO_LINKS, ACCOUNT_SSO_LINKS.IDENTITY_ID);
    }

    /// Makes a person nobody at any provider.
    @AllTenants("a person may be a member of several accounts")
    void unlink(IdentityId person) {
        sql.deleteFrom(ACCOUNT_SSO_LINKS)
                .where(ACCOUNT_SSO_LINKS.IDENTITY_ID.eq(person))
                .execute();
    }

    /// Returns the accounts at whose providers a person is known, those with settings only.
    @AllTenants("a person may be a member of several accounts")
    List<AccountId> accountsOf(IdentityId person) {
        return sql.selectDistinct(ACCOUNT_SSO_LINKS.TENANT_ID)
                .from(ACCOUNT_SSO_LINKS)
                .join(ACCOUNT_SSO)
                .on(ACCOUNT_SSO.TENANT_ID.eq(ACCOUNT_SSO_LINKS.TENANT_ID))
                .where(ACCOUNT_SSO_LINKS.IDENTITY_ID.eq(person))
                .orderBy(ACCOUNT_SSO_LINKS.TENANT_ID)
                .limit(10)
                .fetch(ACCOUNT_SSO_LINKS.TENANT_ID);
    }
}
