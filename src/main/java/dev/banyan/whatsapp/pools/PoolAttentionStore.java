package dev.banyan.whatsapp.pools;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;
import static dev.banyan.schema.Tables.SENDERS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.SenderState;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Finds what a dashboard reports about the numbers of a tenant. Constants are inlined to match the partial indexes.
final class PoolAttentionStore extends Store {

    /// States in which a number needs a person.
    private static final List<SenderState> NEEDY = List.of(
            SenderState.PASSKEY_REQUIRED,
            SenderState.DISCONNECTED,
            SenderState.RESTRICTED,
            SenderState.BANNED,
            SenderState.UNLINKED);

    /// A number that needs a person.
    record Needy(String name, SenderState state) {}

    PoolAttentionStore(Tx tx) {
        super(tx);
    }

    /// Counts numbers that need a person, by state.
    Map<SenderState, Integer> needy(AccountId tenant) {
        Field<Integer> number = DSL.count();
        return sql.select(SENDERS.STATE, number)
                .from(SENDERS)
                .where(SENDERS.TENANT_ID.eq(tenant), SENDERS.STATE.in(keys()), SENDERS.IS_ENABLED.isTrue())
                .groupBy(SENDERS.STATE)
                .fetchMap(row -> SenderState.of(row.value1()), row -> row.value2());
    }

    /// Returns some of them.
    List<Needy> some(AccountId tenant, int limit) {
        return sql.select(SENDERS.DISPLAY_NAME, SENDERS.STATE)
                .from(SENDERS)
                .where(SENDERS.TENANT_ID.eq(tenant), SENDERS.STATE.in(keys()), SENDERS.IS_ENABLED.isTrue())
                .orderBy(SENDERS.STATE.desc(), SENDERS.ID)
                .limit(limit)
                .fetch(row -> new Needy(row.value1(), SenderState.of(row.value2())));
    }

    private static List<Field<String>> keys() {
        return NEEDY.stream()
                .<Field<String>>map(state -> DSL.inline(state.key()))
                .toList();
    }

    /// Counts messages that were ordered before a time and aren't sent yet, among the first `most` in the queue.
    int waitingSince(AccountId tenant, Instant before, int most) {
        var queue = sql.select(OUTGOING_MESSAGES.CREATED_AT)
                .from(OUTGOING_MESSAGES)
                .where(
                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                        OUTGOING_MESSAGES.STATE.eq(DSL.inline(DeliveryState.QUEUED.key())))
                .limit(most)
                .asTable("queue");
        return sql.fetchCount(DSL.selectOne()
                .from(queue)
                .where(Objects.requireNonNull(queue.field(OUTGOING_MESSAGES.CREATED_AT))
                        .lt(before)));
    }
}
