package dev.banyan.whatsapp.history;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.changes.RejectedEventStore;
import jakarta.inject.Singleton;

/// Deletes old history: events of senders, and reports that could not be stored, after a month; counters after thirteen
/// months, so that a month can be compared with the same month of the previous year.
@Singleton
record SenderRetention(Database database, Clock clock) implements Recurring, Expiring {

    static final Duration EVENTS_KEPT = Duration.ofDays(30);
    static final Duration HOURS_KEPT = Duration.ofDays(396);

    private static final Duration REACHED_KEPT = PortfolioPlaces.DAY.plus(PortfolioStore.STEP);

    private static final int AT_ONCE = 1_000;
    private static final int TIMES = 50;

    /// Called by a job. Works in small transactions for a limited time; the rest is left for the next run.
    public void forgetOld() {
        Instant now = clock.instant();
        boolean more = true;
        for (int time = 0; more && time < TIMES; time++) {
            more = database.write(tx -> new SenderEventStore(tx).deleteBefore(now.minus(EVENTS_KEPT), AT_ONCE))
                    == AT_ONCE;
        }
        more = true;
        for (int time = 0; more && time < TIMES; time++) {
            more = database.write(tx -> new RejectedEventStore(tx).deleteBefore(now.minus(EVENTS_KEPT), AT_ONCE))
                    == AT_ONCE;
        }
        more = true;
        for (int time = 0; more && time < TIMES; time++) {
            more = database.write(tx -> new SenderHoursStore(tx).deleteOldestHour(now.minus(HOURS_KEPT))) > 0;
        }
    }

    /// Forgets whom portfolios have reached: after a day, they count again.
    @Override
    public int forgetExpired() {
        return database.write(
                tx -> new PortfolioStore(tx).deleteBefore(clock.instant().minus(REACHED_KEPT)));
    }

    @Override
    public Job job() {
        return Job.scheduled("10m", "2m", "forget-sender-events", "Deletes old events of senders.", this::forgetOld);
    }
}
