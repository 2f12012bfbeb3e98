package dev.banyan.analytics;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.NotificationRecipients;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Sends a mail about the previous week, once it is over in the account's time zone, to the people who get the
/// account's notifications. The last reported week is stored in the account's row in the same transaction as the
/// mail, so that a restart never sends it twice.
@Singleton
public record WeeklyReports(
        Database database,
        NotificationRecipients notices,
        Settings settings,
        Audit audit,
        AccountDays days,
        Clock clock)
        implements Recurring {

    private static final int AT_ONCE = 100;
    private static final int TIMES = 20;
    private static final int DAYS_OF_WEEK = 7;

    /// Called by a job. The work is limited; the rest is left for the next run.
    public void send() {
        int week = ReportStore.weekOf(today(ZoneOffset.UTC));
        for (int time = 0; time < TIMES; time++) {
            List<Owner> some = database.read(tx -> new ReportStore(tx).unreported(week, AT_ONCE));
            for (Owner owner : some) {
                if (ReportStore.weekOf(today(days.zone(owner.tenant()))) < week) {
                    continue; // west of here it is still Sunday: the next run is in a few minutes
                }
                database.write(tx -> {
                    new ReportStore(tx).claimReport(owner, week).ifPresent(key -> send(tx, owner, week, key));
                    return owner;
                });
            }
            if (some.size() < AT_ONCE) {
                return;
            }
        }
    }

    private int today(ZoneId zone) {
        return Counts.dayOf(clock.millis(), zone);
    }

    @Override
    public Job job() {
        return Job.scheduled("5m", "3m", "send-weekly-reports", "Emails owners their weekly report.", this::send);
    }

    private void send(Tx tx, Owner owner, int week, String key) {
        LocalDate monday = LocalDate.ofEpochDay((long) week * DAYS_OF_WEEK - 3 - DAYS_OF_WEEK);
        var last = new Period(monday, monday.plusDays(DAYS_OF_WEEK - 1L));
        VisitCounts now = sum(tx, owner, last);
        if (now.isNothing()) {
            return;
        }
        VisitCounts before = sum(tx, owner, last.before());
        ZoneId zone = AccountDays.zone(tx, owner.tenant());
        notices.send(
                tx,
                owner,
                account -> new NotificationRecipients.Text(
                        account.displayName() + ": your weekly report",
                        body(account, last, zone, now, before, settings.baseUrl(), key)));
    }

    private static VisitCounts sum(Tx tx, Owner owner, Period week) {
        var store = new VisitStore(tx);
        VisitCounts pages = store.days(owner, Subject.PAGES, week.from(), week.until()).stream()
                .map(VisitStore.Day::tally)
                .reduce(VisitCounts.NOTHING, VisitCounts::plus);
        long redirects = store.days(owner, Subject.SHORT_LINKS, week.from(), week.until()).stream()
                .mapToLong(day -> day.tally().redirects())
                .sum();
        return pages.plus(new VisitCounts(0, 0, 0, redirects, 0, 0));
    }

    private static String body(
            Account about, Period week, ZoneId zone, VisitCounts now, VisitCounts before, String baseUrl, String key) {
        return """
                Here's how %s did from %s to %s (%s):

                Page views:           %s
                Unique visitors:      %s
                Link clicks:          %s
                Short link redirects: %s

                Bots aren't counted. See each day: %s/admin/analytics?as=%s

                Turn off this report: %s/admin/analytics/reports/%s
                """.formatted(
                        about.displayName(),
                        Words.day(week.from().atStartOfDay(zone).toInstant(), zone),
                        Words.day(week.until().atStartOfDay(zone).toInstant(), zone),
                        Words.nameOf(zone),
                        line(now.views(), before.views()),
                        line(now.visitors(), before.visitors()),
                        line(now.clicks(), before.clicks()),
                        line(now.redirects(), before.redirects()),
                        baseUrl,
                        URLEncoder.encode(about.username(), StandardCharsets.UTF_8),
                        baseUrl,
                        key);
    }

    private static String line(long now, long before) {
        return Words.grouped(now) + " (" + Figure.change(now, before).text() + ")";
    }

    void set(AccountContext context, boolean isOn) {
        database.write(tx -> {
            new VisitStore(tx).setReported(context.owner(), isOn, today(ZoneOffset.UTC));
            note(tx, context, isOn);
            return isOn;
        });
    }

    private void note(Tx tx, AccountContext context, boolean isOn) {
        audit.note(
                tx,
                context.actor(),
                context.owner(),
                "WeeklyReportChanged",
                context.acting().id().toString(),
                Map.of("on", Boolean.toString(isOn)));
    }

    /// @param key of the link in a mail; an unknown one changes nothing, without revealing that
    public void switchOff(String key) {
        database.write(tx -> {
            Optional<Owner> owner = new ReportStore(tx).ownerOf(key);
            owner.ifPresent(found -> new VisitStore(tx).setReported(found, false, today(ZoneOffset.UTC)));
            return owner;
        });
    }
}
