package dev.banyan.whatsapp.campaigns;

import static dev.banyan.schema.Tables.CAMPAIGN_FIRST_CONTACTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;

/// How many contacts who never wrote campaigns have given to each number per day.
final class FirstContactStore extends Store {

    FirstContactStore(Tx tx) {
        super(tx);
    }

    Map<SenderId, Integer> on(AccountId tenant, LocalDate day, Collection<SenderId> senders) {
        return sql.select(CAMPAIGN_FIRST_CONTACTS.SENDER_ID, CAMPAIGN_FIRST_CONTACTS.CONTACTS)
                .from(CAMPAIGN_FIRST_CONTACTS)
                .where(
                        CAMPAIGN_FIRST_CONTACTS.TENANT_ID.eq(tenant),
                        CAMPAIGN_FIRST_CONTACTS.SENDER_ID.in(senders),
                        CAMPAIGN_FIRST_CONTACTS.DAY.eq(day.toString()))
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    void add(AccountId tenant, LocalDate day, SenderId sender, int contacts) {
        sql.insertInto(CAMPAIGN_FIRST_CONTACTS)
                .set(CAMPAIGN_FIRST_CONTACTS.TENANT_ID, tenant)
                .set(CAMPAIGN_FIRST_CONTACTS.SENDER_ID, sender)
                .set(CAMPAIGN_FIRST_CONTACTS.DAY, day.toString())
                .set(CAMPAIGN_FIRST_CONTACTS.CONTACTS, contacts)
                .onConflict(
                        CAMPAIGN_FIRST_CONTACTS.TENANT_ID,
                        CAMPAIGN_FIRST_CONTACTS.SENDER_ID,
                        CAMPAIGN_FIRST_CONTACTS.DAY)
                .doUpdate()
                .set(Columns.adding(CAMPAIGN_FIRST_CONTACTS.CONTACTS))
                .execute();
    }

    @AllTenants("a job deletes old counters of all tenants")
    int deleteBefore(LocalDate day) {
        return sql.deleteFrom(CAMPAIGN_FIRST_CONTACTS)
                .where(CAMPAIGN_FIRST_CONTACTS.DAY.lt(day.toString()))
                .execute();
    }
}
