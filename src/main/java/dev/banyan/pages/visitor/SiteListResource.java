package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.domains.HostFilter;
import dev.banyan.accounts.domains.Site;
import dev.banyan.pages.PageId;
import dev.banyan.platform.Language;
import dev.banyan.platform.config.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

/// The files that programs ask for by a fixed name: robots.txt, the sitemaps, and the icon of an account's host.
@Path("/")
@RunOnVirtualThread
class SiteListResource {

    private static final String XML = "application/xml; charset=utf-8";
    private static final String SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static final String KEPT = "public, max-age=3600";

    private final SiteLists lists;
    private final PublicContents contents;
    private final PageCards cards;
    private final PageDrawing drawing;
    private final Settings settings;

    SiteListResource(
            SiteLists lists, PublicContents contents, PageCards cards, PageDrawing drawing, Settings settings) {
        this.lists = lists;
        this.contents = contents;
        this.cards = cards;
        this.drawing = drawing;
        this.settings = settings;
    }

    @GET
    @Path("favicon.ico")
    public Response icon(@Context RoutingContext context) {
        return HostFilter.pages(context)
                .flatMap(contents::home)
                .map(cards::icon)
                .orElseGet(() -> drawing.unknown(Language.ENGLISH))
                .response(context.request());
    }

    /// Pages may be indexed. The ways out of them are excluded because they are counted, and all other areas are
    /// private. Chats make previews of where short links lead, so those may be fetched; a header keeps them out of
    /// searches.
    @GET
    @Path("robots.txt")
    public Response robots(@Context RoutingContext context) {
        String text = """
                User-agent: *
                Disallow: /api/
                Disallow: /go/
                Disallow: /s/
                %s
                %s
                %s

                Sitemap: %s/sitemap.xml
                """.formatted(
                        area("admin"),
                        area("operator"),
                        area("projects"),
                        HostFilter.pages(context).map(Site.Pages::origin).orElse(settings.baseUrl()));
        return Response.ok(text)
                .type("text/plain; charset=utf-8")
                .header("Cache-Control", KEPT)
                .build();
    }

    /// Returns the path of an area. A rule is a prefix: `/admin` alone would also hide the page of `/adminton`.
    private static String area(String name) {
        return "Disallow: /%1$s$\nDisallow: /%1$s/\nDisallow: /%1$s?".formatted(name);
    }

    @GET
    @Path("sitemap.xml")
    public Response index(@Context RoutingContext context) {
        return HostFilter.pages(context).map(this::atHost).orElseGet(this::index);
    }

    /// Lists the pages at a host of an account.
    private Response atHost(Site.Pages site) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"" + SCHEMA + "\">\n");
        lists.at(site)
                .forEach(page -> xml.append("<url><loc>")
                        .append(page.url())
                        .append("</loc><lastmod>")
                        .append(page.updatedAt())
                        .append("</lastmod></url>\n"));
        return Response.ok(xml.append("</urlset>\n").toString())
                .type(XML)
                .header("Cache-Control", KEPT)
                .build();
    }

    private Response index() {
        var xml = new StringBuilder(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"" + SCHEMA + "\">\n");
        lists.starts()
                .forEach(after -> xml.append("<sitemap><loc>")
                        .append(settings.baseUrl())
                        .append("/sitemap/")
                        .append(after.map(PageId::toString).orElse("first"))
                        .append(".xml</loc></sitemap>\n"));
        return Response.ok(xml.append("</sitemapindex>\n").toString())
                .type(XML)
                .header("Cache-Control", KEPT)
                .build();
    }

    /// Streams a sitemap, because it would be large in memory with fifty thousand addresses.
    ///
    /// @param list the last page of the previous list, or `first`
    @GET
    @Path("sitemap/{list}.xml")
    public Response list(@PathParam("list") String list) {
        Optional<PageId> after = PageId.parse(list);
        if (after.isEmpty() && !list.equals("first")) {
            throw new NotFoundException();
        }
        StreamingOutput pages = out -> {
            out.write(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"" + SCHEMA + "\">\n")
                    .getBytes(StandardCharsets.UTF_8));
            // Usernames consist of letters, digits, hyphens and underscores, so they need no escaping in XML.
            lists.each(
                    after,
                    page -> out.write(("<url><loc>" + settings.baseUrl() + "/" + page.username() + "</loc><lastmod>"
                                    + page.updatedAt() + "</lastmod></url>\n")
                            .getBytes(StandardCharsets.UTF_8)));
            out.write("</urlset>\n".getBytes(StandardCharsets.UTF_8));
        };
        return Response.ok(pages).type(XML).header("Cache-Control", KEPT).build();
    }
}
