package dev.banyan.analytics;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.BrandTrends;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.analytics.VisitCounts.Compared;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.DaysChart;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// The visits that a dashboard shows: of a root account with all its brands, or of one brand. Read from totals per day,
/// so the cost doesn't depend on the number of brands, except for the list of the most viewed.
@Singleton
public final class VisitOverviews implements BrandTrends {

    /// The periods to choose from, in days.
    public static final List<Long> PERIODS = List.of(7L, 30L, 90L);

    /// With more brands than this, the most viewed are looked up at most once a minute.
    private static final long MANY_BRANDS = 2_000;
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int LISTS_KEPT = 1_000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);

    /// What a dashboard shows.
    ///
    /// @param days the length of the period
    /// @param periods the lengths that the plan allows
    /// @param period its days in words, such as "21 Oct to 19 Nov"
    /// @param chart views per day; empty if the plan has no daily numbers
    /// @param brands the most viewed
    /// @param visited whether there was any visit in the period or the one before
    public record Overview(
            long days,
            List<Long> periods,
            String period,
            List<Figure> figures,
            Optional<Chart> chart,
            List<BrandViews> brands,
            boolean visited) {}

    /// The views of a brand's pages.
    ///
    /// @param share the part of all views, in whole percent
    public record BrandViews(AccountId account, long views, long share, Chart.Line spark) {}

    private record ListKey(AccountId tenant, Period period, int most) {}

    private final Database database;
    private final Analytics analytics;
    private final AccountDays accountDays;
    private final Cache<ListKey, Map<AccountId, Long>> mostViewed =
            Caffeine.newBuilder().maximumSize(LISTS_KEPT).expireAfterWrite(KEPT).build();

    VisitOverviews(Database database, Analytics analytics, AccountDays accountDays) {
        this.database = database;
        this.analytics = analytics;
        this.accountDays = accountDays;
    }

    /// @param asked the length of the period as typed; the usual one if it is not offered
    /// @param most how many of the most viewed brands are listed
    public Overview of(AccountContext context, Optional<String> asked, long brands, int most) {
        Tier tier = analytics.tier(context.owner());
        return database.readRecent(tx -> {
            ZoneId zone = AccountDays.zone(tx, context.root().id());
            LocalDate today = accountDays.today(tx, context.root().id());
            Period period = Period.asked(
                    asked.filter(days -> PERIODS.stream().map(String::valueOf).anyMatch(days::equals)),
                    Optional.empty(),
                    Optional.empty(),
                    tier,
                    today);
            boolean compared = period.isBeforeKept(tier, today);
            Map<LocalDate, VisitCounts> known =
                    known(tx, context, compared ? period.before().from() : period.from(), period.until());
            List<VisitCounts> now = days(known, period);
            List<VisitCounts> before = compared ? days(known, period.before()) : List.of();
            VisitCounts total = sum(now);
            return new Overview(
                    period.days(),
                    PERIODS.stream().filter(days -> days <= Period.reach(tier)).toList(),
                    DAY.format(period.from()) + " to " + DAY.format(period.until()),
                    figures(
                            now,
                            period.fullDays(today)
                                    .filter(_ -> compared)
                                    .map(full -> new Compared(sum(days(known, full)), sum(days(known, full.before())))),
                            period.until().equals(today)),
                    tier.has(Feature.ADVANCED_ANALYTICS)
                            ? Optional.of(chart(period, now, before, today, zone))
                            : Optional.empty(),
                    brands == 0 ? List.of() : brands(tx, context, period, today, brands, most, total.views()),
                    !total.isNothing() || !sum(before).isNothing());
        });
    }

    private static Map<LocalDate, VisitCounts> known(Tx tx, AccountContext context, LocalDate from, LocalDate until) {
        var known = new HashMap<LocalDate, VisitCounts>();
        if (context.isSubAccount()) {
            var store = new VisitStore(tx);
            store.days(context.owner(), Subject.PAGES, from, until).forEach(day -> known.put(day.date(), day.tally()));
            store.days(context.owner(), Subject.SHORT_LINKS, from, until)
                    .forEach(day -> known.merge(day.date(), day.tally().ofShortLinks(), VisitCounts::plus));
        } else {
            new TenantVisitStore(tx)
                    .days(context.root().id(), from, until)
                    .forEach(day -> known.put(day.date(), day.tally()));
        }
        return known;
    }

    private static List<VisitCounts> days(Map<LocalDate, VisitCounts> known, Period period) {
        return period.from()
                .datesUntil(period.until().plusDays(1))
                .map(day -> known.getOrDefault(day, VisitCounts.NOTHING))
                .toList();
    }

    private static VisitCounts sum(List<VisitCounts> days) {
        return days.stream().reduce(VisitCounts.NOTHING, VisitCounts::plus);
    }

    private static List<Figure> figures(List<VisitCounts> now, Optional<Compared> compared, boolean unfinished) {
        var figures = new ArrayList<Figure>();
        figures.add(figure("Page views", now, compared, unfinished, VisitCounts::views));
        figures.add(figure("Unique visitors", now, compared, unfinished, VisitCounts::visitors));
        figures.add(figure("Link clicks", now, compared, unfinished, VisitCounts::clicks));
        if (sum(now).redirects() > 0) {
            figures.add(figure("Short link clicks", now, compared, unfinished, VisitCounts::redirects));
        }
        return List.copyOf(figures);
    }

    private static Figure figure(
            String label,
            List<VisitCounts> now,
            Optional<Compared> compared,
            boolean unfinished,
            ToLongFunction<VisitCounts> what) {
        return Figure.of(
                label,
                sum(now),
                compared,
                what,
                Chart.spark(now.stream().map(what::applyAsLong).toList(), unfinished));
    }

    private static Chart chart(
            Period period, List<VisitCounts> now, List<VisitCounts> before, LocalDate today, ZoneId zone) {
        List<LocalDate> days =
                period.from().datesUntil(period.until().plusDays(1)).toList();
        var series = new ArrayList<Chart.Series>();
        series.add(new Chart.Series("These " + period.days() + " days", views(now)));
        if (!before.isEmpty()) {
            series.add(new Chart.Series(period.days() + " days before", views(before), Chart.Style.EARLIER));
        }
        return DaysChart.of("Views per day", days, series, today, zone);
    }

    private static List<Long> views(List<VisitCounts> days) {
        return days.stream().map(VisitCounts::views).toList();
    }

    @Override
    public Map<AccountId, BrandTrends.Trend> of(AccountContext context, List<AccountId> brands) {
        if (brands.isEmpty()) {
            return Map.of();
        }
        AccountId tenant = context.root().id();
        return database.readRecent(tx -> {
            LocalDate today = accountDays.today(tx, tenant);
            Period period = Period.last(Period.USUAL, today);
            return new TenantVisitStore(tx)
                    .views(tenant, brands, period.from(), today).entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, brand -> trend(period, today, brand.getValue())));
        });
    }

    private static BrandTrends.Trend trend(Period period, LocalDate today, Map<LocalDate, Long> days) {
        long views = days.values().stream().mapToLong(Long::longValue).sum();
        return new BrandTrends.Trend(Words.count(views, "view", "views"), spark(period, today, days));
    }

    private static Chart.Line spark(Period period, LocalDate today, Map<LocalDate, Long> days) {
        return Chart.spark(
                period.from()
                        .datesUntil(period.until().plusDays(1))
                        .map(day -> days.getOrDefault(day, 0L))
                        .toList(),
                period.until().equals(today));
    }

    private List<BrandViews> brands(
            Tx tx, AccountContext context, Period period, LocalDate today, long brands, int most, long allViews) {
        AccountId tenant = context.root().id();
        var store = new TenantVisitStore(tx);
        // One more, because the agency's own pages count too and are not listed.
        Map<AccountId, Long> viewed = brands > MANY_BRANDS
                ? mostViewed.get(
                        new ListKey(tenant, period, most),
                        _ -> store.mostViewed(tenant, period.from(), period.until(), most + 1))
                : store.mostViewed(tenant, period.from(), period.until(), most + 1);
        List<AccountId> shown = viewed.keySet().stream()
                .filter(account -> !account.equals(tenant) && viewed.getOrDefault(account, 0L) > 0)
                .limit(most)
                .toList();
        Map<AccountId, Map<LocalDate, Long>> byDay =
                shown.isEmpty() ? Map.of() : store.views(tenant, shown, period.from(), period.until());
        return shown.stream()
                .map(account -> {
                    long views = viewed.getOrDefault(account, 0L);
                    Map<LocalDate, Long> days = byDay.getOrDefault(account, Map.of());
                    return new BrandViews(
                            account,
                            views,
                            allViews == 0 ? 0 : Math.min(100, Math.round(100.0 * views / allViews)),
                            spark(period, today, days));
                })
                .toList();
    }

    /// Formats a share, such as "29% of all views".
    public static String shareText(long share) {
        return share == 0 ? "Less than 1% of all views" : Words.grouped(share) + "% of all views";
    }
}
