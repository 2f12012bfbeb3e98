package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.campaigns.CampaignStore.Key;
import dev.banyan.whatsapp.campaigns.CampaignStore.Measured;
import dev.banyan.whatsapp.messages.Outgoing;
import jakarta.inject.Singleton;

/// Feeds the outbox with the messages of running campaigns, a bounded number at a time, and starts scheduled ones.
/// Everything that it knows is in the database, so any server can go on where another one stopped.
@Singleton
public record CampaignRunner(Database database, Outgoing outgoing, CampaignResults results, Clock clock)
        implements Recurring, Expiring {

    private static final int CAMPAIGNS = 1_000;
    private static final int STEPS = 100;
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final String SWITCHED_OFF = "The account is switched off. The campaign goes on when it is back.";
    private static final Duration MEASURED_EVERY = Duration.ofMinutes(1);
    private static final int COUNTERS_KEPT_DAYS = 7;

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "run-campaigns", "Sends campaigns step by step.", this::run);
    }

    /// Called by a job.
    public void run() {
        results.catchUp();
        List<Key> due = database.read(tx -> new CampaignStore(tx).due(clock.instant(), CAMPAIGNS));
        for (Key key : due) {
            results.waiting(key.tenant(), key.id());
            boolean more = true;
            for (int step = 0; more && step < STEPS; step++) {
                more = database.write(tx -> step(tx, key));
            }
        }
    }

    private boolean step(Tx tx, Key key) {
        var store = new CampaignStore(tx);
        Optional<Campaign> found = store.lock(key.tenant(), key.id());
        if (found.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        Campaign campaign = found.get();
        boolean isGoing = campaign.state() == CampaignState.SCHEDULED || campaign.state() == CampaignState.RUNNING;
        if (isGoing && AccountLocks.isOff(tx, key.tenant())) {
            store.lookAgain(key.tenant(), key.id(), now.plus(LATER), Optional.of(SWITCHED_OFF));
            return false;
        }
        return switch (campaign.state()) {
            case SCHEDULED -> {
                Instant start = campaign.startAt().orElse(now);
                if (start.isAfter(now)) {
                    store.lookAgain(key.tenant(), key.id(), start, Optional.empty());
                    yield false;
                }
                store.become(key.tenant(), key.id(), CampaignState.RUNNING, Optional.empty(), now);
                yield true;
            }
            case RUNNING -> {
                measure(tx, campaign, now);
                yield new CampaignSteps(outgoing, now).step(tx, campaign);
            }
            case DRAFT, PAUSED, DONE, CANCELED -> false;
        };
    }

    /// Measures how many messages leave in a minute.
    private static void measure(Tx tx, Campaign campaign, Instant now) {
        var store = new CampaignStore(tx);
        Measured last = store.measured(campaign.tenant(), campaign.id());
        if (last.at().filter(time -> time.plus(MEASURED_EVERY).isAfter(now)).isPresent()) {
            return;
        }
        long handled =
                new CampaignCountStore(tx).of(campaign.tenant(), campaign.id()).handled();
        Optional<Integer> perMinute = last.at()
                .map(time -> Math.max(1, Duration.between(time, now).toSeconds()))
                .map(seconds -> (int) Math.min(Integer.MAX_VALUE, (handled - last.handled()) * 60 / seconds))
                .map(rate -> Math.max(0, rate));
        store.measure(campaign.tenant(), campaign.id(), handled, perMinute, now);
    }

    @Override
    public int forgetExpired() {
        LocalDate day = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().minusDays(COUNTERS_KEPT_DAYS);
        return database.write(tx -> new FirstContactStore(tx).deleteBefore(day));
    }
}
