package dev.banyan.analytics;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.analytics.Analytics.Report;
import dev.banyan.analytics.AnalyticsCharts.OnlyPart;
import dev.banyan.analytics.AnalyticsPage.Range;
import dev.banyan.analytics.AnalyticsPage.WeekHours;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.http.Countries;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page with an account's analytics, and their export.
@Path("/admin/analytics")
@RunOnVirtualThread
class AnalyticsPageResource {

    private static final List<Long> RANGES = List.of(7L, 30L, 90L, 365L);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.ENGLISH);

    private final Analytics analytics;
    private final BrandComparisons brands;
    private final AnalyticsCsv csv;
    private final WeeklyReports reports;
    private final Countries countries;

    AnalyticsPageResource(
            Analytics analytics,
            BrandComparisons brands,
            AnalyticsCsv csv,
            WeeklyReports reports,
            Countries countries) {
        this.analytics = analytics;
        this.brands = brands;
        this.csv = csv;
        this.reports = reports;
        this.countries = countries;
    }

    @GET
    public Response show(
            @Context AccountPage page,
            @QueryParam("pageId") Optional<String> pageId,
            @QueryParam("days") Optional<String> days,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        Optional<String> ofPage = pageId.filter(id -> !id.isEmpty());
        Optional<String> day = page.query("day");
        Report report = analytics
                .report(
                        page.context(),
                        ofPage,
                        (tier, today) -> asked(days, day.or(() -> from), day.or(() -> to), tier, today))
                .orElseThrow(() -> page.refused(
                        404, "Page not found", "It may have been deleted, or you may not have access to its account."));
        Optional<OnlyPart> only = page.query("only").flatMap(OnlyPart::parse).filter(_ -> report.isAdvanced());
        return Html.ok(
                page(page, report, new Asked(ofPage, only, page.query("compare").isPresent())));
    }

    /// What is asked for, besides the period.
    private record Asked(Optional<String> page, Optional<OnlyPart> only, boolean compares) {

        /// Returns it for links.
        String query() {
            return page.map(id -> "&pageId=" + WebAddresses.encoded(id)).orElse("")
                    + only.map(part -> "&only=" + WebAddresses.encoded(part.text()))
                            .orElse("")
                    + (compares ? "&compare=1" : "");
        }

        Asked whole() {
            return new Asked(page, Optional.empty(), compares);
        }
    }

    static Period asked(Optional<String> days, Optional<String> from, Optional<String> to, Tier tier, LocalDate today) {
        return Period.asked(
                days, from.filter(text -> !text.isEmpty()), to.filter(text -> !text.isEmpty()), tier, today);
    }

    private AnalyticsPage page(AccountPage page, Report report, Asked asked) {
        Optional<String> ofPage = asked.page();
        String day = page.path("/admin/analytics") + asked.query() + "&day=";
        VisitCounts total = report.visits().total();
        VisitCounts links = report.shortLinks().total();
        ZoneId zone = analytics.zone(page.context(), ofPage);
        LocalDate today = analytics.today(zone);
        return new AnalyticsPage(
                page.frame(NavItem.ANALYTICS, "Analytics"),
                filter(page.context(), report, asked, today),
                Words.nameOf(zone),
                words(report.period(), report.visits().compared().isPresent(), today),
                report.pages().stream()
                        .map(one -> new AnalyticsPage.PageChoice(
                                one.page().id(),
                                one.page().title(),
                                ofPage.filter(one.page().id()::equals).isPresent()))
                        .toList(),
                report.isAdvanced()
                        ? Optional.empty()
                        : Optional.of(report.tier().label()),
                report.everything().isNothing(),
                AnalyticsCharts.figures(report, ofPage.isEmpty(), today),
                report.isAdvanced()
                        ? Optional.of(chart(page.context(), report, asked, today, zone)
                                .leadingTo(day))
                        : Optional.empty(),
                report.isAdvanced() && asked.only().isEmpty()
                        ? AnalyticsCharts.bars(report, countries.areKnown())
                        : List.of(),
                report.isAdvanced() && asked.only().isEmpty()
                        ? WeekHours.of(analytics.hours(page.context(), ofPage, report.period()))
                        : Optional.empty(),
                ofPage.isPresent()
                                || asked.only().isPresent()
                                || !report.isAdvanced()
                                || report.pages().size() < 2
                        ? List.of()
                        : report.pages().stream()
                                .map(AnalyticsPageResource::row)
                                .toList(),
                countries.areKnown(),
                Words.count(total.bots() + links.bots(), "visit", "visits")
                        + (total.unlocks() > 0
                                ? ". Locked links opened: " + Words.count(total.unlocks(), "time", "times")
                                : ""),
                everything(report.everything()),
                live(report.live()),
                report.tier().has(Feature.ANALYTICS_EXPORT),
                !page.context().isSubAccount() && brands.hasBrands(page.context()),
                report.isReported(),
                Words.grouped(Period.reach(report.tier())));
    }

    private Chart chart(AccountContext context, Report report, Asked asked, LocalDate today, ZoneId zone) {
        return asked.only()
                .map(only -> AnalyticsCharts.days(
                        report, analytics.byDay(context, asked.page(), report.period()), only, today, zone))
                .orElseGet(() ->
                        AnalyticsCharts.days(report.visits(), report.shortLinks(), asked.compares(), today, zone));
    }

    private AnalyticsPage.Filter filter(AccountContext context, Report report, Asked asked, LocalDate today) {
        Period period = report.period();
        String as = "?as=" + WebAddresses.encoded(context.acting().username());
        String days = as + "&from=" + period.from() + "&to=" + period.until();
        List<AnalyticsPage.Choices> parts =
                report.isAdvanced() ? AnalyticsCharts.choices(report, asked.only()) : List.of();
        return new AnalyticsPage.Filter(
                asked.page().orElse(""),
                period.from().toString(),
                period.until().toString(),
                today.minusDays(Period.reach(report.tier()) - 1).toString(),
                today.toString(),
                days,
                ranges("/admin/analytics" + as + asked.query(), period, Period.reach(report.tier()), today),
                parts,
                asked.only()
                        .map(only -> parts.stream()
                                .flatMap(choices -> choices.choices().stream()
                                        .filter(AnalyticsPage.PageChoice::chosen)
                                        .map(choice -> choices.title() + ": " + choice.title()))
                                .findFirst()
                                .orElse(only.value())),
                asked.compares(),
                !report.visits().earlier().isEmpty(),
                "/admin/analytics" + days + asked.whole().query());
    }

    static List<Range> ranges(String href, Period period, long reach, LocalDate today) {
        return RANGES.stream()
                .filter(days -> days <= reach)
                .map(days -> new Range(
                        days == 365 ? "1 year" : days + " days",
                        href + "&days=" + days,
                        period.equals(Period.last(days, today))))
                .toList();
    }

    /// Describes the period and what its changes compare: full days, because today is not over.
    static String words(Period period, boolean compared, LocalDate day) {
        boolean today = period.until().equals(day);
        String days = DAY.format(period.from()) + " – " + DAY.format(period.until())
                + (today ? " (including today so far)" : "");
        if (period.days() == 1 && today) {
            return days + ". Today isn’t over, so there’s nothing to compare yet.";
        }
        if (!compared) {
            return days + ". The days before are no longer kept, so there’s nothing to compare.";
        }
        return today
                ? days + ". Changes compare the "
                        + Words.count(
                                period.days() - 1, "full day with the day", "full days with the same number of days")
                        + " before."
                : days + ", compared with the same number of days before.";
    }

    private static AnalyticsPage.PageRow row(Analytics.PageCounted page) {
        return new AnalyticsPage.PageRow(
                page.page().title(),
                Words.grouped(page.tally().views()),
                Words.grouped(page.tally().visitors()),
                Words.grouped(page.tally().clicks()),
                Figure.rate(page.tally()));
    }

    private static String everything(VisitCounts tally) {
        return Words.count(tally.views(), "page view", "page views") + ", "
                + Words.count(tally.clicks(), "link click", "link clicks") + " and "
                + Words.count(tally.redirects(), "redirect", "redirects");
    }

    private static String live(long count) {
        return Words.count(count, "visit", "visits") + " in the last 30 minutes";
    }

    @GET
    @Path("live")
    public Response live(@Context AccountPage page) {
        return Html.ok(new LiveCount(
                live(analytics.live(page.context())),
                "?as=" + WebAddresses.encoded(page.context().acting().username())));
    }

    @GET
    @Path("export.csv")
    public Response export(
            @Context AccountPage page,
            @QueryParam("scope") Optional<String> scope,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        boolean ofBrands = scope.filter("brands"::equals).isPresent();
        Tier tier = analytics.tier(page.context().owner());
        if (!tier.has(Feature.ANALYTICS_EXPORT)) {
            throw page.refused(
                    403,
                    "Your plan doesn’t include exports",
                    AnalyticsCsv.lacking(tier).error() + ".");
        }
        return csv.answer(
                tier,
                ofBrands && !page.context().isSubAccount()
                        ? brands.accounts(page.context())
                        : List.of(page.context().acting()),
                analytics.zone(page.context(), Optional.empty()),
                asked(Optional.empty(), from, to, tier, analytics.today(page.context())));
    }

    @POST
    @Path("report")
    public Response report(@Context AccountPage page, @FormParam("on") Optional<String> on) {
        reports.set(page.context(), on.isPresent());
        return page.done("/admin/analytics", "report-" + (on.isPresent() ? "on" : "off"));
    }
}
