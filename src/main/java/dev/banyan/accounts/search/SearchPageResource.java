package dev.banyan.accounts.search;

import module java.base;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The search: as a page, and as the list in the dialog that opens on every page.
@Path("/admin/search")
@RunOnVirtualThread
class SearchPageResource {

    private final Searches searches;

    SearchPageResource(Searches searches) {
        this.searches = searches;
    }

    @GET
    public Response show(@Context AccountPage page, @QueryParam("q") @DefaultValue("") String search) {
        List<Searches.Group> groups = searches.find(page.context(), search, Searches.SHOWN_OF_ALL);
        return Html.ok(new SearchPage(page.frame(NavItem.NONE, "Search"), search.strip(), groups, count(groups)));
    }

    @GET
    @Path("results")
    public Response results(@Context AccountPage page, @QueryParam("q") @DefaultValue("") String search) {
        List<Searches.Group> groups = searches.find(page.context(), search);
        List<Searches.Item> recent = search.isBlank() ? searches.recent(page.context()) : List.of();
        return Html.ok(new SearchResults(
                search.strip(),
                recent,
                groups,
                count(groups),
                "/admin/search?as=" + page.context().acting().username() + "&q="
                        + URLEncoder.encode(search.strip(), StandardCharsets.UTF_8)));
    }

    private static int count(List<Searches.Group> groups) {
        return groups.stream().mapToInt(group -> group.items().size()).sum();
    }
}
