package dev.banyan.whatsapp.alerts;

import static dev.banyan.schema.Tables.POOL_ALERTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class AlertStore extends Store {

    public AlertStore(Tx tx) {
        super(tx);
    }

    /// Stores an alert, unless the same one lasts already.
    ///
    /// @return whether it is new
    boolean insert(AccountId tenant, Alert alert) {
        return Tx.changed(sql.insertInto(POOL_ALERTS)
                .set(POOL_ALERTS.ID, alert.id())
                .set(POOL_ALERTS.TENANT_ID, tenant)
                .set(POOL_ALERTS.KIND, alert.kind().key())
                .set(POOL_ALERTS.MASTER_ID, alert.pool())
                .set(POOL_ALERTS.SUBJECT_ID, alert.subject())
                .set(POOL_ALERTS.DETAILS, alert.details())
                .set(POOL_ALERTS.CREATED_AT, alert.at())
                .set(POOL_ALERTS.ENDED_AT, alert.endedAt().orElse(null))
                .onConflictDoNothing());
    }

    /// @return whether there was one
    boolean end(AccountId tenant, AlertKind kind, SenderId subject, Instant now) {
        return Tx.changed(sql.update(POOL_ALERTS)
                .set(POOL_ALERTS.ENDED_AT, now)
                .where(
                        POOL_ALERTS.TENANT_ID.eq(tenant),
                        POOL_ALERTS.SUBJECT_ID.eq(subject),
                        POOL_ALERTS.KIND.eq(kind.key()),
                        POOL_ALERTS.ENDED_AT.isNull()));
    }

    /// Returns whether an alert of this kind lasts for a number or another one of its pool.
    boolean lastsInPool(AccountId tenant, AlertKind kind, SenderId pool) {
        return sql.fetchExists(
                POOL_ALERTS,
                POOL_ALERTS.TENANT_ID.eq(tenant),
                POOL_ALERTS.MASTER_ID.eq(pool),
                POOL_ALERTS.KIND.eq(kind.key()),
                POOL_ALERTS.ENDED_AT.isNull());
    }

    /// Returns alerts, newest first.
    ///
    /// @param before the last alert of the previous page
    List<Alert> list(AccountId tenant, Optional<UUID> before, int limit) {
        return list(tenant, before.<Condition>map(id -> POOL_ALERTS.ID.lt(id)).orElseGet(DSL::noCondition), limit);
    }

    /// Returns the alerts that last, newest first.
    List<Alert> open(AccountId tenant, Optional<UUID> before, int limit) {
        return list(
                tenant,
                POOL_ALERTS
                        .ENDED_AT
                        .isNull()
                        .and(before.<Condition>map(id -> POOL_ALERTS.ID.lt(id)).orElseGet(DSL::noCondition)),
                limit);
    }

    /// Returns the alerts after this one, oldest first.
    List<Alert> after(AccountId tenant, UUID last, int limit) {
        return sql.selectFrom(POOL_ALERTS)
                .where(POOL_ALERTS.TENANT_ID.eq(tenant), POOL_ALERTS.ID.gt(last))
                .orderBy(POOL_ALERTS.ID)
                .limit(limit)
                .fetch(AlertStore::alert);
    }

    private List<Alert> list(AccountId tenant, Condition condition, int limit) {
        return sql.selectFrom(POOL_ALERTS)
                .where(POOL_ALERTS.TENANT_ID.eq(tenant), condition)
                .orderBy(POOL_ALERTS.ID.desc())
                .limit(limit)
                .fetch(AlertStore::alert);
    }

    /// Returns what lasts for the pools of all tenants.
    @AllTenants("a job ends alerts of all tenants whose cause is gone")
    List<SenderKey> lasting(AlertKind kind, int limit) {
        return sql.select(POOL_ALERTS.TENANT_ID, POOL_ALERTS.SUBJECT_ID)
                .from(POOL_ALERTS)
                .where(POOL_ALERTS.KIND.eq(kind.key()), POOL_ALERTS.ENDED_AT.isNull())
                .orderBy(POOL_ALERTS.TENANT_ID, POOL_ALERTS.SUBJECT_ID)
                .limit(limit)
                .fetch(row -> new SenderKey(row.value1(), row.value2()));
    }

    @AllTenants("a job deletes old alerts of all tenants")
    int deleteBefore(Instant time, int limit) {
        return deleteSome(POOL_ALERTS.ID, POOL_ALERTS.CREATED_AT.lt(time), limit, POOL_ALERTS.CREATED_AT);
    }

    private static Alert alert(Record row) {
        return new Alert(
                row.get(POOL_ALERTS.ID),
                Keyed.of(AlertKind.class, row.get(POOL_ALERTS.KIND)),
                row.get(POOL_ALERTS.MASTER_ID),
                row.get(POOL_ALERTS.SUBJECT_ID),
                row.get(POOL_ALERTS.DETAILS),
                row.get(POOL_ALERTS.CREATED_AT),
                Optional.ofNullable(row.get(POOL_ALERTS.ENDED_AT)));
    }
}
