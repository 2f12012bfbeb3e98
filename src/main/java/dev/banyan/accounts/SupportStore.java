package dev.banyan.accounts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.OnBehalf;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// When owners allow support, and who acted for their account.
public final class SupportStore extends Store {

    public SupportStore(Tx tx) {
        super(tx);
    }

    /// Returns until when the account allows support; empty if it does not.
    public Optional<Instant> consent(AccountId tenant, Instant now) {
        return sql.fetchOptionalValue(
                SUPPORT_CONSENTS.EXPIRES_AT,
                SUPPORT_CONSENTS.TENANT_ID.eq(tenant).and(SUPPORT_CONSENTS.EXPIRES_AT.gt(now)));
    }

    /// Allows support. What was allowed before must have been withdrawn.
    public void allow(AccountId tenant, IdentityId owner, Instant now, Instant until) {
        sql.insertInto(SUPPORT_CONSENTS)
                .set(SUPPORT_CONSENTS.TENANT_ID, tenant)
                .set(SUPPORT_CONSENTS.GIVEN_BY_IDENTITY_ID, owner)
                .set(SUPPORT_CONSENTS.GIVEN_AT, now)
                .set(SUPPORT_CONSENTS.EXPIRES_AT, until)
                .execute();
    }

    /// @return false if nothing was allowed
    public boolean withdraw(AccountId tenant) {
        return Tx.changed(sql.deleteFrom(SUPPORT_CONSENTS).where(SUPPORT_CONSENTS.TENANT_ID.eq(tenant)));
    }

    public void insert(AccountId tenant, SupportAccess access) {
        sql.insertInto(SUPPORT_ACCESSES)
                .set(SUPPORT_ACCESSES.ID, access.id())
                .set(SUPPORT_ACCESSES.TENANT_ID, tenant)
                .set(SUPPORT_ACCESSES.OPERATOR_IDENTITY_ID, access.operator())
                .set(SUPPORT_ACCESSES.REASON, access.reason())
                .set(SUPPORT_ACCESSES.IS_FORCED, access.forced())
                .set(SUPPORT_ACCESSES.ASKED_AT, access.askedAt())
                .set(SUPPORT_ACCESSES.BEGUN_AT, access.begunAt().orElse(null))
                .set(SUPPORT_ACCESSES.EXPIRES_AT, access.expiresAt())
                .execute();
    }

    public Optional<SupportAccess> find(AccountId tenant, UUID id) {
        return sql.selectFrom(SUPPORT_ACCESSES)
                .where(SUPPORT_ACCESSES.TENANT_ID.eq(tenant), SUPPORT_ACCESSES.ID.eq(id))
                .fetchOptional(SupportStore::access);
    }

    /// Returns the latest ones, newest first.
    public List<SupportAccess> list(AccountId tenant, int limit) {
        return sql.selectFrom(SUPPORT_ACCESSES)
                .where(SUPPORT_ACCESSES.TENANT_ID.eq(tenant))
                .orderBy(SUPPORT_ACCESSES.ASKED_AT.desc(), SUPPORT_ACCESSES.ID.desc())
                .limit(limit)
                .fetch(SupportStore::access);
    }

    /// Returns those that have not ended, whether they act or wait, newest first.
    public List<SupportAccess> unended(AccountId tenant) {
        return sql.selectFrom(SUPPORT_ACCESSES)
                .where(SUPPORT_ACCESSES.TENANT_ID.eq(tenant), SUPPORT_ACCESSES.ENDED_AT.isNull())
                .orderBy(SUPPORT_ACCESSES.ASKED_AT.desc(), SUPPORT_ACCESSES.ID.desc())
                .fetch(SupportStore::access);
    }

    /// @return false if it ended meanwhile
    public boolean end(AccountId tenant, UUID id, SupportAccess.End by, Instant now) {
        return Tx.changed(sql.update(SUPPORT_ACCESSES)
                .set(SUPPORT_ACCESSES.ENDED_AT, now)
                .set(SUPPORT_ACCESSES.ENDED_BY, by.key())
                .where(
                        SUPPORT_ACCESSES.TENANT_ID.eq(tenant),
                        SUPPORT_ACCESSES.ID.eq(id),
                        SUPPORT_ACCESSES.ENDED_AT.isNull()));
    }

    /// Returns for whom a session acts; empty once the access has ended.
    @AllTenants("the session names it")
    public Optional<OnBehalf> acting(IdentityId operator, UUID access, Instant now) {
        return sql.select(SUPPORT_ACCESSES.TENANT_ID)
                .from(SUPPORT_ACCESSES)
                .where(
                        SUPPORT_ACCESSES.ID.eq(access),
                        SUPPORT_ACCESSES.OPERATOR_IDENTITY_ID.eq(operator),
                        SUPPORT_ACCESSES.BEGUN_AT.isNotNull(),
                        SUPPORT_ACCESSES.ENDED_AT.isNull(),
                        SUPPORT_ACCESSES.EXPIRES_AT.gt(now))
                .fetchOptional(row -> new OnBehalf(access, row.value1()));
    }

    /// Returns those whose time is over, and those whose session is gone, such as after signing out.
    @AllTenants("a job ends them")
    public List<SupportAccess> over(Instant now, int limit) {
        return sql.selectFrom(SUPPORT_ACCESSES)
                .where(
                        SUPPORT_ACCESSES.ENDED_AT.isNull(),
                        SUPPORT_ACCESSES
                                .EXPIRES_AT
                                .le(now)
                                .or(SUPPORT_ACCESSES
                                        .BEGUN_AT
                                        .isNotNull()
                                        .andNotExists(DSL.selectOne()
                                                .from(SESSIONS)
                                                .where(SESSIONS.SUPPORT_ACCESS_ID.eq(SUPPORT_ACCESSES.ID)))))
                .limit(limit)
                .fetch(SupportStore::access);
    }

    private static SupportAccess access(Record row) {
        return new SupportAccess(
                row.get(SUPPORT_ACCESSES.ID),
                row.get(SUPPORT_ACCESSES.TENANT_ID),
                row.get(SUPPORT_ACCESSES.OPERATOR_IDENTITY_ID),
                row.get(SUPPORT_ACCESSES.REASON),
                row.get(SUPPORT_ACCESSES.IS_FORCED),
                row.get(SUPPORT_ACCESSES.ASKED_AT),
                Optional.ofNullable(row.get(SUPPORT_ACCESSES.BEGUN_AT)),
                row.get(SUPPORT_ACCESSES.EXPIRES_AT),
                Optional.ofNullable(row.get(SUPPORT_ACCESSES.ENDED_AT)),
                Optional.ofNullable(row.get(SUPPORT_ACCESSES.ENDED_BY))
                        .map(by -> Keyed.of(SupportAccess.End.class, by)));
    }
}
