package dev.banyan.accounts.context;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Root accounts that are switched off, and what is suspended and reactivated with them.
public final class AccountLockStore extends Store {

    private static final String BY_SERVER = "server";

    public AccountLockStore(Tx tx) {
        super(tx);
    }

    public Optional<AccountLocks.Disabling> find(AccountId tenant) {
        return sql.select(DISABLED_ACCOUNTS.REASON, DISABLED_ACCOUNTS.NOTE, DISABLED_ACCOUNTS.DISABLED_AT)
                .from(DISABLED_ACCOUNTS)
                .where(DISABLED_ACCOUNTS.TENANT_ID.eq(tenant))
                .fetchOptional(row -> new AccountLocks.Disabling(
                        Keyed.parse(LockReason.class, row.value1()).orElse(LockReason.OTHER),
                        row.value2(),
                        row.value3()));
    }

    public void insert(AccountId tenant, AccountLocks.Disabling disabling) {
        sql.insertInto(DISABLED_ACCOUNTS)
                .set(DISABLED_ACCOUNTS.TENANT_ID, tenant)
                .set(DISABLED_ACCOUNTS.REASON, disabling.reason().key())
                .set(DISABLED_ACCOUNTS.NOTE, disabling.note())
                .set(DISABLED_ACCOUNTS.DISABLED_AT, disabling.at())
                .execute();
    }

    public boolean delete(AccountId tenant) {
        return Tx.changed(sql.deleteFrom(DISABLED_ACCOUNTS).where(DISABLED_ACCOUNTS.TENANT_ID.eq(tenant)));
    }

    public void setRootStatus(AccountId tenant, AccountStatus status, Instant now) {
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.STATUS, status.key())
                .set(ACCOUNTS.UPDATED_AT, now)
                .where(ACCOUNTS.ID.eq(tenant), ACCOUNTS.KIND.eq("root"))
                .execute();
    }

    /// Suspends the active sub-accounts and marks them, so that only those are reactivated.
    ///
    /// @return their usernames
    public Map<AccountId, String> suspendActive(AccountId tenant, Instant now) {
        Condition active = ACCOUNTS.STATUS.eq(AccountStatus.ACTIVE.key());
        Map<AccountId, String> names = subAccounts(tenant, active);
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.STATUS, AccountStatus.SUSPENDED.key())
                .set(ACCOUNTS.SUSPENDED_BY, BY_SERVER)
                .set(ACCOUNTS.SUSPENDED_AT, now)
                .set(ACCOUNTS.UPDATED_AT, now)
                .where(ACCOUNTS.PARENT_ID.eq(tenant), active)
                .execute();
        return names;
    }

    /// @return the usernames of the reactivated sub-accounts
    public Map<AccountId, String> reactivateMarked(AccountId tenant, Instant now) {
        Condition marked = ACCOUNTS.STATUS.eq(AccountStatus.SUSPENDED.key()).and(ACCOUNTS.SUSPENDED_BY.eq(BY_SERVER));
        Map<AccountId, String> names = subAccounts(tenant, marked);
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.STATUS, AccountStatus.ACTIVE.key())
                .setNull(ACCOUNTS.SUSPENDED_BY)
                .setNull(ACCOUNTS.SUSPENDED_AT)
                .set(ACCOUNTS.UPDATED_AT, now)
                .where(ACCOUNTS.PARENT_ID.eq(tenant), marked)
                .execute();
        return names;
    }

    private Map<AccountId, String> subAccounts(AccountId tenant, Condition condition) {
        return sql.select(ACCOUNTS.ID, ACCOUNTS.USERNAME)
                .from(ACCOUNTS)
                .where(ACCOUNTS.PARENT_ID.eq(tenant), condition)
                .fetchMap(ACCOUNTS.ID, ACCOUNTS.USERNAME);
    }

    /// Ends the sessions of all people whose home account this is, except those of operators.
    public int endSessions(AccountId tenant) {
        return sql.deleteFrom(SESSIONS)
                .where(SESSIONS.IDENTITY_ID.in(DSL.select(IDENTITIES.ID)
                        .from(IDENTITIES)
                        .where(
                                IDENTITIES.HOME_ACCOUNT_ID.eq(tenant),
                                IDENTITIES.ID.notIn(
                                        DSL.select(OPERATORS.IDENTITY_ID).from(OPERATORS)))))
                .execute();
    }
}
