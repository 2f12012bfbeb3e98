package dev.banyan.whatsapp.changes;

import static dev.banyan.schema.Tables.SET_ASIDE_EVENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;

public final class RejectedEventStore extends Store {

    public RejectedEventStore(Tx tx) {
        super(tx);
    }

    /// @param event the event as text, with all its fields
    public void insert(
            AccountId tenant, UUID id, SenderId sender, String kind, String event, String error, Instant now) {
        sql.insertInto(SET_ASIDE_EVENTS)
                .set(SET_ASIDE_EVENTS.ID, id)
                .set(SET_ASIDE_EVENTS.TENANT_ID, tenant)
                .set(SET_ASIDE_EVENTS.SENDER_ID, sender)
                .set(SET_ASIDE_EVENTS.KIND, kind)
                .set(SET_ASIDE_EVENTS.EVENT, event)
                .set(SET_ASIDE_EVENTS.ERROR, error)
                .set(SET_ASIDE_EVENTS.CREATED_AT, now)
                .execute();
    }

    /// Deletes old reports of all tenants.
    @AllTenants("a job deletes old rows of all tenants")
    public int deleteBefore(Instant time, int limit) {
        return deleteSome(
                SET_ASIDE_EVENTS.ID, SET_ASIDE_EVENTS.CREATED_AT.lt(time), limit, SET_ASIDE_EVENTS.CREATED_AT);
    }
}
