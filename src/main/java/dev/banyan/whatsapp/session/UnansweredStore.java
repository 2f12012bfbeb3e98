package dev.banyan.whatsapp.session;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import org.jooq.impl.DSL;

/// Pools that have messages due, and messages that were handed over and have no result.
public final class UnansweredStore extends Store {

    private static final SqlCache DUE_POOLS = new SqlCache();
    private static final SqlCache UNANSWERED = new SqlCache();
    private static final SqlCache UNANSWERED_BY = new SqlCache();

    public UnansweredStore(Tx tx) {
        super(tx);
    }

    /// Returns the pools of all tenants that have messages due.
    @AllTenants("a job sends due messages of all tenants")
    public List<SenderKey> duePools(Instant now, int limit) {
        return DUE_POOLS.fetch(
                row -> new SenderKey(row.get(OUTGOING_MESSAGES.TENANT_ID), row.get(OUTGOING_MESSAGES.MASTER_ID)),
                sql,
                () -> sql.selectDistinct(OUTGOING_MESSAGES.TENANT_ID, OUTGOING_MESSAGES.MASTER_ID)
                        .from(OUTGOING_MESSAGES)
                        .where(OutboxStore.isIn(DeliveryState.QUEUED), OUTGOING_MESSAGES.DUE_AT.le(now))
                        .limit(limit),
                now,
                (long) limit);
    }

    /// Returns the messages of all tenants that were handed over before `before` and have no result.
    @AllTenants("a job and the startup find messages without a result, of all tenants")
    public List<OutgoingMessage> unanswered(UUID node, Instant before, int limit) {
        return UNANSWERED.fetch(
                OutgoingStore::message,
                sql,
                () -> sql.selectFrom(OUTGOING_MESSAGES)
                        .where(
                                OutboxStore.isIn(DeliveryState.SENDING),
                                OUTGOING_MESSAGES.STATE_CHANGED_AT.le(before),
                                DSL.coalesce(OUTGOING_MESSAGES.NODE_ID, DSL.inline(""))
                                        .eq(node.toString()))
                        .orderBy(OUTGOING_MESSAGES.ID)
                        .limit(limit),
                before,
                node.toString(),
                (long) limit);
    }

    /// Returns the messages of all tenants that were being handed over by nodes other than these, and have no result.
    @AllTenants("a job and the startup find messages without a result, of all tenants")
    public List<OutgoingMessage> leftBehind(List<UUID> alive, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(
                        OutboxStore.isIn(DeliveryState.SENDING),
                        DSL.coalesce(OUTGOING_MESSAGES.NODE_ID, "")
                                .notIn(alive.stream().map(UUID::toString).toList()))
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Returns the messages of these pools that were being handed over by other nodes than this one.
    @AllTenants("a server takes the pools of another one")
    public List<OutgoingMessage> leftBehind(Collection<SenderKey> pools, UUID node, int limit) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(
                        DSL.or(pools.stream()
                                .map(pool -> OUTGOING_MESSAGES
                                        .TENANT_ID
                                        .eq(pool.tenant())
                                        .and(OUTGOING_MESSAGES.MASTER_ID.eq(pool.id())))
                                .toList()),
                        OutboxStore.isIn(DeliveryState.SENDING),
                        DSL.coalesce(OUTGOING_MESSAGES.NODE_ID, "").ne(node.toString()))
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(limit)
                .fetch(OutgoingStore::message);
    }

    /// Returns those of these messages that have no result and that no other transaction is changing right now, and
    /// keeps them from being changed.
    @AllTenants("a server takes the pools of another one")
    public Set<UUID> free(Collection<OutgoingMessage> messages) {
        return RowLock.skippingLocked(
                        sql.select(OUTGOING_MESSAGES.ID)
                                .from(OUTGOING_MESSAGES)
                                .where(
                                        OUTGOING_MESSAGES.TENANT_ID.in(tenants(messages)),
                                        OUTGOING_MESSAGES.ID.in(messages.stream()
                                                .map(OutgoingMessage::id)
                                                .toList()),
                                        OutboxStore.isIn(DeliveryState.SENDING)),
                        sql)
                .fetchSet(OUTGOING_MESSAGES.ID);
    }

    private static Set<AccountId> tenants(Collection<OutgoingMessage> messages) {
        return messages.stream().map(OutgoingMessage::tenant).collect(Collectors.toSet());
    }

    /// Notes that this node finds out what became of a message that another one was handing over.
    ///
    /// @return false if its fate is known by now
    public boolean takeOver(AccountId tenant, UUID id, UUID node, Instant now) {
        return Tx.changed(sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.NODE_ID, node.toString())
                .set(OUTGOING_MESSAGES.STATE_CHANGED_AT, now)
                .where(
                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                        OUTGOING_MESSAGES.ID.eq(id),
                        OutboxStore.isIn(DeliveryState.SENDING)));
    }

    /// Returns whether a node is handing over messages of a pool.
    public boolean isHandingOver(AccountId tenant, SenderId pool, UUID node) {
        return sql.fetchExists(
                OUTGOING_MESSAGES,
                OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                OUTGOING_MESSAGES.MASTER_ID.eq(pool),
                OutboxStore.isIn(DeliveryState.SENDING),
                DSL.coalesce(OUTGOING_MESSAGES.NODE_ID, "").eq(node.toString()));
    }

    /// Returns the messages that a node handed to a number before `before` and that have no result.
    public List<OutgoingMessage> unansweredBy(AccountId tenant, SenderId sender, UUID node, Instant before, int limit) {
        return UNANSWERED_BY.fetch(
                OutgoingStore::message,
                sql,
                () -> sql.selectFrom(OUTGOING_MESSAGES)
                        .where(
                                OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                                OUTGOING_MESSAGES.SENDER_ID.eq(sender),
                                OutboxStore.isIn(DeliveryState.SENDING),
                                OUTGOING_MESSAGES.STATE_CHANGED_AT.le(before),
                                DSL.coalesce(OUTGOING_MESSAGES.NODE_ID, DSL.inline(""))
                                        .eq(node.toString()))
                        .orderBy(OUTGOING_MESSAGES.STATE_CHANGED_AT)
                        .limit(limit),
                tenant,
                sender,
                before,
                node.toString(),
                (long) limit);
    }
}
