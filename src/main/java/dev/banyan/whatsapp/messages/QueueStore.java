package dev.banyan.whatsapp.messages;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;
import static dev.banyan.schema.Tables.POOL_SETTINGS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.PoolSettings.PoolClass;
import dev.banyan.whatsapp.SenderId;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Finds the messages that a decision or a thread is about. The state is inlined, so that the partial index
/// of that state applies.
public final class QueueStore extends Store {

    public QueueStore(Tx tx) {
        super(tx);
    }

    /// Returns some messages in this state that meet the filter, in no order.
    List<OutgoingMessage> some(AccountId tenant, QueueFilter filter, DeliveryState state, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(OUTGOING_MESSAGES.TENANT_ID.eq(tenant), isIn(state), meets(filter))
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Returns how many there are, counting up to `most`.
    int count(AccountId tenant, QueueFilter filter, DeliveryState state, int most) {
        return sql.fetchCount(DSL.selectOne()
                .from(OUTGOING_MESSAGES)
                .where(OUTGOING_MESSAGES.TENANT_ID.eq(tenant), isIn(state), meets(filter))
                .limit(most));
    }

    /// Returns what was ordered for a contact since then over a pool or for it, newest first, without what is only
    /// scheduled.
    public List<OutgoingMessage> orderedFor(
            AccountId tenant, SenderId pool, ContactAddress contact, Instant since, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(
                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                        OUTGOING_MESSAGES.PHONE.eq(contact),
                        OUTGOING_MESSAGES.ID.ge(Uuids.firstAt(since)),
                        isOrderedFor(pool),
                        OUTGOING_MESSAGES.STATE.ne(DeliveryState.SCHEDULED.key()))
                .orderBy(OUTGOING_MESSAGES.ID.desc())
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Returns messages that a pool has sent for itself, or for another pool of codes, before a time, without a
    /// receipt of the phone since.
    ///
    /// @param since when they were ordered at the earliest
    List<OutgoingMessage> withoutReceipt(AccountId tenant, SenderId pool, Instant since, Instant before, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(
                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                        OUTGOING_MESSAGES.MASTER_ID.eq(pool),
                        OUTGOING_MESSAGES.ID.ge(Uuids.firstAt(since)),
                        OUTGOING_MESSAGES.STATE.eq(DeliveryState.SENT.key()),
                        OUTGOING_MESSAGES.STATE_CHANGED_AT.le(before),
                        OUTGOING_MESSAGES
                                .HOME_MASTER_ID
                                .isNull()
                                .or(OUTGOING_MESSAGES.HOME_MASTER_ID.in(sql.select(POOL_SETTINGS.MASTER_ID)
                                        .from(POOL_SETTINGS)
                                        .where(
                                                POOL_SETTINGS.TENANT_ID.eq(tenant),
                                                POOL_SETTINGS.POOL_CLASS.eq(PoolClass.CODES.key())))))
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    private static Condition isIn(DeliveryState state) {
        return OUTGOING_MESSAGES.STATE.eq(DSL.inline(state.key()));
    }

    private static Condition isOrderedFor(SenderId pool) {
        return OUTGOING_MESSAGES
                .HOME_MASTER_ID
                .eq(pool)
                .or(OUTGOING_MESSAGES.MASTER_ID.eq(pool).and(OUTGOING_MESSAGES.HOME_MASTER_ID.isNull()));
    }

    /// Ids begin with the time of the order.
    private static Condition meets(QueueFilter filter) {
        return DSL.and(
                filter.pool()
                        .map(pool -> filter.isOrdered() ? isOrderedFor(pool) : OUTGOING_MESSAGES.MASTER_ID.eq(pool))
                        .orElseGet(DSL::noCondition),
                filter.to()
                        .<Condition>map(phone -> OUTGOING_MESSAGES.PHONE.eq(phone))
                        .orElseGet(DSL::noCondition),
                filter.batch()
                        .<Condition>map(batch -> OUTGOING_MESSAGES.BATCH_ID.eq(batch))
                        .orElseGet(DSL::noCondition),
                filter.from()
                        .<Condition>map(time -> OUTGOING_MESSAGES.ID.ge(Uuids.firstAt(time)))
                        .orElseGet(DSL::noCondition),
                filter.until()
                        .<Condition>map(time -> OUTGOING_MESSAGES.ID.lt(Uuids.firstAt(time)))
                        .orElseGet(DSL::noCondition),
                filter.keyPrefix()
                        .<Condition>map(prefix -> OUTGOING_MESSAGES.IDEMPOTENCY_KEY.startsWith(prefix))
                        .orElseGet(DSL::noCondition));
    }
}
