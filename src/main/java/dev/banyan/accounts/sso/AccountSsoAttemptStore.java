package dev.banyan.accounts.sso;

import static dev.banyan.schema.Tables.ACCOUNT_SSO_ATTEMPTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoAttempt;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Sign-ins that are on their way through a provider, or wait for a second factor.
final class AccountSsoAttemptStore {

    private final DSLContext sql;

    AccountSsoAttemptStore(Tx tx) {
        this.sql = tx.sql();
    }

    void insert(AccountId tenant, SsoAttempt attempt) {
        sql.insertInto(ACCOUNT_SSO_ATTEMPTS)
                .set(ACCOUNT_SSO_ATTEMPTS.STATE_HASH, attempt.stateHash())
                .set(ACCOUNT_SSO_ATTEMPTS.TENANT_ID, tenant)
                .set(ACCOUNT_SSO_ATTEMPTS.BROWSER_HASH, attempt.browserHash())
                .set(ACCOUNT_SSO_ATTEMPTS.SECRETS, attempt.sealedSecrets())
                .set(ACCOUNT_SSO_ATTEMPTS.EXPIRES_AT, attempt.expiresAt())
                .execute();
    }

    /// Returns the account of a sign-in that waits for a second factor.
    @AllTenants("the second step doesn’t know by which account somebody came")
    Optional<AccountId> accountOf(String stateHash) {
        return sql.select(ACCOUNT_SSO_ATTEMPTS.TENANT_ID)
                .from(ACCOUNT_SSO_ATTEMPTS)
                .where(ACCOUNT_SSO_ATTEMPTS.STATE_HASH.eq(stateHash))
                .fetchOptional(ACCOUNT_SSO_ATTEMPTS.TENANT_ID);
    }

    /// Finds an attempt and deletes it: a state works once, whatever becomes of it.
    Optional<SsoAttempt> take(AccountId tenant, String stateHash) {
        Condition one = ACCOUNT_SSO_ATTEMPTS.TENANT_ID.eq(tenant).and(ACCOUNT_SSO_ATTEMPTS.STATE_HASH.eq(stateHash));
        Optional<SsoAttempt> found = sql.selectFrom(ACCOUNT_SSO_ATTEMPTS)
                .where(one)
                .fetchOptional(row -> new SsoAttempt(
                        stateHash,
                        row.get(ACCOUNT_SSO_ATTEMPTS.BROWSER_HASH),
                        row.get(ACCOUNT_SSO_ATTEMPTS.SECRETS),
                        row.get(ACCOUNT_SSO_ATTEMPTS.EXPIRES_AT)));
        // Of two that take it at the same time, one deletes the row.
        return found.filter(_ -> sql.deleteFrom(ACCOUNT_SSO_ATTEMPTS).where(one).execute() == 1);
    }

    @AllTenants("clears expired attempts of all tenants")
    int deleteExpired(Instant now, int limit) {
        List<String> expired = sql.select(ACCOUNT_SSO_ATTEMPTS.STATE_HASH)
                .from(ACCOUNT_SSO_ATTEMPTS)
                .where(ACCOUNT_SSO_ATTEMPTS.EXPIRES_AT.le(now))
                .limit(limit)
                .fetch(ACCOUNT_SSO_ATTEMPTS.STATE_HASH);
        return sql.deleteFrom(ACCOUNT_SSO_ATTEMPTS)
                .where(ACCOUNT_SSO_ATTEMPTS.STATE_HASH.in(expired))
                .execute();
    }
}
