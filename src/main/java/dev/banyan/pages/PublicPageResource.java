package dev.banyan.pages;

import dev.banyan.accounts.ReservedNames;
import dev.banyan.platform.Digests;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.ReadyBytes;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.SetCookie;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Public pages at `/{username}` and `/{username}/{slug}`, the same below `/public/`, and the way out of them at
/// `/go/{linkId}`.
@Path("/")
@RunOnVirtualThread
class PublicPageResource {

    /// Before the gate: a page from the cache needs nothing that the gate does.
    private static final int BEFORE_ALL = 2_000;

    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9_-]{2,29}");

    private static final String VISITOR = "banyan_visitor";
    private static final Pattern VISITOR_VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Duration REMEMBERED = Duration.ofDays(180);

    private final PublicPages pages;
    private final PublicPageCache cache;
    private final Settings settings;

    PublicPageResource(PublicPages pages, PublicPageCache cache, Settings settings) {
        this.pages = pages;
        this.cache = cache;
        this.settings = settings;
    }

    void register(@Observes Filters filters) {
        filters.register(this::answerFromCache, BEFORE_ALL);
    }

    private void answerFromCache(RoutingContext context) {
        HttpMethod method = context.request().method();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            Optional<ReadyBytes> kept = cache.find(RequestPath.of(context.request()));
            if (kept.isPresent()) {
                kept.get().answer(context.request());
                return;
            }
        }
        context.next();
    }

    @GET
    @Path("{username}")
    public Response defaultPage(@PathParam("username") String username, @Context RoutingContext context) {
        return answer(context, username, Optional.empty());
    }

    @GET
    @Path("{username}/{slug}")
    public Response page(
            @PathParam("username") String username, @PathParam("slug") String slug, @Context RoutingContext context) {
        return answer(context, username, Optional.of(slug));
    }

    @GET
    @Path("public/{username}")
    public Response publicDefaultPage(@PathParam("username") String username, @Context RoutingContext context) {
        return answer(context, username, Optional.empty());
    }

    @GET
    @Path("public/{username}/{slug}")
    public Response publicPage(
            @PathParam("username") String username, @PathParam("slug") String slug, @Context RoutingContext context) {
        return answer(context, username, Optional.of(slug));
    }

    private Response answer(RoutingContext context, String username, Optional<String> slug) {
        String path = RequestPath.of(context.request());
        String name = username.toLowerCase(Locale.ROOT);
        if (ReservedNames.contains(name)) {
            throw new NotFoundException(); // an address of ours, such as /admin/nothing, and never somebody's page
        }
        if (!USERNAME.matcher(name).matches()) {
            return pages.unknown().response(context.request());
        }
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.equals(path)
                ? pages.page(path, username, slug).response(context.request())
                : Response.status(Response.Status.MOVED_PERMANENTLY)
                        .header("Location", lower)
                        .build();
    }

    @GET
    @Path("go/{linkId}")
    public Response go(@PathParam("linkId") String linkId, @Context RoutingContext context) {
        boolean count = context.request().method() == HttpMethod.GET;
        PublicPages.Followed followed =
                LinkId.parse(linkId).map(id -> pages.follow(id, count)).orElseGet(PublicPages.Followed.Unknown::new);
        return switch (followed) {
            case PublicPages.Followed.To to ->
                Response.status(Response.Status.FOUND)
                        .header("Location", LinkUrls.forHeader(to.url()))
                        .header("Cache-Control", "no-store")
                        .header("Referrer-Policy", "strict-origin-when-cross-origin")
                        .build();
            case PublicPages.Followed.Unknown _ -> pages.unknown().response(context.request());
            case PublicPages.Followed.NotInPlan _ -> pages.notInPlan().response(context.request());
            case PublicPages.Followed.Unavailable _ -> pages.unavailable().response(context.request());
        };
    }

    /// To a number that answers for a page. Which one is remembered by the visitor alone, in a cookie that comes back
    /// to this address only.
    @GET
    @Path("go/wa/{pageId}")
    public Response messageUs(@PathParam("pageId") String pageId, @Context RoutingContext context) {
        boolean count = context.request().method() == HttpMethod.GET;
        Optional<String> known = Optional.ofNullable(context.request().getCookie(VISITOR))
                .map(Cookie::getValue)
                .filter(value -> VISITOR_VALUE.matcher(value).matches());
        String visitor = known.orElseGet(Digests::newToken);
        PublicPages.Answering answering = PageId.parse(pageId)
                .map(id -> pages.answering(id, visitor, count))
                .orElseGet(PublicPages.Answering.Unknown::new);
        return switch (answering) {
            case PublicPages.Answering.At(String address) -> {
                var answer = Response.status(Response.Status.FOUND)
                        .header("Location", address)
                        .header("Cache-Control", "no-store")
                        .header("Referrer-Policy", "strict-origin-when-cross-origin");
                yield known.isPresent()
                        ? answer.build()
                        : answer.header(
                                        "Set-Cookie",
                                        SetCookie.below("/go/wa", VISITOR, visitor, REMEMBERED, settings.isHttps()))
                                .build();
            }
            case PublicPages.Answering.Unknown _ -> pages.unknown().response(context.request());
            case PublicPages.Answering.Unavailable _ -> pages.unavailable().response(context.request());
            case PublicPages.Answering.NotInPlan _ -> pages.notInPlan().response(context.request());
            case PublicPages.Answering.Nobody _ -> pages.unreachable().response(context.request());
        };
    }
}
