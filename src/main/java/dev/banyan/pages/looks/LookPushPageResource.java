package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.SubAccountQuery.Order;
import dev.banyan.accounts.SubAccountQuery.StatusFilter;
import dev.banyan.accounts.brands.BrandBatches;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.pages.looks.LookPushPage.Row;
import dev.banyan.pages.looks.LookPushPage.Swatch;
import dev.banyan.pages.looks.LookPushes.Source;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.HexColor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Gives one look to many brands: first which of them change and how, then a report.
@Path("/admin/brands/looks")
@RunOnVirtualThread
class LookPushPageResource {

    /// How many brands one page shows and one act changes; a form has at most 200 fields.
    private static final int MOST = 150;

    private static final int SUGGESTED = 50;

    private final LookPushes pushes;
    private final BrandBatches batches;

    LookPushPageResource(LookPushes pushes, BrandBatches batches) {
        this.pushes = pushes;
        this.batches = batches;
    }

    /// @param from the username of whose look it is; the agency's own by default
    /// @param brands the chosen ones, of which one at least exists; without any, those that the filter shows
    @GET
    public Response preview(
            @Context AccountPage request,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("brand") List<String> brands,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("label") @DefaultValue("") String label,
            @QueryParam("state") @DefaultValue("") String state) {
        request.refuseSubAccounts(NavItem.BRANDS, "Brands");
        var query = new SubAccountQuery(
                search,
                label.strip(),
                StatusFilter.of(state)
                        .filter(shown -> shown != StatusFilter.ALL && shown != StatusFilter.DELETED)
                        .orElse(StatusFilter.PRESENT),
                Order.NEWEST,
                Optional.empty(),
                MOST);
        List<Account> chosen = (brands.isEmpty()
                        ? batches.first(request.context(), query)
                        : batches.chosen(request.context(), brands))
                .stream().limit(MOST).toList();
        if (chosen.isEmpty() && !brands.isEmpty()) {
            throw new NotFoundException();
        }
        var hidden = new ArrayList<Choice>();
        brands.stream().limit(MOST).forEach(name -> hidden.add(new Choice("brand", name)));
        hidden.add(new Choice("q", search));
        hidden.add(new Choice("label", label));
        hidden.add(new Choice("state", state));
        hidden.removeIf(field -> field.label().isEmpty());
        String username = from.isBlank() ? request.context().root().username() : from;
        return Html.ok(page(request, username, chosen, hidden));
    }

    private LookPushPage page(AccountPage request, String from, List<Account> chosen, List<Choice> hidden) {
        Optional<Source> source = pushes.source(request.context(), from);
        var suggestions = new ArrayList<Choice>();
        suggestions.add(new Choice(
                request.context().root().username(), request.context().root().displayName()));
        batches.first(request.context(), SubAccountQuery.newest("", Optional.empty(), SUGGESTED)).stream()
                .limit(SUGGESTED)
                .forEach(account -> suggestions.add(new Choice(account.username(), account.displayName())));
        List<Row> rows = source.map(found -> pushes.preview(request.context(), found, chosen).stream()
                        .map(LookPushPageResource::row)
                        .toList())
                .orElse(List.of());
        return new LookPushPage(
                request.frame(NavItem.BRANDS, "Apply a look"),
                from,
                source.isPresent() ? "" : "We can’t find a brand with this username and a page.",
                swatch(source.map(Source::look).orElse(Appearance.DEFAULT)),
                List.copyOf(hidden),
                List.copyOf(suggestions),
                rows,
                rows.stream().filter(Row::changes).count());
    }

    private static Row row(LookPushes.Target target) {
        boolean changes = target.changes() && target.why().isEmpty();
        return new Row(
                target.account().username(),
                target.account().displayName(),
                swatch(target.before().orElse(Appearance.DEFAULT)),
                target.before().isPresent(),
                changes,
                !target.why().isEmpty() ? target.why() : changes ? "" : "It has this look already.");
    }

    private static Swatch swatch(Appearance look) {
        return new Swatch(
                look.theme().label(),
                look.wallpaper()
                        .color()
                        .or(() -> look.wallpaper().gradientStart())
                        .map(HexColor::toString)
                        .orElse("#ffffff"),
                look.buttons().background().toString(),
                look.text().titleColor().toString());
    }

    @POST
    public Response push(
            @Context AccountPage request,
            @FormParam("from") @DefaultValue("") String from,
            @FormParam("brand") List<String> brands) {
        request.refuseSubAccounts(NavItem.BRANDS, "Brands");
        Optional<Source> source = pushes.source(request.context(), from);
        List<Account> chosen =
                batches.chosen(request.context(), brands).stream().limit(MOST).toList();
        if (source.isEmpty() || chosen.isEmpty()) {
            return Html.invalid(page(
                    request,
                    from,
                    chosen,
                    brands.stream().map(name -> new Choice("brand", name)).toList()));
        }
        return Html.ok(new LookPushReportPage(
                request.frame(NavItem.BRANDS, "Report"), pushes.push(request.context(), source.get(), chosen)));
    }
}
