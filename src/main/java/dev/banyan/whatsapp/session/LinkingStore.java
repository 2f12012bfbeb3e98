package dev.banyan.whatsapp.session;

import static dev.banyan.schema.Tables.SENDERS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Senders that are being linked, or may reconnect.
public final class LinkingStore extends Store {

    public LinkingStore(Tx tx) {
        super(tx);
    }

    /// Resets all senders that were being linked when their server stopped.
    ///
    /// @return how many there were
    @AllTenants("runs at startup for all tenants")
    public int giveUpLinkings(Instant now) {
        return giveUp(DSL.noCondition(), now);
    }

    /// Resets these if they are being linked.
    @AllTenants("a server takes the pools of another one")
    public void giveUpLinkings(Collection<SenderKey> senders, Instant now) {
        giveUp(DSL.or(senders.stream().map(LinkingStore::is).toList()), now);
    }

    private int giveUp(Condition which, Instant now) {
        return sql.update(SENDERS)
                .set(SENDERS.STATE, SenderState.PENDING.key())
                .set(SENDERS.STATE_CHANGED_AT, now)
                .set(SENDERS.UPDATED_AT, now)
                .where(which, isLinking())
                .execute();
    }

    private static Condition is(SenderKey sender) {
        return SENDERS.TENANT_ID.eq(sender.tenant()).and(SENDERS.ID.eq(sender.id()));
    }

    private static Condition isInOne(Collection<SenderKey> pools) {
        return DSL.or(pools.stream()
                .collect(Collectors.groupingBy(
                        SenderKey::tenant, Collectors.mapping(SenderKey::id, Collectors.toList())))
                .entrySet()
                .stream()
                .map(some -> SENDERS.TENANT_ID
                        .eq(some.getKey())
                        .and(SENDERS.ID.in(some.getValue()).or(SENDERS.MASTER_ID.in(some.getValue()))))
                .toList());
    }

    private static Condition isLinking() {
        return SENDERS.STATE.in(SenderState.LINKING.key(), SenderState.PASSKEY_REQUIRED.key());
    }

    /// Returns whether a sender of a pool is being linked.
    public boolean isLinking(AccountId tenant, SenderId pool) {
        return sql.fetchExists(SENDERS, isInOne(Set.of(new SenderKey(tenant, pool))), isLinking());
    }

    /// Returns the senders of these pools that are being linked.
    @AllTenants("a server takes the pools of another one")
    public List<SenderKey> linking(Collection<SenderKey> pools) {
        return sql.select(SENDERS.TENANT_ID, SENDERS.ID)
                .from(SENDERS)
                .where(isInOne(pools), isLinking())
                .fetch(row -> new SenderKey(row.value1(), row.value2()));
    }

    /// Returns the pools of these accounts, and how many numbers each has.
    ///
    /// @param accounts empty: of all
    @AllTenants("a server shares its numbers with others")
    public Map<SenderKey, Integer> pools(Optional<Set<AccountId>> accounts) {
        return sql.select(SENDERS.TENANT_ID, SENDERS.ID, SENDERS.SERVANT_COUNT)
                .from(SENDERS)
                .where(
                        accounts.map(some -> SENDERS.TENANT_ID.in(some)).orElseGet(DSL::noCondition),
                        SenderStore.IS_MASTER)
                .fetchMap(
                        row -> new SenderKey(row.value1(), row.value2()),
                        row -> row.value3().intValue() + 1);
    }

    /// Returns the senders that were linked and may reconnect, by tenant and id.
    ///
    /// @param pools empty: all; of some pools only those that no other server can have open
    /// @param after the last one of the previous page; empty for the first
    @AllTenants("runs at startup for all tenants")
    public List<Sender> restorable(Optional<List<SenderKey>> pools, Optional<SenderKey> after, int limit) {
        return sql.select(SenderStore.FIELDS)
                .from(SENDERS)
                .where(
                        pools.map(some -> isInOne(some).and(SENDERS.MOVED_AT.isNull()))
                                .orElseGet(DSL::noCondition),
                        after.map(last -> SENDERS.TENANT_ID
                                        .gt(last.tenant())
                                        .or(SENDERS.TENANT_ID.eq(last.tenant()).and(SENDERS.ID.gt(last.id()))))
                                .orElseGet(DSL::noCondition),
                        SENDERS.IS_ENABLED.eq(true),
                        SENDERS.LINKED_AT.isNotNull(),
                        SENDERS.STATE
                                .in(
                                        SenderState.LINKED.key(),
                                        SenderState.DISCONNECTED.key(),
                                        SenderState.RESTRICTED.key())
                                .or(SENDERS.STATE
                                        .eq(SenderState.BANNED.key())
                                        .and(SENDERS.DRIVER.ne(DriverKind.SIMULATOR.key()))))
                .orderBy(SENDERS.TENANT_ID, SENDERS.ID)
                .limit(limit)
                .fetch(SenderStore::sender);
    }
}
