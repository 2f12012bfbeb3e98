package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.accounts.domains.PageAddress;
import dev.banyan.pages.Link;
import dev.banyan.pages.Links;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.PageId;
import dev.banyan.pages.looks.Appearances;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.QrFile;
import dev.banyan.platform.web.page.QrForm;
import dev.banyan.platform.web.page.QrLook;
import dev.banyan.platform.web.page.QrPicture;
import dev.banyan.themes.Picture;
import dev.banyan.themes.PictureUse;
import dev.banyan.themes.Pictures;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// QR codes of a page and its links, on a page and as files. The code of a link leads through our redirect, so that it
/// is counted and can be changed after printing.
@Path("/admin/pages")
@RunOnVirtualThread
class PageQrPageResource {

    private final Links links;
    private final Domains domains;
    private final Appearances appearances;
    private final Pictures pictures;

    PageQrPageResource(Links links, Domains domains, Appearances appearances, Pictures pictures) {
        this.links = links;
        this.domains = domains;
        this.appearances = appearances;
        this.pictures = pictures;
    }

    @GET
    @Path("{pageId}/qr")
    public Response show(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @QueryParam("linkId") Optional<String> linkId) {
        Asked asked = find(request, pageId, linkId);
        Page page = asked.found().page();
        PageAddress at = at(request.context(), page);
        Optional<Link> shown = asked.shown();
        var codes = new ArrayList<PageQrPage.Code>();
        codes.add(code(at, Optional.empty(), shown));
        asked.found().links().forEach(link -> codes.add(code(at, Optional.of(link), shown)));
        PageQrPage.Code current = code(at, shown, shown);
        FieldErrors errors = asked.qr().errors();
        var answer = new PageQrPage(
                request.frame(NavItem.PAGES, page.name() + " – QR codes"),
                page.id().toString(),
                page.name(),
                current,
                QrPicture.of(scanned(at, shown), asked.qr().logo()),
                asked.qr(),
                errors,
                List.copyOf(codes));
        return errors.any() ? Html.invalid(answer) : Html.ok(answer);
    }

    @GET
    @Path("{pageId}/qr.svg")
    public Response svg(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @QueryParam("linkId") Optional<String> linkId) {
        Asked asked = find(request, pageId, linkId);
        Page page = asked.found().page();
        return QrFile.svg(
                scanned(at(request.context(), page), asked.shown()),
                look(request, asked.qr()),
                fileName(request.context(), page, asked.shown()));
    }

    @GET
    @Path("{pageId}/qr.png")
    public Response png(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @QueryParam("linkId") Optional<String> linkId) {
        Asked asked = find(request, pageId, linkId);
        Page page = asked.found().page();
        return QrFile.png(
                scanned(at(request.context(), page), asked.shown()),
                look(request, asked.qr()),
                fileName(request.context(), page, asked.shown()));
    }

    private QrLook look(AccountPage request, QrForm qr) {
        FieldErrors errors = qr.errors();
        if (errors.any()) {
            throw request.refused(422, "QR code not created", errors.of(errors.first()));
        }
        return qr.look(pictures::read);
    }

    /// The page whose codes are asked for, the link that is shown, and how they are drawn.
    private record Asked(OnPage found, Optional<Link> shown, QrForm qr) {}

    private Asked find(AccountPage request, String pageId, Optional<String> linkId) {
        OnPage found = PageId.parse(pageId)
                .flatMap(id -> links.list(request.context(), Optional.of(id)))
                .orElseThrow(() -> PageAnswers.unknownPage(request));
        Optional<Link> link = found.links().stream()
                .filter(one -> linkId.equals(Optional.of(one.id().toString())))
                .findFirst();
        if (linkId.isPresent() && link.isEmpty()) {
            throw PageAnswers.unknownPage(request);
        }
        return new Asked(found, link, QrForm.of(request::query, logo(request, found.page())));
    }

    /// Returns the path of the page's logo, or of its picture.
    private Optional<String> logo(AccountPage request, Page page) {
        return appearances
                .find(request.context(), Optional.of(page.id()))
                .flatMap(shown -> Stream.of(PictureUse.LOGO, PictureUse.AVATAR)
                        .flatMap(use -> shown.look().media(use).stream())
                        .filter(Picture::isHere)
                        .findFirst())
                .map(Picture::path);
    }

    private static PageQrPage.Code code(PageAddress at, Optional<Link> link, Optional<Link> shown) {
        return new PageQrPage.Code(
                link.map(Link::title).orElse("Page"),
                address(at, link),
                link.map(Link::url).orElseGet(at::url),
                link.map(one -> one.id().toString()),
                link.map(one -> "&linkId=" + one.id()).orElse(""),
                link.map(Link::id).equals(shown.map(Link::id)));
    }

    private PageAddress at(AccountContext context, Page page) {
        return PagesPageResource.address(domains.hostsOf(context.owner()), context, page);
    }

    private static String address(PageAddress at, Optional<Link> link) {
        return link.map(one -> at.origin() + "/go/" + one.id()).orElseGet(at::url);
    }

    /// Returns what a code says. A scan of a page's code is told from other visits; a link's clicks are counted alike.
    private static String scanned(PageAddress at, Optional<Link> link) {
        return address(at, link) + (link.isPresent() ? "" : QrPicture.SCANNED);
    }

    private static String fileName(AccountContext context, Page page, Optional<Link> link) {
        return context.acting().username() + "-" + page.slug()
                + link.map(one -> "-" + one.id().toString().substring(24)).orElse("");
    }
}
