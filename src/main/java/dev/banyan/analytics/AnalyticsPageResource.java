package dev.banyan.analytics;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.analytics.Analytics.Report;
import dev.banyan.analytics.AnalyticsPage.Range;
import dev.banyan.platform.http.Countries;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The pages with analytics: an account's, and the comparison of an agency's brands.
@Path("/admin/analytics")
@RunOnVirtualThread
class AnalyticsPageResource {

    private static final int BRAND_ROWS = 500;
    private static final List<Long> RANGES = List.of(7L, 30L, 90L, 365L);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.ENGLISH);

    private final AccountGuard acting;
    private final Analytics analytics;
    private final AnalyticsCsv csv;
    private final WeeklyReports reports;
    private final Countries countries;
    private final PageFrames shells;
    private final Assets assets;
    private final ErrorPages errorPages;

    AnalyticsPageResource(
            AccountGuard acting,
            Analytics analytics,
            AnalyticsCsv csv,
            WeeklyReports reports,
            Countries countries,
            PageFrames shells,
            Assets assets,
            ErrorPages errorPages) {
        this.acting = acting;
        this.analytics = analytics;
        this.csv = csv;
        this.reports = reports;
        this.countries = countries;
        this.shells = shells;
        this.assets = assets;
        this.errorPages = errorPages;
    }

    @GET
    public Response show(
            @Context Call call,
            @QueryParam("pageId") Optional<String> pageId,
            @QueryParam("days") Optional<String> days,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        Optional<String> page = pageId.filter(id -> !id.isEmpty());
        return acting.page(
                call,
                context -> analytics
                        .report(context, page, tier -> asked(days, from, to, tier))
                        .map(report -> Html.ok(page(call, context, report, page)))
                        .orElseGet(() -> errorPages.answer(
                                call,
                                404,
                                "Page not found",
                                "It may have been deleted, or you may not have access to its account.")));
    }

    private Period asked(Optional<String> days, Optional<String> from, Optional<String> to, Tier tier) {
        return Period.asked(
                days,
                from.filter(text -> !text.isEmpty()),
                to.filter(text -> !text.isEmpty()),
                tier,
                analytics.today());
    }

    private AnalyticsPage page(Call call, AccountContext context, Report report, Optional<String> page) {
        VisitCounts total = report.visits().total();
        VisitCounts links = report.shortLinks().total();
        return new AnalyticsPage(
                shells.of(call, context, NavItem.ANALYTICS, "Analytics"),
                filter(context, report, page),
                words(report.period(), report.visits().compared().isPresent()),
                report.pages().stream()
                        .map(one -> new AnalyticsPage.PageChoice(
                                one.page().id(),
                                one.page().title(),
                                page.filter(one.page().id()::equals).isPresent()))
                        .toList(),
                report.isAdvanced()
                        ? Optional.empty()
                        : Optional.of(report.tier().label()),
                report.everything().isNothing(),
                AnalyticsCharts.figures(report, page.isEmpty(), analytics.today()),
                report.isAdvanced()
                        ? Optional.of(AnalyticsCharts.days(report.visits(), report.shortLinks(), analytics.today()))
                        : Optional.empty(),
                report.isAdvanced() ? AnalyticsCharts.bars(report, countries.areKnown()) : List.of(),
                report.isAdvanced() && total.views() > 0
                        ? Optional.of(AnalyticsCharts.hours(report.visits()))
                        : Optional.empty(),
                page.isPresent() || !report.isAdvanced() || report.pages().size() < 2
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
                !context.isSubAccount() && analytics.hasBrands(context),
                report.isReported(),
                Words.grouped(Period.reach(report.tier())));
    }

    private AnalyticsPage.Filter filter(AccountContext context, Report report, Optional<String> page) {
        Period period = report.period();
        String as = "?as=" + encoded(context.acting().username());
        String ofPage = page.map(id -> "&pageId=" + encoded(id)).orElse("");
        LocalDate today = analytics.today();
        return new AnalyticsPage.Filter(
                page.orElse(""),
                period.from().toString(),
                period.until().toString(),
                today.minusDays(Period.reach(report.tier()) - 1).toString(),
                today.toString(),
                as + "&from=" + period.from() + "&to=" + period.until(),
                ranges("/admin/analytics" + as + ofPage, period, Period.reach(report.tier())));
    }

    private List<Range> ranges(String href, Period period, long reach) {
        return RANGES.stream()
                .filter(days -> days <= reach)
                .map(days -> new Range(
                        days == 365 ? "1 year" : days + " days",
                        href + "&days=" + days,
                        period.equals(Period.last(days, analytics.today()))))
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Describes the period and what its changes compare: full days, because today is not over.
    private String words(Period period, boolean compared) {
        boolean today = period.until().equals(analytics.today());
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
    public Response live(@Context Call call) {
        return acting.page(
                call,
                context -> Html.ok(new LiveCount(
                        live(analytics.live(context)),
                        "?as=" + encoded(context.acting().username()))));
    }

    @GET
    @Path("brands")
    public Response brands(
            @Context Call call,
            @QueryParam("days") Optional<String> days,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        return acting.page(
                call,
                context -> context.isSubAccount()
                        ? errorPages.answer(
                                call,
                                403,
                                "Go to the agency’s account to see all brands",
                                AccountGuard.managedBy(context.root().username()))
                        : Html.ok(
                                brands(call, context, analytics.brands(context, tier -> asked(days, from, to, tier)))));
    }

    private BrandComparisonPage brands(Call call, AccountContext context, Analytics.Brands brands) {
        String as = "?as=" + encoded(context.acting().username());
        VisitCounts now = brands.total();
        Optional<Compared> compared = brands.compared();
        return new BrandComparisonPage(
                shells.of(call, context, NavItem.ANALYTICS, "All brands"),
                words(brands.period(), compared.isPresent()),
                ranges("/admin/analytics/brands" + as, brands.period(), Period.reach(brands.tier())),
                List.of(
                        Figure.of("Page views", now, compared, VisitCounts::views),
                        Figure.of("Unique visitors", now, compared, VisitCounts::visitors),
                        Figure.of("Link clicks", now, compared, VisitCounts::clicks),
                        Figure.of("Short link redirects", now, compared, VisitCounts::redirects)),
                brands.brands().stream()
                        .limit(BRAND_ROWS)
                        .map(AnalyticsPageResource::row)
                        .toList(),
                row("All accounts", "", now, compared, Optional.empty()),
                brands.brands().size() > BRAND_ROWS
                        ? Optional.of("Showing the " + BRAND_ROWS + " most visited of "
                                + Words.grouped(brands.brands().size())
                                + ". The export includes all of them.")
                        : Optional.empty(),
                brands.tier().has(Feature.ANALYTICS_EXPORT),
                as + "&from=" + brands.period().from() + "&to="
                        + brands.period().until());
    }

    private static BrandComparisonPage.Row row(Analytics.Brand brand) {
        boolean active = brand.account().status() == AccountStatus.ACTIVE;
        return row(
                brand.account().displayName(),
                active ? "/admin/analytics?as=" + encoded(brand.account().username()) : "",
                brand.tally(),
                brand.compared(),
                active ? Optional.empty() : Optional.of("Suspended"));
    }

    private static BrandComparisonPage.Row row(
            String name, String href, VisitCounts now, Optional<Compared> compared, Optional<String> badge) {
        return new BrandComparisonPage.Row(
                name,
                href,
                Words.grouped(now.views()),
                Words.grouped(now.visitors()),
                Words.grouped(now.clicks()),
                Words.grouped(now.redirects()),
                Figure.rate(now),
                Figure.change(compared, VisitCounts::views),
                badge);
    }

    @GET
    @Path("export.csv")
    public Response export(
            @Context Call call,
            @QueryParam("scope") Optional<String> scope,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        boolean ofBrands = scope.filter("brands"::equals).isPresent();
        return acting.page(call, context -> {
            Tier tier = analytics.tier(context.owner());
            if (!tier.has(Feature.ANALYTICS_EXPORT)) {
                return errorPages.answer(
                        call,
                        403,
                        "Your plan doesn’t include exports",
                        AnalyticsCsv.Refused.of(tier).error() + ".");
            }
            return csv.answer(
                    tier,
                    ofBrands && !context.isSubAccount() ? analytics.accounts(context) : List.of(context.acting()),
                    asked(Optional.empty(), from, to, tier));
        });
    }

    @POST
    @Path("report")
    public Response report(
            @Context Call call, @FormParam("as") @DefaultValue("") String as, @FormParam("on") Optional<String> on) {
        return acting.page(call, Optional.of(as), context -> {
            reports.set(context, on.isPresent());
            return Html.seeOther(
                    call,
                    "/admin/analytics?as=" + encoded(context.acting().username()) + "&done=report-"
                            + (on.isPresent() ? "on" : "off"));
        });
    }

    /// Opened from a mail: anyone with the link may switch the report off. Opening the page changes nothing.
    @GET
    @Path("reports/{key}")
    public Response mailed(@Context Call call, @PathParam("key") String key) {
        return Html.ok(new ReportOffPage(assets.door("Weekly report", call), key, false));
    }

    @POST
    @Path("reports/{key}")
    public Response switchOff(@Context Call call, @PathParam("key") String key) {
        reports.switchOff(key);
        return Html.ok(new ReportOffPage(assets.door("Weekly report", call), key, true));
    }
}
