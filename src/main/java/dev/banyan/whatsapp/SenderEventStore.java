package dev.banyan.whatsapp;

import static dev.banyan.schema.Tables.SENDER_EVENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class SenderEventStore extends Store {

    public SenderEventStore(Tx tx) {
        super(tx);
    }

    public void insert(AccountId tenant, SenderEvent event) {
        sql.insertInto(SENDER_EVENTS)
                .set(SENDER_EVENTS.ID, event.id())
                .set(SENDER_EVENTS.TENANT_ID, tenant)
                .set(SENDER_EVENTS.MASTER_ID, event.pool())
                .set(SENDER_EVENTS.SENDER_ID, event.sender())
                .set(SENDER_EVENTS.TONE, event.tone().key())
                .set(SENDER_EVENTS.TITLE, event.title())
                .set(SENDER_EVENTS.DETAILS, event.details())
                .set(SENDER_EVENTS.CREATED_AT, event.at())
                .execute();
    }

    /// Returns the events of all pools of a tenant, newest first.
    ///
    /// @param before the last event of the previous page
    public List<SenderEvent> list(AccountId tenant, Optional<UUID> before, int limit) {
        return list(tenant, DSL.noCondition(), before, limit);
    }

    public List<SenderEvent> ofPool(AccountId tenant, SenderId master, Optional<UUID> before, int limit) {
        return list(tenant, SENDER_EVENTS.MASTER_ID.eq(master), before, limit);
    }

    public List<SenderEvent> ofSender(AccountId tenant, SenderId sender, Optional<UUID> before, int limit) {
        return list(tenant, SENDER_EVENTS.SENDER_ID.eq(sender), before, limit);
    }

    private List<SenderEvent> list(AccountId tenant, Condition condition, Optional<UUID> before, int limit) {
        return sql.selectFrom(SENDER_EVENTS)
                .where(
                        SENDER_EVENTS.TENANT_ID.eq(tenant),
                        condition,
                        before.<Condition>map(id -> SENDER_EVENTS.ID.lt(id)).orElseGet(DSL::noCondition))
                .orderBy(SENDER_EVENTS.ID.desc())
                .limit(limit)
                .fetch(SenderEventStore::event);
    }

    /// Deletes old events of all tenants.
    @AllTenants("a job deletes old rows of all tenants")
    public int deleteBefore(Instant time, int limit) {
        return deleteSome(SENDER_EVENTS.ID, SENDER_EVENTS.CREATED_AT.lt(time), limit, SENDER_EVENTS.CREATED_AT);
    }

    private static SenderEvent event(Record row) {
        return new SenderEvent(
                row.get(SENDER_EVENTS.ID),
                row.get(SENDER_EVENTS.MASTER_ID),
                row.get(SENDER_EVENTS.SENDER_ID),
                Keyed.of(SenderEvent.Tone.class, row.get(SENDER_EVENTS.TONE)),
                row.get(SENDER_EVENTS.TITLE),
                row.get(SENDER_EVENTS.DETAILS),
                row.get(SENDER_EVENTS.CREATED_AT));
    }
}
