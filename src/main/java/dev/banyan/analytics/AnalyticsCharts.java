package dev.banyan.analytics;

import module java.base;
import dev.banyan.analytics.Analytics.Counted;
import dev.banyan.analytics.Analytics.Figures;
import dev.banyan.analytics.Analytics.Report;
import dev.banyan.analytics.AnalyticsPage.Bar;
import dev.banyan.analytics.AnalyticsPage.Bars;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.DaysChart;
import dev.banyan.platform.web.page.Words;

/// What the page with analytics draws from a report: figures, the charts of days and hours, and bars of the most
/// frequent.
final class AnalyticsCharts {

    private static final int ROWS = 10;
    private static final int CHOICES = 25;
    private static final String UNKNOWN = "Unknown";
    private static final String DIRECT = "Direct and apps";

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
        long scans = parts(report).count(Dimension.MEDIUM, UtmFields.QR);
        if (scans > 0) {
            figures.add(Figure.of(
                    "QR code scans", scans, Words.count(now.views() - scans, "view", "views") + " otherwise"));
        }
        return figures;
    }

    private static Figure figure(String label, Figures figures, ToLongFunction<VisitCounts> what, boolean unfinished) {
        return Figure.of(
                label, figures.total(), figures.compared(), what, Chart.spark(counts(figures, what), unfinished));
    }

    private static List<Long> counts(Figures figures, ToLongFunction<VisitCounts> what) {
        return figures.days().stream().map(day -> what.applyAsLong(day.tally())).toList();
    }

    /// @param compares whether the days before are drawn, too
    static Chart days(Figures visits, Figures shortLinks, boolean compares, LocalDate today, ZoneId zone) {
        var series = new ArrayList<Chart.Series>();
        series.add(new Chart.Series("Page views", counts(visits, VisitCounts::views)));
        series.add(new Chart.Series("Link clicks", counts(visits, VisitCounts::clicks)));
        if (shortLinks.total().redirects() > 0) {
            series.add(new Chart.Series("Short link redirects", counts(shortLinks, VisitCounts::redirects)));
        }
        if (compares && !visits.earlier().isEmpty()) {
            series.add(new Chart.Series(
                    "Views before",
                    visits.earlier().stream().map(day -> day.tally().views()).toList(),
                    Chart.Style.EARLIER));
        }
        return DaysChart.of(
                "Visits per day",
                visits.days().stream().map(VisitStore.Day::date).toList(),
                series,
                today,
                zone);
    }

    /// Draws the days of one value of a dimension.
    static Chart days(Report report, Analytics.ByDay byDay, OnlyPart only, LocalDate today, ZoneId zone) {
        List<LocalDate> days =
                report.visits().days().stream().map(VisitStore.Day::date).toList();
        var series = new ArrayList<Chart.Series>();
        series.add(new Chart.Series(
                only.dimension() == Dimension.LINK ? "Clicks" : "Page views", counts(byDay.pages(), only, days)));
        List<Long> redirects = counts(byDay.shortLinks(), only, days);
        if (redirects.stream().anyMatch(count -> count > 0)) {
            series.add(new Chart.Series("Short link redirects", redirects));
        }
        return DaysChart.of("Visits per day", days, series, today, zone);
    }

    private static List<Long> counts(Map<LocalDate, Breakdown> parts, OnlyPart only, List<LocalDate> days) {
        return days.stream()
                .map(day -> only.of(Optional.ofNullable(parts.get(day))))
                .toList();
    }

    /// Draws accounts: those that someone chose side by side, the most visited and all others upon each other.
    static Chart accounts(BrandComparisons.BrandDays days, boolean chosen, LocalDate today, ZoneId zone) {
        var series = new ArrayList<Chart.Series>();
        days.brands().forEach((account, counts) -> series.add(new Chart.Series(account.displayName(), counts)));
        if (chosen) {
            return DaysChart.of("Page views by account", days.days(), series, today, zone);
        }
        if (days.others().stream().anyMatch(count -> count > 0)) {
            series.add(new Chart.Series("Other accounts", days.others()));
        }
        return DaysChart.stacked("Page views by account", days.days(), series, today, zone);
    }

    private static Breakdown parts(Report report) {
        var parts = new Breakdown();
        parts.addAll(report.visits().parts());
        parts.addAll(report.shortLinks().parts());
        return parts;
    }

    /// Returns what the page can be filtered by: of each dimension the most frequent.
    static List<AnalyticsPage.Choices> choices(Report report, Optional<OnlyPart> only) {
        Breakdown parts = parts(report);
        Map<String, String> links = new HashMap<>();
        report.links()
                .forEach(link -> links.put(
                        link.id(), link.name().map(EventNames.Name::title).orElse("Deleted link")));
        return OnlyPart.CHOICES.stream()
                .map(dimension -> new AnalyticsPage.Choices(
                        title(dimension),
                        parts.top(dimension, CHOICES).stream()
                                .filter(part -> !part.value().equals(Breakdown.OTHERS))
                                .map(part -> new OnlyPart(dimension, part.value()))
                                .map(part -> new AnalyticsPage.PageChoice(
                                        part.text(), words(part, links), only.equals(Optional.of(part))))
                                .toList()))
                .filter(choices -> !choices.choices().isEmpty())
                .toList();
    }

    private static String title(Dimension dimension) {
        return switch (dimension) {
            case LINK -> "Link";
            case REFERRER -> "Referrer";
            case COUNTRY -> "Country";
            case DEVICE -> "Device";
            case SOURCE -> "utm_source";
            case MEDIUM -> "utm_medium";
            default -> "utm_campaign";
        };
    }

    private static String words(OnlyPart part, Map<String, String> links) {
        return switch (part.dimension()) {
            case LINK -> links.getOrDefault(part.value(), "Deleted link");
            case REFERRER -> part.value().isEmpty() ? DIRECT : part.value();
            case COUNTRY -> part.value().isEmpty() ? UNKNOWN : country(part.value());
            case MEDIUM -> part.value().equals(UtmFields.QR) ? "QR code" : part.value();
            default -> part.value().isEmpty() ? UNKNOWN : part.value();
        };
    }

    /// @param countries whether the countries of visitors are known
    static List<Bars> bars(Report report, boolean countries) {
        var all = new ArrayList<Bars>();
        addFilled(all, funnel(report));
        all.add(new Bars("links", "Top links", named(report.links(), "Deleted link"), "No clicks in this period."));
        if (report.shortLinks().total().redirects() > 0) {
            all.add(new Bars(
                    "short-links",
                    "Top short links",
                    named(report.topShortLinks(), "Deleted short link"),
                    "No clicks in this period."));
        }
        Breakdown parts = parts(report);
        all.add(of(parts, Dimension.REFERRER, "referrers", "Referrers", DIRECT, Function.identity()));
        addFilled(all, of(parts, Dimension.SOURCE, "sources", "Sources (utm_source)", "", Function.identity()));
        addFilled(
                all,
                of(
                        parts,
                        Dimension.MEDIUM,
                        "mediums",
                        "Mediums (utm_medium)",
                        "",
                        medium -> medium.equals(UtmFields.QR) ? "QR code" : medium));
        addFilled(all, of(parts, Dimension.CAMPAIGN, "campaigns", "Campaigns (utm_campaign)", "", Function.identity()));
        all.add(of(parts, Dimension.DEVICE, "devices", "Devices", UNKNOWN, Function.identity()));
        all.add(of(parts, Dimension.BROWSER, "browsers", "Browsers", UNKNOWN, Function.identity()));
        all.add(of(parts, Dimension.SYSTEM, "systems", "Operating systems", UNKNOWN, Function.identity()));
        all.add(of(parts, Dimension.LANGUAGE, "languages", "Languages", UNKNOWN, AnalyticsCharts::language));
        if (countries) {
            all.add(of(parts, Dimension.COUNTRY, "countries", "Countries", UNKNOWN, AnalyticsCharts::country));
        }
        return all;
    }

    /// The way from a page to a chat; empty without chats.
    private static Bars funnel(Report report) {
        VisitCounts total = report.visits().total();
        long chats = report.visits().parts().count(Dimension.CHAT, Breakdown.MESSAGE_US);
        long most = Math.max(1, Math.max(total.views(), Math.max(total.clicks(), chats)));
        return new Bars(
                "funnel",
                "From view to chat",
                chats == 0
                        ? List.of()
                        : List.of(
                                bar("Page views", total.views(), most),
                                step("Link clicks", total.clicks(), total.views(), most),
                                step("“Message us” presses", chats, total.views(), most)),
                "");
    }

    private static Bar step(String label, long count, long views, long most) {
        String share = views == 0 ? "" : String.format(Locale.ROOT, " · %.1f%%", 100.0 * count / views);
        return new Bar(label, Words.grouped(count) + share, count, most);
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

    /// One value of a dimension that the page with analytics is filtered by. Visits are not counted by two at once.
    ///
    /// @param value as it is stored; empty for visits without one
    record OnlyPart(Dimension dimension, String value) {

        /// What can be chosen.
        static final List<Dimension> CHOICES = List.of(
                Dimension.LINK,
                Dimension.REFERRER,
                Dimension.COUNTRY,
                Dimension.DEVICE,
                Dimension.SOURCE,
                Dimension.MEDIUM,
                Dimension.CAMPAIGN);

        /// @param text `c:AE`
        static Optional<OnlyPart> parse(String text) {
            return parse(text, name -> Keyed.parse(Dimension.class, name).filter(CHOICES::contains));
        }

        /// @param text `country:AE`, as programs write it
        static Optional<OnlyPart> ofWord(String text) {
            return parse(text, Dimension::ofPages);
        }

        private static Optional<OnlyPart> parse(String text, Function<String, Optional<Dimension>> named) {
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : named.apply(text.substring(0, colon))
                            .map(dimension -> new OnlyPart(dimension, text.substring(colon + 1)));
        }

        String text() {
            return dimension.key() + ":" + value;
        }

        /// Returns how many visits of a day had it.
        long of(Optional<Breakdown> day) {
            return day.map(parts -> parts.top(dimension, Integer.MAX_VALUE).stream()
                            .filter(part -> part.value().equals(value))
                            .mapToLong(Breakdown.Part::count)
                            .sum())
                    .orElse(0L);
        }
    }
}
