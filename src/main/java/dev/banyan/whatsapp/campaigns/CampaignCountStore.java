package dev.banyan.whatsapp.campaigns;

import static dev.banyan.schema.Tables.CAMPAIGN_COUNTS;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// The counters of campaigns. Whoever changes the state of a recipient changes them in the same transaction.
final class CampaignCountStore {

    private final DSLContext sql;

    CampaignCountStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// @param changes by how much each counter changes
    void add(AccountId tenant, UUID campaign, Map<RecipientState, Long> changes) {
        changes.forEach((state, change) -> {
            if (change != 0) {
                sql.insertInto(CAMPAIGN_COUNTS)
                        .set(CAMPAIGN_COUNTS.CAMPAIGN_ID, campaign.toString())
                        .set(CAMPAIGN_COUNTS.TENANT_ID, tenant)
                        .set(CAMPAIGN_COUNTS.STATE, state.key())
                        .set(CAMPAIGN_COUNTS.RECIPIENTS, change)
                        .onConflict(CAMPAIGN_COUNTS.CAMPAIGN_ID, CAMPAIGN_COUNTS.STATE)
                        .doUpdate()
                        .set(
                                CAMPAIGN_COUNTS.RECIPIENTS,
                                CAMPAIGN_COUNTS.RECIPIENTS.plus(DSL.excluded(CAMPAIGN_COUNTS.RECIPIENTS)))
                        .execute();
            }
        });
    }

    Counts of(AccountId tenant, UUID campaign) {
        return ofAll(tenant, List.of(campaign)).getOrDefault(campaign, Counts.NONE);
    }

    Map<UUID, Counts> ofAll(AccountId tenant, Collection<UUID> campaigns) {
        var found = new HashMap<UUID, Map<RecipientState, Long>>();
        sql.select(CAMPAIGN_COUNTS.CAMPAIGN_ID, CAMPAIGN_COUNTS.STATE, CAMPAIGN_COUNTS.RECIPIENTS)
                .from(CAMPAIGN_COUNTS)
                .where(
                        CAMPAIGN_COUNTS.TENANT_ID.eq(tenant),
                        CAMPAIGN_COUNTS.CAMPAIGN_ID.in(
                                campaigns.stream().map(UUID::toString).toList()))
                .forEach(row -> found.computeIfAbsent(
                                UUID.fromString(row.value1()), _ -> new EnumMap<>(RecipientState.class))
                        .put(RecipientState.of(row.value2()), row.value3()));
        var counts = new HashMap<UUID, Counts>();
        found.forEach((id, states) -> counts.put(id, new Counts(states)));
        return counts;
    }
}
