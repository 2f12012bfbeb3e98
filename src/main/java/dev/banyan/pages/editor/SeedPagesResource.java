package dev.banyan.pages.editor;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.pages.Page;
import dev.banyan.pages.Pages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The addresses that the seed gives to pages that have others here, and the beginning of them all. They lead there, in
/// the account that the request names or that one acts for.
@Path("/admin")
@RunOnVirtualThread
class SeedPagesResource {

    private final Pages pages;

    SeedPagesResource(Pages pages) {
        this.pages = pages;
    }

    @GET
    public Response home(@Context AccountPage request) {
        return lead(request, NavItem.DASHBOARD.path);
    }

    /// An account's links are on its pages: those of the default page, until it has one the list of pages.
    @GET
    @Path("links")
    public Response links(@Context AccountPage request) {
        return lead(request, ofDefaultPage(request.context(), ""));
    }

    @GET
    @Path("appearance")
    public Response appearance(@Context AccountPage request) {
        return lead(request, ofDefaultPage(request.context(), "/appearance"));
    }

    @GET
    @Path("shortlinks")
    public Response shortLinks(@Context AccountPage request) {
        return lead(request, NavItem.SHORT_LINKS.path);
    }

    @GET
    @Path("apiauth")
    public Response apiKeys(@Context AccountPage request) {
        return lead(request, NavItem.API_KEYS.path);
    }

    private String ofDefaultPage(AccountContext context, String part) {
        return pages.overview(context).pages().stream()
                .filter(Page::isDefault)
                .findFirst()
                .map(page -> NavItem.PAGES.path + "/" + page.id() + part)
                .orElse(NavItem.PAGES.path);
    }

    private static Response lead(AccountPage request, String path) {
        return Html.seeOther(request.call(), request.path(path));
    }
}
