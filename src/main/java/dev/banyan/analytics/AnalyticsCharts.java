package dev.banyan.analytics;

import module java.base;
import dev.banyan.analytics.Analytics.Counted;
import dev.banyan.analytics.Analytics.Figures;
import dev.banyan.analytics.Analytics.Report;
import dev.banyan.analytics.AnalyticsPage.Bar;
import dev.banyan.analytics.AnalyticsPage.Bars;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.DaysChart;
import dev.banyan.platform.web.page.Words;

/// What the page with analytics draws from a report: figures, the charts of days and hours, and bars of the most
/// frequent.
final class AnalyticsCharts {

    private static final int ROWS = 10;

    private AnalyticsCharts() {}

    /// @param today the day that is not over yet
    static List<Figure> figures(Report report, boolean withShortLinks, LocalDate today) {
        VisitCounts now = report.visits().total();
        boolean unfinished = report.period().until().equals(today);
        var figures = new ArrayList<Figure>();
        figures.add(figure("Page views", report.visits(), VisitCounts::views, unfinished));
        figures.add(figure("Unique visitors", report.visits(), VisitCounts::visitors, unfinished));
        figures.add(figure("Link clicks", report.visits(), VisitCounts::clicks, unfinished));
        figures.add(
                withShortLinks && report.shortLinks().total().redirects() > 0
                        ? figure("Short link redirects", report.shortLinks(), VisitCounts::redirects, unfinished)
                        : Figure.rate(now, report.visits().compared()));
        return figures;
    }

    private static Figure figure(String label, Figures figures, ToLongFunction<VisitCounts> what, boolean unfinished) {
        return Figure.of(
                label, figures.total(), figures.compared(), what, Chart.spark(counts(figures, what), unfinished));
    }

    private static List<Long> counts(Figures figures, ToLongFunction<VisitCounts> what) {
        return figures.days().stream().map(day -> what.applyAsLong(day.tally())).toList();
    }

    static Chart days(Figures visits, Figures shortLinks, LocalDate today, ZoneId zone) {
        var series = new ArrayList<Chart.Series>();
        series.add(new Chart.Series("Page views", counts(visits, VisitCounts::views)));
        series.add(new Chart.Series("Link clicks", counts(visits, VisitCounts::clicks)));
        if (shortLinks.total().redirects() > 0) {
            series.add(new Chart.Series("Short link redirects", counts(shortLinks, VisitCounts::redirects)));
        }
        return DaysChart.of(
                "Visits per day",
                visits.days().stream().map(VisitStore.Day::date).toList(),
                series,
                today,
                zone);
    }

    /// Hours are counted in UTC; they are shown in the zone of the account as it is at the end of the period, in whole
    /// hours.
    static Chart hours(Figures visits, LocalDate until, ZoneId zone) {
        int seconds = zone.getRules().getOffset(until.atTime(LocalTime.NOON)).getTotalSeconds();
        int ahead = (int) Math.round(seconds / 3_600.0);
        String name = Words.nameOf(zone) + (seconds % 3_600 == 0 ? "" : ", rounded to full hours");
        var counts = new ArrayList<Long>();
        var hours = new ArrayList<Chart.Step>();
        int best = 0;
        for (int hour = 0; hour < 24; hour++) {
            counts.add(visits.parts().count(Dimension.HOUR, Integer.toString(Math.floorMod(hour - ahead, 24))));
            hours.add(new Chart.Step(hour + ":00", String.format(Locale.ROOT, "%02d:00", hour)));
            best = counts.get(hour) > counts.get(best) ? hour : best;
        }
        return Chart.of(
                        "Views by hour of the day",
                        "Most views are from " + best + ":00 to " + (best + 1) + ":00 (" + name + ").",
                        "Hour (" + name + ")",
                        hours,
                        List.of("0:00", "6:00", "12:00", "18:00", "23:00"),
                        List.of(new Chart.Series("Views", counts)),
                        Optional.empty())
                .oldestFirst();
    }

    /// @param countries whether the countries of visitors are known
    static List<Bars> bars(Report report, boolean countries) {
        var all = new ArrayList<Bars>();
        all.add(new Bars("links", "Top links", named(report.links(), "Deleted link"), "No clicks in this period."));
        if (report.shortLinks().total().redirects() > 0) {
            all.add(new Bars(
                    "short-links",
                    "Top short links",
                    named(report.topShortLinks(), "Deleted short link"),
                    "No clicks in this period."));
        }
        Breakdown parts = new Breakdown();
        parts.addAll(report.visits().parts());
        parts.addAll(report.shortLinks().parts());
        all.add(of(
                parts, Dimension.REFERRER, "referrers", "Referrers", "Direct, apps and QR codes", Function.identity()));
        addFilled(all, of(parts, Dimension.SOURCE, "sources", "Sources (utm_source)", "", Function.identity()));
        addFilled(all, of(parts, Dimension.MEDIUM, "mediums", "Mediums (utm_medium)", "", Function.identity()));
        addFilled(all, of(parts, Dimension.CAMPAIGN, "campaigns", "Campaigns (utm_campaign)", "", Function.identity()));
        all.add(of(parts, Dimension.DEVICE, "devices", "Devices", "Unknown", Function.identity()));
        all.add(of(parts, Dimension.BROWSER, "browsers", "Browsers", "Unknown", Function.identity()));
        all.add(of(parts, Dimension.SYSTEM, "systems", "Operating systems", "Unknown", Function.identity()));
        all.add(of(parts, Dimension.LANGUAGE, "languages", "Languages", "Unknown", AnalyticsCharts::language));
        if (countries) {
            all.add(of(parts, Dimension.COUNTRY, "countries", "Countries", "Unknown", AnalyticsCharts::country));
        }
        return all;
    }

    private static void addFilled(List<Bars> all, Bars bars) {
        if (!bars.bars().isEmpty()) {
            all.add(bars);
        }
    }

    private static String language(String code) {
        return Locale.of(code).getDisplayLanguage(Locale.ENGLISH);
    }

    private static String country(String code) {
        return Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
    }

    private static Bars of(
            Breakdown parts,
            Dimension dimension,
            String id,
            String title,
            String unknown,
            Function<String, String> words) {
        List<Breakdown.Part> top = parts.top(dimension, ROWS);
        long most = top.stream().mapToLong(Breakdown.Part::count).max().orElse(1);
        return new Bars(
                id,
                title,
                top.stream()
                        .map(part -> bar(
                                switch (part.value()) {
                                    case "" -> unknown;
                                    case Breakdown.OTHERS -> "Other";
                                    default -> words.apply(part.value());
                                },
                                part.count(),
                                most))
                        .toList(),
                "No visits in this period.");
    }

    private static List<Bar> named(List<Counted> counted, String deleted) {
        long most = counted.stream().mapToLong(Counted::count).max().orElse(1);
        return counted.stream()
                .limit(ROWS)
                .map(one -> bar(
                        one.id().equals(Breakdown.OTHERS)
                                ? "Other"
                                : one.name().map(EventNames.Name::title).orElse(deleted),
                        one.count(),
                        most))
                .toList();
    }

    private static Bar bar(String label, long count, long most) {
        return new Bar(label, Words.grouped(count), count, most);
    }
}
