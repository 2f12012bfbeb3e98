package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.QueueFilter;
import jakarta.inject.Singleton;

/// Starts, pauses, resumes and cancels campaigns.
@Singleton
public record CampaignActs(Database database, Outgoing outgoing, Audit audit, Clock clock) {

    static final String CANCELED = "The campaign was canceled.";
    static final String POOL_GONE = "The pool was removed. Choose another one in a new campaign.";
    static final String POOL_DRAINED = "The pool accepts no new messages. Resume the pool, then the campaign.";

    static final String POOL_OF_CODES = "The pool is for codes. Choose another one in a new campaign.";

    private static final int AT_ONCE = 500;

    /// Starts a draft, now or at its time.
    public Outcome<Campaign> start(AccountId tenant, Actor actor, UUID id) {
        return change(tenant, id, (tx, campaign) -> {
            if (campaign.state() != CampaignState.DRAFT) {
                return Outcome.conflict("The campaign was started already");
            }
            if (new CampaignCountStore(tx).of(tenant, id).of(RecipientState.PENDING) == 0) {
                return Outcome.rejected(
                        new Invalid("recipients", "Add at least one recipient before you start the campaign"));
            }
            return trouble(tx, campaign)
                    .orElseGet(() -> done(tx, actor, campaign, begun(campaign), Optional.empty(), "CampaignStarted"));
        });
    }

    /// Lets a campaign order nothing more. What is in the outbox is still sent.
    public Outcome<Campaign> pause(AccountId tenant, Actor actor, UUID id) {
        return change(tenant, id, (tx, campaign) -> switch (campaign.state()) {
            case SCHEDULED, RUNNING ->
                done(tx, actor, campaign, CampaignState.PAUSED, Optional.empty(), "CampaignPaused");
            case DRAFT, PAUSED, DONE, CANCELED ->
                Outcome.conflict("Only scheduled and running campaigns can be paused");
        });
    }

    public Outcome<Campaign> resume(AccountId tenant, Actor actor, UUID id) {
        return change(tenant, id, (tx, campaign) -> {
            if (campaign.state() != CampaignState.PAUSED) {
                return Outcome.conflict("Only paused campaigns can be resumed");
            }
            return trouble(tx, campaign).orElseGet(() -> {
                new RefusalStore(tx).forget(tenant, id);
                return done(tx, actor, campaign, begun(campaign), Optional.empty(), "CampaignResumed");
            });
        });
    }

    /// Ends a campaign. What has not been handed over is not sent.
    public Outcome<Campaign> cancel(AccountId tenant, Actor actor, UUID id) {
        Outcome<Campaign> changed = change(tenant, id, (tx, campaign) -> switch (campaign.state()) {
            case SCHEDULED, RUNNING, PAUSED ->
                done(tx, actor, campaign, CampaignState.CANCELED, Optional.of(CANCELED), "CampaignCanceled");
            case DRAFT -> Outcome.conflict("The campaign was never started. Delete it instead");
            case DONE, CANCELED -> Outcome.conflict("The campaign is over");
        });
        if (changed instanceof Outcome.Done) {
            withdraw(tenant, id);
        }
        return changed;
    }

    private void withdraw(AccountId tenant, UUID id) {
        int canceled = AT_ONCE;
        while (canceled == AT_ONCE) {
            canceled = database.write(tx -> outgoing.cancel(tx, tenant, QueueFilter.ofBatch(id), CANCELED, AT_ONCE));
        }
        int left = AT_ONCE;
        while (left == AT_ONCE) {
            left = database.write(tx -> cancelSome(tx, tenant, id));
        }
    }

    private int cancelSome(Tx tx, AccountId tenant, UUID id) {
        var store = new RecipientStore(tx);
        new CampaignStore(tx).lock(tenant, id);
        Instant now = clock.instant();
        var left = new ArrayList<>(store.pending(tenant, id, true, AT_ONCE));
        left.addAll(store.retries(tenant, id, now.plus(CampaignRefusals.RETRY_AFTER), AT_ONCE - left.size()));
        List<Recipient> some = left.stream()
                .map(one -> one.became(RecipientState.CANCELED, Optional.of(CANCELED), now))
                .toList();
        store.update(tenant, id, some);
        long count = some.size();
        new CampaignCountStore(tx)
                .add(tenant, id, Map.of(RecipientState.PENDING, -count, RecipientState.CANCELED, count));
        return some.size();
    }

    private CampaignState begun(Campaign campaign) {
        boolean isLater = campaign.startedAt().isEmpty()
                && campaign.startAt()
                        .filter(time -> time.isAfter(clock.instant()))
                        .isPresent();
        return isLater ? CampaignState.SCHEDULED : CampaignState.RUNNING;
    }

    /// Returns why the pool can't send a campaign now.
    private static Optional<Outcome<Campaign>> trouble(Tx tx, Campaign campaign) {
        return poolTrouble(tx, campaign).map(Outcome::conflict);
    }

    /// Returns why the pool can't send a campaign now, as full sentences.
    static Optional<String> poolTrouble(Tx tx, Campaign campaign) {
        Optional<CampaignNumbers> numbers = CampaignNumbers.of(tx, campaign.tenant(), campaign.pool());
        if (numbers.isEmpty()) {
            return Optional.of(POOL_GONE);
        }
        PoolSettings own = new PoolSettingsStore(tx).find(campaign.tenant(), campaign.pool());
        if (own.poolClass() == PoolSettings.PoolClass.CODES) {
            return Optional.of(POOL_OF_CODES);
        }
        return numbers.get().isDrained() ? Optional.of(POOL_DRAINED) : Optional.empty();
    }

    private interface Change {
        Outcome<Campaign> make(Tx tx, Campaign campaign);
    }

    private Outcome<Campaign> change(AccountId tenant, UUID id, Change change) {
        return database.write(tx -> new CampaignStore(tx)
                .lock(tenant, id)
                .map(campaign -> change.make(tx, campaign))
                .orElseGet(Outcome::notFound));
    }

    private Outcome<Campaign> done(
            Tx tx, Actor actor, Campaign campaign, CampaignState next, Optional<String> note, String action) {
        var store = new CampaignStore(tx);
        store.become(campaign.tenant(), campaign.id(), next, note, clock.instant());
        Campaigns.note(audit, tx, actor, campaign, action);
        return Outcome.done(store.find(campaign.tenant(), campaign.id()).orElseThrow());
    }
}
