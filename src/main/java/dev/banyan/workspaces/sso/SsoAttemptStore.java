package dev.banyan.workspaces.sso;

import static dev.banyan.schema.Tables.WORKSPACE_SSO_ATTEMPTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoAttempt;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Sign-ins that are on their way through a provider.
final class SsoAttemptStore {

    private final DSLContext sql;

    SsoAttemptStore(Tx tx) {
        this.sql = tx.sql();
    }

    void insert(AccountId tenant, WorkspaceId workspace, SsoAttempt attempt) {
        sql.insertInto(WORKSPACE_SSO_ATTEMPTS)
                .set(WORKSPACE_SSO_ATTEMPTS.STATE_HASH, attempt.stateHash())
                .set(WORKSPACE_SSO_ATTEMPTS.TENANT_ID, tenant)
                .set(WORKSPACE_SSO_ATTEMPTS.SUB_CLIENT_ID, workspace)
                .set(WORKSPACE_SSO_ATTEMPTS.BROWSER_HASH, attempt.browserHash())
                .set(WORKSPACE_SSO_ATTEMPTS.SECRETS, attempt.sealedSecrets())
                .set(WORKSPACE_SSO_ATTEMPTS.EXPIRES_AT, attempt.expiresAt())
                .execute();
    }

    /// Finds an attempt and deletes it: a state works once, whatever becomes of it.
    Optional<SsoAttempt> take(AccountId tenant, WorkspaceId workspace, String stateHash) {
        Condition one = WORKSPACE_SSO_ATTEMPTS
                .TENANT_ID
                .eq(tenant)
                .and(WORKSPACE_SSO_ATTEMPTS.SUB_CLIENT_ID.eq(workspace))
                .and(WORKSPACE_SSO_ATTEMPTS.STATE_HASH.eq(stateHash));
        Optional<SsoAttempt> found = sql.selectFrom(WORKSPACE_SSO_ATTEMPTS)
                .where(one)
                .fetchOptional(row -> new SsoAttempt(
                        stateHash,
                        row.get(WORKSPACE_SSO_ATTEMPTS.BROWSER_HASH),
                        row.get(WORKSPACE_SSO_ATTEMPTS.SECRETS),
                        row.get(WORKSPACE_SSO_ATTEMPTS.EXPIRES_AT)));
        // Of two that take it at the same time, one deletes the row.
        return found.filter(
                _ -> sql.deleteFrom(WORKSPACE_SSO_ATTEMPTS).where(one).execute() == 1);
    }

    @AllTenants("clears expired attempts of all tenants")
    int deleteExpired(Instant now, int limit) {
        List<String> expired = sql.select(WORKSPACE_SSO_ATTEMPTS.STATE_HASH)
                .from(WORKSPACE_SSO_ATTEMPTS)
                .where(WORKSPACE_SSO_ATTEMPTS.EXPIRES_AT.le(now))
                .limit(limit)
                .fetch(WORKSPACE_SSO_ATTEMPTS.STATE_HASH);
        return sql.deleteFrom(WORKSPACE_SSO_ATTEMPTS)
                .where(WORKSPACE_SSO_ATTEMPTS.STATE_HASH.in(expired))
                .execute();
    }
}
