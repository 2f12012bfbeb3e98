package dev.banyan.pages.visitor;

import dev.banyan.pages.PageId;
import dev.banyan.platform.config.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What search engines ask first: what they may read, and where the pages are.
@Path("/")
@RunOnVirtualThread
class SiteListResource {

    private static final String XML = "application/xml; charset=utf-8";
    private static final String SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static final String KEPT = "public, max-age=3600";

    private final SiteLists lists;
    private final Settings settings;

    SiteListResource(SiteLists lists, Settings settings) {
        this.lists = lists;
        this.settings = settings;
    }

    /// Pages are for everybody; the ways out of them are counted, and nobody is behind the rest.
    @GET
    @Path("robots.txt")
    public Response robots() {
        String text = """
                User-agent: *
                Disallow: /api/
                Disallow: /go/
                Disallow: /l/
                Disallow: /s/
                %s
                %s
                %s

                Sitemap: %s/sitemap.xml
                """.formatted(area("admin"), area("operator"), area("projects"), settings.baseUrl());
        return Response.ok(text)
                .type("text/plain; charset=utf-8")
                .header("Cache-Control", KEPT)
                .build();
    }

    /// A rule is the beginning of addresses: `/admin` alone would hide the page of `/adminton`, too.
    private static String area(String name) {
        return "Disallow: /%1$s$\nDisallow: /%1$s/\nDisallow: /%1$s?".formatted(name);
    }

    @GET
    @Path("sitemap.xml")
    public Response index() {
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

    /// Written as it is read: nobody holds fifty thousand addresses for it.
    ///
    /// @param list the last page of the list before, or `first`
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
            // Usernames are letters, digits, hyphens and underscores: nothing of XML is among them.
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
