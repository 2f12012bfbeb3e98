package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.SubAccountQuery.Order;
import dev.banyan.accounts.SubAccountQuery.StatusFilter;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.BrandBatches;
import dev.banyan.accounts.brands.BulkReport;
import dev.banyan.accounts.brands.BulkReport.Line;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.pages.looks.LookPushPage.Row;
import dev.banyan.pages.looks.LookPushPage.Swatch;
import dev.banyan.pages.looks.LookPushReportPage.Undo;
import dev.banyan.pages.looks.LookPushes.Source;
import dev.banyan.pages.visitor.PublicPages;
import dev.banyan.platform.BackgroundRuns.ListRun;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.RunProgress;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.CardStyle;
import dev.banyan.themes.HexColor;
import dev.banyan.themes.Lagoon;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Gives one look to many brands: first which of them change and how, then a report.
@Path("/admin/brands/looks")
@RunOnVirtualThread
class LookPushPageResource {

    /// How many brands one page shows.
    private static final int MOST = 150;

    private static final int SUGGESTED = 50;

    private static final String BUSY = "Another look is being applied. Try again when it’s done.";
    private static final String NO_REPORT = "There’s no report here. Open a brand to see its appearance.";

    private final LookPushes pushes;
    private final BrandBatches batches;
    private final PublicPages publicPages;

    LookPushPageResource(LookPushes pushes, BrandBatches batches, PublicPages publicPages) {
        this.pushes = pushes;
        this.batches = batches;
        this.publicPages = publicPages;
    }

    /// Which brands get the look: those that are named, or those that a filter of the list of brands shows.
    private record Wanted(List<String> names, String search, String label, String state) {

        SubAccountQuery query(int most) {
            return new SubAccountQuery(
                    search,
                    label.strip(),
                    StatusFilter.of(state)
                            .filter(shown -> shown != StatusFilter.ALL && shown != StatusFilter.DELETED)
                            .orElse(StatusFilter.PRESENT),
                    Order.NEWEST,
                    Optional.empty(),
                    most);
        }

        List<Choice> fields() {
            return Stream.concat(
                            names.stream().limit(MOST).map(name -> new Choice("brand", name)),
                            Stream.of(new Choice("q", search), new Choice("label", label), new Choice("state", state)))
                    .filter(field -> !field.label().isEmpty())
                    .toList();
        }
    }

    /// @param from the username of whose look it is; by default the agency's own, or else that of its newest brand
    /// @param find what is searched among the brands that have a look
    /// @param brands the chosen ones, of which one at least exists; without any, those that the filter shows
    @GET
    public Response preview(
            @Context AccountPage request,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("find") @DefaultValue("") String find,
            @QueryParam("brand") List<String> brands,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("label") @DefaultValue("") String label,
            @QueryParam("state") @DefaultValue("") String state) {
        request.refuseSubAccounts(NavItem.BRANDS, "Brands");
        var wanted = new Wanted(brands, search, label, state);
        List<Account> chosen = brands.isEmpty()
                ? batches.first(request.context(), wanted.query(MOST + 1))
                : batches.chosen(request.context(), brands);
        if (chosen.isEmpty() && !brands.isEmpty()) {
            throw new NotFoundException();
        }
        return Html.ok(page(request, from, find, chosen, wanted, ""));
    }

    private LookPushPage page(
            AccountPage request, String from, String find, List<Account> chosen, Wanted wanted, String problem) {
        AccountContext context = request.context();
        var offered = new ArrayList<Account>();
        if (find.isBlank()) {
            offered.add(context.root());
        }
        offered.addAll(batches.first(context, SubAccountQuery.newest(find, Optional.empty(), SUGGESTED)));
        List<Account> withLook = pushes.sources(context, offered);
        String named = from.isBlank()
                ? withLook.stream().findFirst().map(Account::username).orElse("")
                : from;
        Optional<Source> source = pushes.source(context, named);
        List<Row> rows = source
                .map(found -> pushes.preview(
                        context, found, chosen.stream().limit(MOST).toList()))
                .orElse(List.of())
                .stream()
                .map(target -> row(context, named, target))
                .toList();
        String error = source.isPresent() || named.isEmpty()
                ? problem
                : "We can’t find a brand with this username and a page.";
        return new LookPushPage(
                request.frame(NavItem.BRANDS, "Apply a look"),
                source.map(Source::username).orElse(""),
                error,
                find,
                swatch(
                        source.map(Source::look).orElse(Appearance.DEFAULT),
                        source.map(Source::username).orElse("")),
                wanted.fields(),
                choices(source, withLook),
                rows,
                rows.stream().filter(Row::changes).count(),
                rows.stream().filter(Row::changes).findFirst().map(Row::preview).orElse(""),
                wanted.names().isEmpty() && chosen.size() > MOST,
                pushes.lastPush(context).map(Undo::of));
    }

    private static List<Choice> choices(Optional<Source> source, List<Account> withLook) {
        Stream<Choice> shown = source.stream().map(found -> new Choice(found.username(), found.displayName()));
        return Stream.concat(
                        shown, withLook.stream().map(account -> new Choice(account.username(), account.displayName())))
                .distinct()
                .toList();
    }

    private static Row row(AccountContext context, String from, LookPushes.Target target) {
        boolean changes = target.changes() && target.why().isEmpty();
        return new Row(
                target.account().username(),
                target.account().displayName(),
                swatch(
                        target.before().orElse(Appearance.DEFAULT),
                        target.account().username()),
                target.before().isPresent(),
                changes,
                "/admin/brands/looks/preview?as=" + context.root().username() + "&from="
                        + URLEncoder.encode(from, StandardCharsets.UTF_8) + "&brand="
                        + target.account().username(),
                !target.why().isEmpty() ? target.why() : changes ? "" : "It has this look already.");
    }

    /// Returns the colors of a look as a page of the account shows them: its sky has a tone of its own.
    private static Swatch swatch(Appearance look, String username) {
        String theme = look.theme().label();
        Map<String, HexColor> sky = Lagoon.colors(Avatar.of("", username).tone());
        return CardStyle.of(look, Tier.values()[Tier.values().length - 1])
                .map(style -> new Swatch(
                        theme,
                        style.top().toString(),
                        style.badge().toString(),
                        style.title().toString()))
                .orElseGet(() -> new Swatch(theme, color(sky, "sky"), color(sky, "card"), color(sky, "ink")));
    }

    private static String color(Map<String, HexColor> sky, String name) {
        return Optional.ofNullable(sky.get(name)).map(HexColor::toString).orElse("#ffffff");
    }

    /// Shows the page of a brand in another one's look.
    ///
    /// @param from whose look it is; empty: its own
    @GET
    @Path("preview")
    public Response shown(
            @Context AccountPage request,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("brand") @DefaultValue("") String brand) {
        request.refuseSubAccounts(NavItem.BRANDS, "Brands");
        Account shown = batches.chosen(request.context(), List.of(brand)).stream()
                .findFirst()
                .orElseThrow(NotFoundException::new);
        return pushes.source(request.context(), from.isBlank() ? shown.username() : from)
                .flatMap(source -> pushes.tried(source, shown))
                .flatMap(tried -> publicPages.preview(shown.id(), tried.page(), Optional.of(tried.look())))
                .map(bytes -> bytes.response(request.call().routing().request()))
                .orElseThrow(NotFoundException::new);
    }

    @POST
    public Response push(
            @Context AccountPage request,
            @FormParam("from") @DefaultValue("") String from,
            @FormParam("brand") List<String> brands,
            @FormParam("all") @DefaultValue("") String all,
            @FormParam("q") @DefaultValue("") String search,
            @FormParam("label") @DefaultValue("") String label,
            @FormParam("state") @DefaultValue("") String state) {
        request.refuseSubAccounts(NavItem.BRANDS, "Brands");
        boolean isAll = all.equals("true");
        var wanted = new Wanted(isAll ? List.of() : brands, search, label, state);
        Optional<Source> source = pushes.source(request.context(), from);
        List<Account> chosen = isAll
                ? batches.matching(request.context(), wanted.query(MOST))
                : batches.chosen(request.context(), brands);
        if (source.isEmpty() || chosen.isEmpty()) {
            return Html.invalid(page(request, from, "", chosen, wanted, "Select at least one brand."));
        }
        return pushes.push(request.context(), source.get(), chosen)
                ? Html.ok(report(request))
                : Html.invalid(page(request, from, "", chosen, wanted, BUSY));
    }

    /// Shows how far the last push or its undoing is, or what it did.
    @GET
    @Path("report")
    public Response progress(@Context AccountPage request) {
        request.refuseSubAccounts(NavItem.BRANDS, "Brands");
        return Html.ok(report(request));
    }

    @POST
    @Path("undo")
    public Response undo(@Context AccountPage request, @FormParam("push") @DefaultValue("") String push) {
        request.refuseSubAccounts(NavItem.BRANDS, "Brands");
        UUID id = Uuids.parse(push).orElseThrow(NotFoundException::new);
        return pushes.undo(request.context(), id)
                ? Html.ok(report(request))
                : Html.invalid(new LookPushReportPage(
                        request.frame(NavItem.BRANDS, "Report"),
                        new BulkReport("warn", BUSY),
                        Optional.empty(),
                        Optional.empty()));
    }

    private LookPushReportPage report(AccountPage request) {
        Optional<ListRun<Line>> run = pushes.lastRun(request.context());
        // First: all lines of a run that is over are there.
        Optional<RunProgress> running = run.flatMap(one -> RunProgress.of(
                one, "/admin/brands/looks/report?as=" + request.context().root().username()));
        return new LookPushReportPage(
                request.frame(NavItem.BRANDS, "Report"),
                run.map(BulkReport::of).orElseGet(() -> new BulkReport("warn", NO_REPORT)),
                running,
                pushes.lastPush(request.context()).map(Undo::of));
    }
}
