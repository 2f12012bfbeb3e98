package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.LongTask;
import jakarta.inject.Singleton;

/// Running campaigns, for the top bar of pages.
@Singleton
record CampaignTasks() implements LongTaskSource {

    private static final String ID = "campaign-";
    private static final int MOST = 20;

    private record Asked(AccountId tenant, Set<String> asked) {}

    @Override
    public List<LongTask> ofRoot(Tx tx, AccountContext root, Set<String> asked) {
        return root.membership().workspaces()
                ? tx.once(new Asked(root.root().id(), asked), all -> tasks(tx, all))
                : List.of();
    }

    private static List<LongTask> tasks(Tx tx, Asked asked) {
        List<Campaign> campaigns =
                new CampaignStore(tx).running(asked.tenant(), LongTask.rows(asked.asked(), ID), MOST);
        if (campaigns.isEmpty()) {
            return List.of();
        }
        Map<UUID, RecipientCounts> counts = new CampaignCountStore(tx)
                .ofAll(asked.tenant(), campaigns.stream().map(Campaign::id).toList());
        return campaigns.stream()
                .map(campaign -> task(campaign, counts.getOrDefault(campaign.id(), RecipientCounts.NONE)))
                .toList();
    }

    /// One that is paused is over for the top bar, and comes back when it goes on.
    private static LongTask task(Campaign campaign, RecipientCounts counts) {
        LongTask.State state = switch (campaign.state()) {
            case RUNNING -> LongTask.State.RUNNING;
            case DRAFT, SCHEDULED, PAUSED, CANCELED -> LongTask.State.STOPPED;
            case DONE -> LongTask.State.DONE;
        };
        return LongTask.counted(
                ID + campaign.id(),
                "Campaign " + campaign.name(),
                state,
                counts.handled(),
                counts.recipients(),
                "/admin/pools/campaigns/" + campaign.id());
    }
}
