package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.pages.Link;
import dev.banyan.pages.Links;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.PageId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.QrFile;
import dev.banyan.platform.web.page.QrPicture;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// QR codes of a page and its links, on a page and as files. The code of a link leads through our redirect, so that it
/// is counted and can be changed after printing.
@Path("/admin/pages")
@RunOnVirtualThread
class PageQrPageResource {

    private final AccountGuard acting;
    private final Links links;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Settings settings;

    PageQrPageResource(AccountGuard acting, Links links, PageFrames shells, ErrorPages errorPages, Settings settings) {
        this.acting = acting;
        this.links = links;
        this.shells = shells;
        this.errorPages = errorPages;
        this.settings = settings;
    }

    @GET
    @Path("{pageId}/qr")
    public Response show(
            @Context Call call, @PathParam("pageId") String pageId, @QueryParam("linkId") Optional<String> linkId) {
        return on(call, pageId, linkId, (context, found, shown) -> {
            var codes = new ArrayList<PageQrPage.Code>();
            codes.add(code(context, found.page(), Optional.empty(), shown));
            found.links().forEach(link -> codes.add(code(context, found.page(), Optional.of(link), shown)));
            PageQrPage.Code current = code(context, found.page(), shown, shown);
            return Html.ok(new PageQrPage(
                    shells.of(call, context, NavItem.PAGES, "QR codes"),
                    found.page().id().toString(),
                    found.page().name(),
                    current,
                    QrPicture.of(current.address()),
                    List.copyOf(codes)));
        });
    }

    @GET
    @Path("{pageId}/qr.svg")
    public Response svg(
            @Context Call call, @PathParam("pageId") String pageId, @QueryParam("linkId") Optional<String> linkId) {
        return on(
                call,
                pageId,
                linkId,
                (context, found, shown) ->
                        QrFile.svg(address(context, found.page(), shown), fileName(context, found.page(), shown)));
    }

    @GET
    @Path("{pageId}/qr.png")
    public Response png(
            @Context Call call, @PathParam("pageId") String pageId, @QueryParam("linkId") Optional<String> linkId) {
        return on(
                call,
                pageId,
                linkId,
                (context, found, shown) ->
                        QrFile.png(address(context, found.page(), shown), fileName(context, found.page(), shown)));
    }

    private interface Work {
        Response answer(AccountContext context, OnPage found, Optional<Link> shown);
    }

    private Response on(Call call, String pageId, Optional<String> linkId, Work work) {
        return acting.page(call, context -> {
            Optional<OnPage> found = PageId.parse(pageId).flatMap(id -> links.list(context, Optional.of(id)));
            Optional<Link> link = found.flatMap(page -> page.links().stream()
                    .filter(one -> linkId.equals(Optional.of(one.id().toString())))
                    .findFirst());
            return found.isEmpty() || linkId.isPresent() && link.isEmpty()
                    ? PageAnswers.unknownPage(call, errorPages)
                    : work.answer(context, found.get(), link);
        });
    }

    private PageQrPage.Code code(AccountContext context, Page page, Optional<Link> link, Optional<Link> shown) {
        return new PageQrPage.Code(
                link.map(Link::title).orElse("Page"),
                address(context, page, link),
                link.map(one -> "&linkId=" + one.id()).orElse(""),
                link.map(Link::id).equals(shown.map(Link::id)));
    }

    private String address(AccountContext context, Page page, Optional<Link> link) {
        return settings.baseUrl()
                + link.map(one -> "/go/" + one.id()).orElseGet(() -> PagesPageResource.publicPath(context, page));
    }

    private static String fileName(AccountContext context, Page page, Optional<Link> link) {
        return context.acting().username() + "-" + page.slug()
                + link.map(one -> "-" + one.id().toString().substring(24)).orElse("");
    }
}
