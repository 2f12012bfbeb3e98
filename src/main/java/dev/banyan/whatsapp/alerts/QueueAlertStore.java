package dev.banyan.whatsapp.alerts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.WaitReason;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Looks at queues and their results, with bounded work per pool. Constants are inlined to match the partial indexes.
final class QueueAlertStore extends Store {

    /// Messages that are looked at to find the oldest one: those whose turn is next.
    private static final int LOOKED_AT = 200;

    /// What became of a pool's messages.
    record Quality(SenderKey pool, long sent, long failed) {

        long percent() {
            return 100 * sent / Math.max(1, sent + failed);
        }
    }

    QueueAlertStore(Tx tx) {
        super(tx);
    }

    /// Returns the pools of all tenants for which messages wait.
    @AllTenants("a job looks at the queues of all tenants")
    List<SenderKey> waitedFor(int limit) {
        return sql.selectDistinct(OUTGOING_MESSAGES.TENANT_ID, OUTGOING_MESSAGES.MASTER_ID)
                .from(OUTGOING_MESSAGES)
                .where(queued())
                .limit(limit)
                .fetch(row -> new SenderKey(row.value1(), row.value2()));
    }

    /// Returns how many messages wait for a pool, counting up to `most`.
    int length(AccountId tenant, SenderId pool, int most) {
        return sql.fetchCount(sql.select(OUTGOING_MESSAGES.ID)
                .from(OUTGOING_MESSAGES)
                .where(OUTGOING_MESSAGES.TENANT_ID.eq(tenant), OUTGOING_MESSAGES.MASTER_ID.eq(pool), queued())
                .limit(most));
    }

    /// Returns since when the oldest message waits that does not wait for the end of quiet hours.
    Optional<Instant> oldest(AccountId tenant, SenderId pool) {
        var since = DSL.coalesce(OUTGOING_MESSAGES.SEND_AT, OUTGOING_MESSAGES.CREATED_AT)
                .as("since");
        var next = sql.select(since)
                .from(OUTGOING_MESSAGES)
                .where(
                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                        OUTGOING_MESSAGES.MASTER_ID.eq(pool),
                        queued(),
                        DSL.coalesce(OUTGOING_MESSAGES.WAITS_FOR, "").ne(WaitReason.QUIET_HOURS.key()))
                .orderBy(OUTGOING_MESSAGES.DUE_AT)
                .limit(LOOKED_AT)
                .asTable("next");
        return sql.select(DSL.min(Objects.requireNonNull(next.field(since))))
                .from(next)
                .fetchOptional(row -> row.value1());
    }

    /// Returns the pools of all tenants some of whose messages have failed since `from`.
    @AllTenants("a job looks at the results of all tenants")
    List<Quality> failing(Instant from, int limit) {
        var pool = DSL.coalesce(SENDERS.MASTER_ID, SENDERS.ID);
        var sent = DSL.sum(SENDER_HOURS.SENT);
        var failed = DSL.sum(SENDER_HOURS.FAILED);
        return sql.select(SENDERS.TENANT_ID, pool, sent, failed)
                .from(SENDER_HOURS)
                .join(SENDERS)
                .on(SENDERS.TENANT_ID.eq(SENDER_HOURS.TENANT_ID), SENDERS.ID.eq(SENDER_HOURS.SENDER_ID))
                .where(SENDER_HOURS.HOUR_AT.ge(from))
                .groupBy(SENDERS.TENANT_ID, pool)
                .having(failed.gt(BigDecimal.ZERO))
                .limit(limit)
                .fetch(row -> new Quality(
                        new SenderKey(row.value1(), row.value2()),
                        row.value3().longValue(),
                        row.value4().longValue()));
    }

    private static Condition queued() {
        return OUTGOING_MESSAGES.STATE.eq(DSL.inline(DeliveryState.QUEUED.key()));
    }
}
