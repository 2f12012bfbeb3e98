package dev.banyan.analytics;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.analytics.Analytics.Counted;
import dev.banyan.analytics.Analytics.Report;
import dev.banyan.analytics.AnalyticsCharts.OnlyPart;
import dev.banyan.analytics.EventNames.Name;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Analytics in the API (LinkToMe contract 2.7 and 2.8), including the comparison of an agency's brands.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(
        name = "Analytics",
        description = "What visitors do. Days are in the account’s time zone. Bots are counted separately.")
class AnalyticsResource {

    static final String UNKNOWN_PAGE = "Page not found";
    static final String UNKNOWN_SHORT_LINK = "Short link not found";

    private static final int TOP = 10;
    private static final int DAYS_OF_REDIRECTS = 30;

    record Summary(long totalPageViews, long totalLinkClicks, long uniqueVisitors) {}

    record DayCount(String date, long count) {}

    record LinkCount(
            String linkId,
            String linkTitle,
            String linkUrl,
            long clickCount,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String pageId) {}

    record RecentView(Instant timestamp, String ipAddress, String userAgent, String referrer, String pageId) {}

    record RecentClick(
            Instant timestamp,
            String ipAddress,
            String userAgent,
            String referrer,
            String pageId,
            String linkId,
            String linkTitle,
            String linkUrl) {}

    record PageSum(String pageId, String pageName, String pageSlug, long totalPageViews, long totalLinkClicks) {}

    record ReferrerCount(String referrer, long count) {}

    record UserAgentCount(String userAgent, long count) {}

    /// A value, such as one of a UTM field in the addresses that visitors opened.
    record UtmCount(String value, long count) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record AnalyticsView(
            Summary summary,
            boolean hasAdvancedAnalytics,
            List<DayCount> viewsByDay,
            List<DayCount> clicksByDay,
            List<LinkCount> linkClicksByLink,
            List<RecentView> recentPageViews,
            List<RecentClick> recentLinkClicks,

            @Schema(description = "Only without pageId") Optional<List<PageSum>> pageBreakdown,

            List<ReferrerCount> topReferrers,
            List<UserAgentCount> topUserAgents,

            @Schema(description = "Values of utm_source in the addresses that visitors opened")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<UtmCount> topSources,

            @Schema(description = "Values of utm_medium") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<UtmCount> topMediums,

            @Schema(description = "Values of utm_campaign") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<UtmCount> topCampaigns,

            @Schema(description = "Only with `dimension`, the most frequent first; `~` is all that a day didn’t keep")
            Optional<List<UtmCount>> breakdown,

            @Schema(description = "Only with `filter`: how often the value was counted")
            Optional<List<DayCount>> filteredByDay) {}

    record RedirectSummary(long totalRedirects, long uniqueVisitors) {}

    record RecentRedirect(
            Instant timestamp, String slug, String targetUrl, String ipAddress, String userAgent, String referrer) {}

    record ShortLinkSum(String slug, String targetUrl, long clicks) {}

    record DayClicks(String date, long clicks) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ShortLinkAnalyticsView(
            RedirectSummary summary,
            boolean hasAdvancedAnalytics,
            List<RecentRedirect> recentRedirects,
            List<ShortLinkSum> topShortLinks,
            List<DayClicks> redirectsByDay,
            List<ReferrerCount> topReferrers,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UtmCount> topSources,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UtmCount> topMediums,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UtmCount> topCampaigns,
            Optional<String> message) {}

    record AccountSum(
            AccountId userId,
            String username,
            String displayName,
            long pageViews,
            long uniqueVisitors,
            long linkClicks,
            long unlocks,
            long redirects,
            long bots) {

        static AccountSum of(Account account, VisitCounts tally) {
            return new AccountSum(
                    account.id(),
                    account.username(),
                    account.displayName(),
                    tally.views(),
                    tally.visitors(),
                    tally.clicks(),
                    tally.unlocks(),
                    tally.redirects(),
                    tally.bots());
        }
    }

    record Total(long pageViews, long uniqueVisitors, long linkClicks, long unlocks, long redirects, long bots) {

        static Total of(VisitCounts tally) {
            return new Total(
                    tally.views(), tally.visitors(), tally.clicks(), tally.unlocks(), tally.redirects(), tally.bots());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record BrandsView(
            LocalDate from,
            LocalDate to,
            Total total,

            @Schema(description = "For the same number of days before; absent if the tier hasn't kept them all")
            Optional<Total> totalBefore,

            List<AccountSum> accounts) {}

    private final Analytics analytics;
    private final BrandComparisons brands;
    private final AnalyticsCsv csv;

    AnalyticsResource(Analytics analytics, BrandComparisons brands, AnalyticsCsv csv) {
        this.analytics = analytics;
        this.brands = brands;
        this.csv = csv;
    }

    @GET
    @Path("GetAnalytics")
    @Operation(
            summary = "Get page views and link clicks of an account or one page",
            description = "Without days, for all that the tier keeps, at most 180. Free includes the summary only.")
    @APIResponseSchema(value = AnalyticsView.class, responseDescription = "Analytics")
    @APIResponse(responseCode = "400", description = "days, from, to, dimension or filter is invalid")
    @APIResponse(responseCode = "404", description = "Page not found")
    public AnalyticsView analytics(
            @Context AccountRequest request,
            @QueryParam("pageId") Optional<String> pageId,
            @QueryParam("days") Optional<String> days,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> until,
            @Parameter(description = "Such as `country`") @QueryParam("dimension") Optional<String> dimension,
            @Parameter(description = "One value, such as `country:AE`") @QueryParam("filter") Optional<String> filter) {
        check(days, from, until);
        Optional<Dimension> by = typed(dimension).map(word -> known(Dimension.ofPages(word), "dimension", "country"));
        Optional<OnlyPart> only = typed(filter).map(word -> known(OnlyPart.ofWord(word), "filter", "country:AE"));
        Optional<String> page = typed(pageId);
        Report report = analytics
                .report(request.context(), page, (tier, today) -> Period.ofContract(days, from, until, tier, today))
                .orElseThrow(() -> AccountRequest.refused(404, UNKNOWN_PAGE));
        return view(report, page, by, only.map(part -> filtered(request, report, page, part)));
    }

    private static Optional<String> typed(Optional<String> text) {
        return text.filter(some -> !some.isEmpty());
    }

    private static <T> T known(Optional<T> found, String field, String example) {
        return found.orElseThrow(() -> Refused.invalid(new Invalid(field, Dimension.rule(field, example))));
    }

    private List<DayCount> filtered(AccountRequest request, Report report, Optional<String> page, OnlyPart only) {
        if (!report.isAdvanced()) {
            return List.of();
        }
        var byDay = analytics.byDay(request.context(), page, report.period()).pages();
        return report.visits().days().stream()
                .map(day -> new DayCount(day.date().toString(), only.of(Optional.ofNullable(byDay.get(day.date())))))
                .toList();
    }

    private static AnalyticsView view(
            Report report, Optional<String> page, Optional<Dimension> by, Optional<List<DayCount>> filtered) {
        boolean advanced = report.isAdvanced();
        VisitCounts total = report.visits().total();
        return new AnalyticsView(
                new Summary(total.views(), total.clicks(), total.visitors()),
                advanced,
                advanced ? days(report.visits(), VisitCounts::views) : List.of(),
                advanced ? days(report.visits(), VisitCounts::clicks) : List.of(),
                report.links().stream()
                        .filter(link -> !link.id().equals(Breakdown.OTHERS))
                        .map(AnalyticsResource::link)
                        .toList(),
                report.recent().getOrDefault(RecentEvents.Kind.VIEW, List.of()).stream()
                        .map(entry -> new RecentView(
                                Instant.ofEpochMilli(entry.atMs()),
                                entry.ip(),
                                entry.agent(),
                                entry.referrer(),
                                entry.page()))
                        .toList(),
                report.recent().getOrDefault(RecentEvents.Kind.CLICK, List.of()).stream()
                        .map(entry -> click(
                                entry, Optional.ofNullable(report.recentNames().get(entry.target()))))
                        .toList(),
                page.isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                advanced
                                        ? report.pages().stream()
                                                .map(sum -> new PageSum(
                                                        sum.page().id(),
                                                        sum.page().title(),
                                                        sum.page().address(),
                                                        sum.tally().views(),
                                                        sum.tally().clicks()))
                                                .toList()
                                        : List.of()),
                top(report.visits(), Dimension.REFERRER, ReferrerCount::new),
                top(report.visits(), Dimension.BROWSER, UserAgentCount::new),
                top(report.visits(), Dimension.SOURCE, UtmCount::new),
                top(report.visits(), Dimension.MEDIUM, UtmCount::new),
                top(report.visits(), Dimension.CAMPAIGN, UtmCount::new),
                by.map(dimension -> report.visits().parts().top(dimension, Integer.MAX_VALUE).stream()
                        .map(part -> new UtmCount(part.value(), part.count()))
                        .toList()),
                filtered);
    }

    private static List<DayCount> days(Analytics.Figures figures, ToLongFunction<VisitCounts> what) {
        return figures.days().stream()
                .map(day -> new DayCount(day.date().toString(), what.applyAsLong(day.tally())))
                .toList();
    }

    private static LinkCount link(Counted link) {
        return new LinkCount(
                link.id(),
                link.name().map(Name::title).orElse("Deleted link"),
                link.name().map(Name::address).orElse(""),
                link.count(),
                link.name().map(Name::within).orElse(""));
    }

    private static RecentClick click(RecentEvents.Entry entry, Optional<Name> name) {
        return new RecentClick(
                Instant.ofEpochMilli(entry.atMs()),
                entry.ip(),
                entry.agent(),
                entry.referrer(),
                entry.page(),
                entry.target(),
                name.map(Name::title).orElse("Deleted link"),
                name.map(Name::address).orElse(""));
    }

    /// Returns the most frequent values that have a name.
    private static <T> List<T> top(Analytics.Figures figures, Dimension dimension, BiFunction<String, Long, T> view) {
        return figures.parts().top(dimension, TOP + 2).stream()
                .filter(part -> !part.value().isEmpty() && !part.value().equals(Breakdown.OTHERS))
                .limit(TOP)
                .map(part -> view.apply(part.value(), part.count()))
                .toList();
    }

    @GET
    @Path("getShortLinkAnalytics")
    @Operation(summary = "Get redirects of all short links or one")
    @APIResponseSchema(
            value = ShortLinkAnalyticsView.class,
            responseDescription = "Analytics; lists are empty if the tier doesn't include short link analytics")
    @APIResponse(responseCode = "400", description = "days, from or to is invalid")
    @APIResponse(responseCode = "404", description = "Short link not found")
    public ShortLinkAnalyticsView shortLinks(
            @Context AccountRequest request,
            @QueryParam("slug") Optional<String> slug,
            @QueryParam("days") Optional<String> days,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> until) {
        check(days, from, until);
        return analytics
                .shortLinks(
                        request.context(),
                        typed(slug),
                        (tier, today) -> Period.ofContract(days, from, until, tier, today))
                .map(AnalyticsResource::view)
                .orElseThrow(() -> AccountRequest.refused(404, UNKNOWN_SHORT_LINK));
    }

    private static ShortLinkAnalyticsView view(Analytics.ShortLinkReport report) {
        VisitCounts total = report.figures().total();
        boolean advanced = report.tier().has(Feature.SHORT_LINK_ANALYTICS);
        List<VisitStore.Day> days = report.figures().days();
        return new ShortLinkAnalyticsView(
                new RedirectSummary(total.redirects(), total.visitors()),
                advanced,
                report.recent().stream()
                        .map(entry -> redirect(
                                entry,
                                report.name()
                                        .or(() -> Optional.ofNullable(
                                                report.names().get(entry.target())))))
                        .toList(),
                report.top().stream()
                        .flatMap(link -> link.name().stream()
                                .map(name -> new ShortLinkSum(name.within(), name.address(), link.count())))
                        .limit(TOP)
                        .toList(),
                advanced
                        ? days.subList(Math.max(0, days.size() - DAYS_OF_REDIRECTS), days.size()).stream()
                                .map(day -> new DayClicks(
                                        day.date().toString(), day.tally().redirects()))
                                .toList()
                        : List.of(),
                top(report.figures(), Dimension.REFERRER, ReferrerCount::new),
                top(report.figures(), Dimension.SOURCE, UtmCount::new),
                top(report.figures(), Dimension.MEDIUM, UtmCount::new),
                top(report.figures(), Dimension.CAMPAIGN, UtmCount::new),
                advanced
                        ? Optional.empty()
                        : Optional.of("Upgrade to Pro to see where redirects come from, day by day"));
    }

    private static RecentRedirect redirect(RecentEvents.Entry entry, Optional<Name> name) {
        return new RecentRedirect(
                Instant.ofEpochMilli(entry.atMs()),
                name.map(Name::within).orElse(""),
                name.map(Name::address).orElse(""),
                entry.ip(),
                entry.agent(),
                entry.referrer());
    }

    @GET
    @Path("GetBrandAnalytics")
    @Operation(
            summary = "Get analytics of an agency and each of its sub-accounts",
            description = "Always covers the whole agency. Unique visitors are added up over days and accounts.")
    @APIResponseSchema(value = BrandsView.class, responseDescription = "Accounts, most visited first")
    @APIResponse(responseCode = "400", description = "days, from or to is invalid")
    @APIResponse(responseCode = "403", description = "The context is a sub-account, or the tier has summaries only")
    public BrandsView brands(
            @Context AccountRequest request,
            @QueryParam("days") Optional<String> days,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> until) {
        request.refuseSubAccounts();
        check(days, from, until);
        var compared = brands.brands(request.context(), (tier, today) -> Period.asked(days, from, until, tier, today));
        return new BrandsView(
                compared.period().from(),
                compared.period().until(),
                Total.of(compared.total()),
                compared.before().map(Total::of),
                compared.brands().stream()
                        .map(brand -> AccountSum.of(brand.account(), brand.tally()))
                        .toList());
    }

    @GET
    @Path("ExportAnalytics")
    @Operation(
            summary = "Export analytics as CSV, one row per account and day",
            description = "With `scope=brands`, of the agency and all its sub-accounts; otherwise of this account.")
    @APIResponse(
            responseCode = "200",
            description = "The CSV file",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", description = "scope, days, from or to is invalid")
    @APIResponse(responseCode = "403", description = "The tier doesn't include exports")
    public Response export(
            @Context AccountRequest request,
            @QueryParam("scope") Optional<String> scope,
            @QueryParam("days") Optional<String> days,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> until) {
        boolean ofBrands = scope.filter("brands"::equals).isPresent();
        if (scope.filter(word -> !word.isEmpty() && !ofBrands).isPresent()) {
            throw Refused.invalid(new Invalid("scope", "scope must be brands, or absent"));
        }
        if (ofBrands) {
            request.refuseSubAccounts();
        }
        check(days, from, until);
        AccountContext context = request.context();
        var tier = analytics.tier(context.owner());
        return csv.answer(
                tier,
                ofBrands ? brands.accounts(context) : List.of(context.acting()),
                analytics.zone(context, Optional.empty()),
                Period.asked(days, from, until, tier, analytics.today(context)));
    }

    private static void check(Optional<String> days, Optional<String> from, Optional<String> until) {
        Period.broken(days, from, until).ifPresent(invalid -> {
            throw Refused.invalid(invalid);
        });
    }
}
