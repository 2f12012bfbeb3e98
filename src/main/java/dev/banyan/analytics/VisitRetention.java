package dev.banyan.analytics;

import module java.base;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import jakarta.inject.Singleton;

/// Deletes old days according to the account's tier (LinkToMe contract 3.1); totals are kept forever. Each account is
/// checked once a day.
@Singleton
public record VisitRetention(Database database, Quotas quotas, AccountDays days, Clock clock) implements Recurring {

    private static final int ACCOUNTS_AT_ONCE = 100;
    private static final int TIMES = 20;
    private static final int ROWS_AT_ONCE = 1_000;

    /// Called by a job. Works in small transactions for a limited time; the rest is left for the next run.
    public void forgetOld() {
        int today = Counts.dayOf(clock.millis(), ZoneOffset.UTC);
        // Yesterday's salt may still be needed for events just before midnight.
        database.write(tx -> new SaltStore(tx).forgetBefore(today - 1));
        for (int time = 0; time < TIMES; time++) {
            List<Owner> some = database.read(tx -> new VisitStore(tx).unswept(today, ACCOUNTS_AT_ONCE));
            for (Owner owner : some) {
                sweep(owner, today);
            }
            if (some.size() < ACCOUNTS_AT_ONCE) {
                return;
            }
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("1m", "40s", "forget-visits", "Deletes visits past their retention.", this::forgetOld);
    }

    private void sweep(Owner owner, int utcToday) {
        int today = Counts.dayOf(clock.millis(), days.zone(owner.tenant()));
        boolean more = true;
        for (int time = 0; more && time < TIMES; time++) {
            more = database.write(tx -> {
                Limit kept = quotas.effectiveTier(tx, owner).analyticsDays;
                var store = new VisitStore(tx);
                if (!kept.isUnlimited()
                        && store.deleteBefore(owner, Math.toIntExact(today - kept.number()), ROWS_AT_ONCE)
                                == ROWS_AT_ONCE) {
                    return true;
                }
                if (!kept.isUnlimited() && owner.account().equals(owner.tenant())) {
                    new TenantVisitStore(tx).deleteBefore(owner.tenant(), Math.toIntExact(today - kept.number()));
                }
                store.forgetSketches(owner, today - 1); // it may still be yesterday for a page with its own time zone
                store.swept(owner, utcToday);
                return false;
            });
        }
    }
}
