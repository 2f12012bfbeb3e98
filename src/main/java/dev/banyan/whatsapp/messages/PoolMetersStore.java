package dev.banyan.whatsapp.messages;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.SenderKey;
import org.jooq.impl.DSL;

/// Counts what is in the outbox of the whole server. Each state that is asked for has a partial index with all columns
/// that are read, so only what waits is looked at, however much was sent.
final class PoolMetersStore extends Store {

    /// @param oldest when the oldest message was ordered
    record Queue(SenderKey pool, int count, Instant oldest) {}

    PoolMetersStore(Tx tx) {
        super(tx);
    }

    /// Returns the pools with the most messages in a state. Ids begin with the time of the order.
    @AllTenants("the metrics of the server")
    List<Queue> queues(DeliveryState state, int pools) {
        var count = DSL.count();
        return sql.select(
                        OUTGOING_MESSAGES.TENANT_ID, OUTGOING_MESSAGES.MASTER_ID, count, DSL.min(OUTGOING_MESSAGES.ID))
                .from(OUTGOING_MESSAGES)
                .where(OUTGOING_MESSAGES.STATE.eq(DSL.inline(state.key())))
                .groupBy(OUTGOING_MESSAGES.TENANT_ID, OUTGOING_MESSAGES.MASTER_ID)
                .orderBy(count.desc(), OUTGOING_MESSAGES.MASTER_ID)
                .limit(pools)
                .fetch(row ->
                        new Queue(new SenderKey(row.value1(), row.value2()), row.value3(), ordered(row.value4())));
    }

    private static Instant ordered(UUID id) {
        return Uuids.createdAt(id).orElse(Instant.EPOCH);
    }
}
