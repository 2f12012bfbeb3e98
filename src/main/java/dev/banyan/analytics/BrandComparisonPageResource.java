package dev.banyan.analytics;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.analytics.VisitCounts.Compared;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which an agency's brands are compared.
@Path("/admin/analytics/brands")
@RunOnVirtualThread
class BrandComparisonPageResource {

    private static final int BRAND_ROWS = 50;
    private static final int LONGEST_SEARCH = 100;
    /// How many accounts have a colour of their own.
    private static final int MOST_DRAWN = 4;

    /// Up to this many accounts the comparison has no search.
    private static final int LOOKED_THROUGH = 10;

    private final Analytics analytics;
    private final BrandComparisons comparisons;

    BrandComparisonPageResource(Analytics analytics, BrandComparisons comparisons) {
        this.analytics = analytics;
        this.comparisons = comparisons;
    }

    @GET
    public Response brands(
            @Context AccountPage page,
            @QueryParam("days") Optional<String> days,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("sort") @DefaultValue("") String sort,
            @QueryParam("chart") List<String> chosen,
            @QueryParam("part") @DefaultValue("") String part) {
        if (page.context().isSubAccount()) {
            throw page.refused(
                    403,
                    "Go to the agency’s account to see all brands",
                    AccountGuard.managedBy(page.context().root().username()));
        }
        Optional<String> day = page.query("day");
        String wanted = search.strip();
        var shown = new Shown(
                wanted.substring(0, Math.min(LONGEST_SEARCH, wanted.length())),
                Keyed.parse(BrandOrder.class, sort).orElse(BrandOrder.VIEWS),
                chosen.stream().distinct().limit(MOST_DRAWN).toList(),
                number(part));
        return Html.ok(brands(
                page,
                comparisons.brands(
                        page.context(),
                        (tier, today) ->
                                AnalyticsPageResource.asked(days, day.or(() -> from), day.or(() -> to), tier, today)),
                shown));
    }

    private static int number(String part) {
        return part.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(part) : 1;
    }

    /// Which rows of the comparison are shown.
    ///
    /// @param chosen the usernames whose days are compared; empty for the most visited
    /// @param part counted from 1
    private record Shown(String search, BrandOrder order, List<String> chosen, int part) {

        boolean matches(BrandComparisons.Brand brand) {
            String wanted = search.toLowerCase(Locale.ROOT);
            return brand.account().displayName().toLowerCase(Locale.ROOT).contains(wanted)
                    || brand.account().username().contains(wanted);
        }

        /// Returns the accounts whose days are drawn.
        List<Account> drawn(List<BrandComparisons.Brand> brands) {
            return brands.stream()
                    .filter(brand -> chosen.isEmpty() ? brand.tally().views() > 0 : isChosen(brand))
                    .limit(MOST_DRAWN)
                    .map(BrandComparisons.Brand::account)
                    .toList();
        }

        boolean isChosen(BrandComparisons.Brand brand) {
            return chosen.contains(brand.account().username());
        }

        /// Returns it with only those of the chosen accounts that exist.
        Shown among(List<BrandComparisons.Brand> brands) {
            return new Shown(
                    search,
                    order,
                    brands.stream()
                            .filter(this::isChosen)
                            .map(brand -> brand.account().username())
                            .toList(),
                    part);
        }

        Shown by(BrandOrder other) {
            return new Shown(search, other, chosen, 1);
        }

        /// Returns the same search and order without chosen accounts.
        Shown unchosen() {
            return new Shown(search, order, List.of(), 1);
        }

        String query() {
            return WebAddresses.parameter("q", search)
                    + (order == BrandOrder.VIEWS ? "" : "&sort=" + order.key())
                    + chosen.stream()
                            .map(name -> "&chart=" + WebAddresses.encoded(name))
                            .collect(Collectors.joining());
        }
    }

    private BrandComparisonPage brands(AccountPage page, BrandComparisons.Brands brands, Shown asked) {
        Shown shown = asked.among(brands.brands());
        String as = "?as=" + WebAddresses.encoded(page.context().acting().username());
        List<BrandComparisons.Brand> found = brands.brands().stream()
                .filter(shown::matches)
                .sorted(shown.order())
                .toList();
        int parts = Math.max(1, (found.size() + BRAND_ROWS - 1) / BRAND_ROWS);
        int part = Math.min(shown.part(), parts);
        String query = as + "&from=" + brands.period().from() + "&to="
                + brands.period().until();
        String path = "/admin/analytics/brands" + query;
        VisitCounts now = brands.total();
        List<Account> drawn = shown.drawn(brands.brands());
        Optional<Compared> compared = brands.compared();
        LocalDate today = analytics.today(page.context());
        ZoneId zone = analytics.zone(page.context(), Optional.empty());
        List<BrandComparisonPage.Row> rows = found.stream()
                .skip((part - 1L) * BRAND_ROWS)
                .limit(BRAND_ROWS)
                .map(brand -> row(brand, shown.isChosen(brand)))
                .toList();
        return new BrandComparisonPage(
                page.frame(NavItem.ANALYTICS, "All brands"),
                Words.nameOf(zone),
                AnalyticsPageResource.words(brands.period(), compared.isPresent(), today),
                AnalyticsPageResource.ranges(
                        "/admin/analytics/brands" + as + shown.query(),
                        brands.period(),
                        Period.reach(brands.tier()),
                        today),
                List.of(
                        Figure.of("Page views", now, compared, VisitCounts::views),
                        Figure.of("Unique visitors", now, compared, VisitCounts::visitors),
                        Figure.of("Link clicks", now, compared, VisitCounts::clicks),
                        Figure.of("Short link redirects", now, compared, VisitCounts::redirects)),
                brands.tier().has(Feature.ADVANCED_ANALYTICS) && !drawn.isEmpty()
                        ? Optional.of(AnalyticsCharts.accounts(
                                        comparisons.brandDays(page.context(), drawn, brands.period()),
                                        !shown.chosen().isEmpty(),
                                        today,
                                        zone)
                                .leadingTo("/admin/analytics/brands" + as + shown.query() + "&day="))
                        : Optional.empty(),
                rows,
                row("All accounts", "", "", now, compared, Optional.empty(), false),
                shown.chosen(),
                shown.chosen().stream()
                        .filter(name ->
                                rows.stream().noneMatch(row -> row.username().equals(name)))
                        .toList(),
                path + shown.unchosen().query(),
                new BrandComparisonPage.Filter(
                        shown.search(),
                        brands.brands().size() > LOOKED_THROUGH,
                        brands.period().from().toString(),
                        brands.period().until().toString(),
                        today.minusDays(Period.reach(brands.tier()) - 1).toString(),
                        today.toString(),
                        shown.order().key(),
                        Arrays.stream(BrandOrder.values())
                                .map(order -> new BrandComparisonPage.Column(
                                        order.label,
                                        path + shown.by(order).query(),
                                        order == shown.order(),
                                        order.ascending()))
                                .toList(),
                        path),
                Words.count(found.size(), "account", "accounts"),
                part > 1 ? Optional.of(path + shown.query()) : Optional.empty(),
                part < parts ? Optional.of(path + shown.query() + "&part=" + (part + 1)) : Optional.empty(),
                brands.tier().has(Feature.ANALYTICS_EXPORT),
                query);
    }

    private static BrandComparisonPage.Row row(BrandComparisons.Brand brand, boolean chosen) {
        Account account = brand.account();
        boolean active = account.status() == AccountStatus.ACTIVE;
        return row(
                account.displayName(),
                account.username(),
                active ? "/admin/analytics?as=" + WebAddresses.encoded(account.username()) : "",
                brand.tally(),
                brand.compared(),
                active ? Optional.empty() : Optional.of("Suspended"),
                chosen);
    }

    private static BrandComparisonPage.Row row(
            String name,
            String username,
            String href,
            VisitCounts now,
            Optional<Compared> compared,
            Optional<String> badge,
            boolean chosen) {
        return new BrandComparisonPage.Row(
                name,
                username,
                href,
                Words.grouped(now.views()),
                Words.grouped(now.visitors()),
                Words.grouped(now.clicks()),
                Words.grouped(now.redirects()),
                Figure.rate(now),
                Figure.change(compared, VisitCounts::views),
                badge,
                chosen);
    }
}
