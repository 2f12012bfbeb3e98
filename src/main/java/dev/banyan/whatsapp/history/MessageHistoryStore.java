package dev.banyan.whatsapp.history;

import static dev.banyan.schema.Tables.INCOMING_MESSAGES;
import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.MessageHistory.IncomingQuery;
import dev.banyan.whatsapp.history.MessageHistory.OutgoingQuery;
import dev.banyan.whatsapp.history.MessageHistory.Sent;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/// Reads messages from the newest to the oldest. Each query follows one index in its order, so it reads only as many
/// rows as it returns; [MessageHistory] applies the other conditions.
final class MessageHistoryStore extends Store {

    /// These states have an index of their own.
    private static final Set<DeliveryState> IN_TROUBLE = EnumSet.of(DeliveryState.FAILED, DeliveryState.UNCERTAIN);

    MessageHistoryStore(Tx tx) {
        super(tx);
    }

    List<Sent> outgoing(AccountId tenant, OutgoingQuery query, Optional<UUID> before, int limit) {
        return leads(query).stream()
                .flatMap(lead -> outgoing(tenant, lead, before, limit).stream())
                .sorted(Comparator.comparing((Sent sent) -> sent.message().id()).reversed())
                .limit(limit)
                .toList();
    }

    private List<Sent> outgoing(AccountId tenant, Condition lead, Optional<UUID> before, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(OUTGOING_MESSAGES.TENANT_ID.eq(tenant), lead, before(OUTGOING_MESSAGES.ID, before))
                .orderBy(OUTGOING_MESSAGES.ID.desc())
                .limit(limit)
                .fetch(MessageHistoryStore::sent);
    }

    /// Returns conditions that exclude each other.
    private static List<Condition> leads(OutgoingQuery query) {
        return query.batch()
                .map(batch -> OUTGOING_MESSAGES.BATCH_ID.eq(batch))
                .or(() -> query.to().map(phone -> OUTGOING_MESSAGES.PHONE.eq(phone)))
                .or(() -> query.states().size() == 1
                        ? query.states().stream()
                                .filter(IN_TROUBLE::contains)
                                .findFirst()
                                // Inlined, not bound, so that the query planner sees that the partial index applies.
                                .map(state -> OUTGOING_MESSAGES.STATE.eq(DSL.inline(state.key())))
                        : Optional.empty())
                .or(() -> query.sender().map(sender -> OUTGOING_MESSAGES.SENDER_ID.eq(sender)))
                .map(List::of)
                .or(() -> query.pool()
                        .map(pool -> List.of(
                                OUTGOING_MESSAGES.MASTER_ID.eq(pool), OUTGOING_MESSAGES.HOME_MASTER_ID.eq(pool))))
                .orElseGet(() -> List.of(DSL.noCondition()));
    }

    List<IncomingMessage> incoming(AccountId tenant, IncomingQuery query, Optional<UUID> before, int limit) {
        Condition lead = query.from()
                .map(phone -> INCOMING_MESSAGES.PHONE.eq(phone))
                .or(() -> query.sender().map(sender -> INCOMING_MESSAGES.SENDER_ID.eq(sender)))
                .or(() -> query.pool().map(pool -> INCOMING_MESSAGES.MASTER_ID.eq(pool)))
                .orElseGet(DSL::noCondition);
        return sql.selectFrom(INCOMING_MESSAGES)
                .where(INCOMING_MESSAGES.TENANT_ID.eq(tenant), lead, before(INCOMING_MESSAGES.ID, before))
                .orderBy(INCOMING_MESSAGES.ID.desc())
                .limit(limit)
                .fetch(IncomingStore::message);
    }

    Optional<Sent> find(AccountId tenant, UUID id) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(OUTGOING_MESSAGES.TENANT_ID.eq(tenant), OUTGOING_MESSAGES.ID.eq(id))
                .fetchOptional(MessageHistoryStore::sent);
    }

    /// Returns whether there are messages of this number or pool, which may have been removed.
    boolean isKnown(AccountId tenant, SenderId id) {
        return sql.fetchExists(
                        OUTGOING_MESSAGES, OUTGOING_MESSAGES.TENANT_ID.eq(tenant), OUTGOING_MESSAGES.MASTER_ID.eq(id))
                || sql.fetchExists(
                        OUTGOING_MESSAGES, OUTGOING_MESSAGES.TENANT_ID.eq(tenant), OUTGOING_MESSAGES.SENDER_ID.eq(id))
                || sql.fetchExists(
                        INCOMING_MESSAGES, INCOMING_MESSAGES.TENANT_ID.eq(tenant), INCOMING_MESSAGES.MASTER_ID.eq(id));
    }

    /// Ids begin with their time, so they sort like the messages.
    private static Condition before(TableField<?, UUID> id, Optional<UUID> last) {
        return last.map(id::lt).orElseGet(DSL::noCondition);
    }

    private static Sent sent(Record row) {
        return new Sent(
                OutgoingStore.message(row),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.REASON)),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.BATCH_ID)));
    }
}
