package dev.banyan.whatsapp.campaigns;

import static dev.banyan.schema.Tables.CAMPAIGN_RECIPIENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// What counts against campaigns: the kinds of refusals that are no matter of a single recipient, each kept with its
/// recipient, so that any server counts the same.
final class RefusalStore extends Store {

    RefusalStore(Tx tx) {
        super(tx);
    }

    /// @param kinds by the positions of the recipients
    void count(AccountId tenant, UUID campaign, Map<Long, String> kinds) {
        if (kinds.isEmpty()) {
            return;
        }
        BatchBindStep all = sql.batch(sql.update(CAMPAIGN_RECIPIENTS)
                .set(CAMPAIGN_RECIPIENTS.REFUSAL, later(CAMPAIGN_RECIPIENTS.REFUSAL))
                .where(
                        CAMPAIGN_RECIPIENTS.TENANT_ID.concat(DSL.inline("")).eq(DSL.val((String) null, String.class)),
                        CAMPAIGN_RECIPIENTS.CAMPAIGN_ID.eq(later(CAMPAIGN_RECIPIENTS.CAMPAIGN_ID)),
                        CAMPAIGN_RECIPIENTS.POSITION.eq(later(CAMPAIGN_RECIPIENTS.POSITION))));
        for (var one : kinds.entrySet()) {
            all = all.bind(one.getValue(), tenant.toString(), campaign, one.getKey());
        }
        all.execute();
    }

    /// Returns a kind that was counted at least this often.
    Optional<String> often(AccountId tenant, UUID campaign, int times) {
        return sql.select(CAMPAIGN_RECIPIENTS.REFUSAL)
                .from(CAMPAIGN_RECIPIENTS)
                .where(counted(tenant, campaign))
                .groupBy(CAMPAIGN_RECIPIENTS.REFUSAL)
                .having(DSL.count().ge(times))
                .orderBy(DSL.count().desc())
                .limit(1)
                .fetchOptional(CAMPAIGN_RECIPIENTS.REFUSAL);
    }

    /// Begins to count again.
    void forget(AccountId tenant, UUID campaign) {
        sql.update(CAMPAIGN_RECIPIENTS)
                .setNull(CAMPAIGN_RECIPIENTS.REFUSAL)
                .where(counted(tenant, campaign))
                .execute();
    }

    /// As in [RecipientStore], the campaign leads along its index.
    private static Condition counted(AccountId tenant, UUID campaign) {
        return CAMPAIGN_RECIPIENTS
                .CAMPAIGN_ID
                .eq(campaign)
                .and(CAMPAIGN_RECIPIENTS.TENANT_ID.concat("").eq(tenant.toString()))
                .and(CAMPAIGN_RECIPIENTS.REFUSAL.isNotNull());
    }
}
