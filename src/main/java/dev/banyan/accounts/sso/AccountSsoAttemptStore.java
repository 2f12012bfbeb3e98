package dev.banyan.accounts.sso;

import static dev.banyan.schema.Tables.ACCOUNT_SSO_ATTEMPTS;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.realm.SsoAttemptStore;

/// Sign-ins of members, also those that wait for a second factor.
final class AccountSsoAttemptStore extends SsoAttemptStore {

    AccountSsoAttemptStore(Tx tx) {
        super(tx, ACCOUNT_SSO_ATTEMPTS);
    }

    /// Returns the account of a sign-in that waits for a second factor.
    @AllTenants("the second step doesn’t know by which account somebody came")
    Optional<SsoOwner> accountOf(String state) {
        return sql.select(ACCOUNT_SSO_ATTEMPTS.TENANT_ID)
                .from(ACCOUNT_SSO_ATTEMPTS)
                .where(ACCOUNT_SSO_ATTEMPTS.STATE_HASH.eq(state))
                .fetchOptional(row -> SsoOwner.of(row.value1()));
    }
}
