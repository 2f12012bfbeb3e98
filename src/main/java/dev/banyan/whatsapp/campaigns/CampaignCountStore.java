package dev.banyan.whatsapp.campaigns;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.impl.DSL;

/// The counters of campaigns. Whoever changes the state of a recipient changes them in the same transaction.
final class CampaignCountStore extends Store {

    CampaignCountStore(Tx tx) {
        super(tx);
    }

    /// @param changes by how much each counter changes
    void add(AccountId tenant, UUID campaign, Map<RecipientState, Long> changes) {
        changes.forEach((state, change) -> {
            if (change != 0) {
                sql.insertInto(CAMPAIGN_COUNTS)
                        .set(CAMPAIGN_COUNTS.CAMPAIGN_ID, campaign)
                        .set(CAMPAIGN_COUNTS.TENANT_ID, tenant)
                        .set(CAMPAIGN_COUNTS.STATE, state.key())
                        .set(CAMPAIGN_COUNTS.RECIPIENTS, change)
                        .onConflict(CAMPAIGN_COUNTS.CAMPAIGN_ID, CAMPAIGN_COUNTS.STATE)
                        .doUpdate()
                        .set(Columns.adding(CAMPAIGN_COUNTS.RECIPIENTS))
                        .execute();
            }
        });
    }

    RecipientCounts of(AccountId tenant, UUID campaign) {
        return ofAll(tenant, List.of(campaign)).getOrDefault(campaign, RecipientCounts.NONE);
    }

    Map<UUID, RecipientCounts> ofAll(AccountId tenant, Collection<UUID> campaigns) {
        var found = new HashMap<UUID, Map<RecipientState, Long>>();
        sql.select(CAMPAIGN_COUNTS.CAMPAIGN_ID, CAMPAIGN_COUNTS.STATE, CAMPAIGN_COUNTS.RECIPIENTS)
                .from(CAMPAIGN_COUNTS)
                .where(CAMPAIGN_COUNTS.TENANT_ID.eq(tenant), CAMPAIGN_COUNTS.CAMPAIGN_ID.in(campaigns))
                .forEach(row -> found.computeIfAbsent(row.value1(), _ -> new EnumMap<>(RecipientState.class))
                        .put(Keyed.of(RecipientState.class, row.value2()), row.value3()));
        var counts = new HashMap<UUID, RecipientCounts>();
        found.forEach((id, states) -> counts.put(id, new RecipientCounts(states)));
        return counts;
    }

    /// Returns how many messages of a campaign WhatsApp charges as what, as far as it has said so.
    List<Campaigns.Charge> charges(AccountId tenant, UUID campaign) {
        return sql.select(OUTGOING_MESSAGES.PRICE_CATEGORY, OUTGOING_MESSAGES.IS_BILLABLE, DSL.count())
                .from(CAMPAIGN_RECIPIENTS)
                .join(OUTGOING_MESSAGES)
                .on(OUTGOING_MESSAGES.ID.eq(CAMPAIGN_RECIPIENTS.MESSAGE_ID))
                .where(
                        CAMPAIGN_RECIPIENTS.TENANT_ID.eq(tenant),
                        CAMPAIGN_RECIPIENTS.CAMPAIGN_ID.eq(campaign),
                        OUTGOING_MESSAGES.PRICE_CATEGORY.isNotNull())
                .groupBy(OUTGOING_MESSAGES.PRICE_CATEGORY, OUTGOING_MESSAGES.IS_BILLABLE)
                .orderBy(OUTGOING_MESSAGES.PRICE_CATEGORY, OUTGOING_MESSAGES.IS_BILLABLE)
                .fetch(row -> new Campaigns.Charge(row.value1(), row.value2(), row.value3()));
    }
}
