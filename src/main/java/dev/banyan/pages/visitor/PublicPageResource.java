package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.ReservedNames;
import dev.banyan.accounts.domains.HostFilter;
import dev.banyan.accounts.domains.Site;
import dev.banyan.analytics.Event;
import dev.banyan.platform.Language;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.MeasuredAs;
import dev.banyan.platform.web.ReadyBytes;
import dev.banyan.platform.web.RequestPath;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Public pages at `/{username}` and `/{username}/{slug}`, also below `/public/`. Every view is counted, even if
/// nothing was sent because the browser had the page in its cache.
@Path("/")
@RunOnVirtualThread
class PublicPageResource {

    /// The metric name used when a resource answers with a page.
    private static final String MEASURED_AS = "/{username}";

    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9_-]{2,29}");

    private static final Pattern NAME_IN_PATH = Pattern.compile("^(/public)?/[^/]+");

    private record Said(HostFilter.Nothing why, Language language) {}

    private final PublicPages pages;
    private final PublicPageCache cache;
    private final PageDrawing drawing;
    private final PublicVisits visits;
    private final Map<Said, ReadyBytes> nothings = new ConcurrentHashMap<>();

    PublicPageResource(PublicPages pages, PublicPageCache cache, PageDrawing drawing, PublicVisits visits) {
        this.pages = pages;
        this.cache = cache;
        this.drawing = drawing;
        this.visits = visits;
    }

    void register(@Observes Filters filters) {
        filters.register(this::answerFromCache, FilterOrder.FROM_MEMORY);
    }

    private void answerFromCache(RoutingContext context) {
        Optional<HostFilter.Nothing> nothing = HostFilter.nothing(context);
        if (nothing.isPresent()) {
            MeasuredAs.route(context.request(), MEASURED_AS);
            Language language = HostFilter.site(context)
                    .flatMap(site -> site instanceof Site.Away away ? Optional.of(away.language()) : Optional.empty())
                    .orElse(Language.ENGLISH);
            nothings.computeIfAbsent(
                            new Said(nothing.get(), language), said -> drawing.nothing(said.why(), said.language()))
                    .answer(context.request());
            return;
        }
        HttpMethod method = context.request().method();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            Optional<PublicPageCache.Ready> kept = cache.find(RequestPath.of(context.request()));
            if (kept.isPresent()) {
                MeasuredAs.route(context.request(), MEASURED_AS);
                kept.get().bytes().answer(context.request());
                if (method == HttpMethod.GET) {
                    visits.happened(kept.get().view(), context.request());
                }
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
            throw new NotFoundException(); // one of our own addresses, such as /admin/nothing, never a page
        }
        if (!USERNAME.matcher(name).matches()) {
            return drawing.unknown(Language.ENGLISH).response(context.request());
        }
        String lower = path.toLowerCase(Locale.ROOT);
        if (!lower.equals(path)) {
            return sentTo(lower, Response.Status.MOVED_PERMANENTLY, context);
        }
        return switch (pages.page(path, username, slug)) {
            case PublicPages.Answer.Moved(String now) ->
                sentTo(NAME_IN_PATH.matcher(path).replaceFirst("/" + now), Response.Status.FOUND, context);
            case PublicPages.Answer.NoPage(ReadyBytes bytes) ->
                slug.filter(typed -> isFormer(typed, context)).isPresent()
                        ? sentTo("/" + name, Response.Status.FOUND, context)
                        : bytes.response(context.request());
            case PublicPages.Answer.Drawn(ReadyBytes bytes, Optional<Event.PageView> view) -> {
                if (context.request().method() == HttpMethod.GET) {
                    view.ifPresent(seen -> visits.happened(seen, context.request()));
                }
                yield bytes.response(context.request());
            }
        };
    }

    /// Returns whether a name at a host of an account was its username.
    private static boolean isFormer(String name, RoutingContext context) {
        return HostFilter.pages(context)
                .filter(site -> site.former().contains(name))
                .isPresent();
    }

    private static Response sentTo(String path, Response.Status status, RoutingContext context) {
        String query = context.request().query();
        return Response.status(status)
                .header("Location", query == null ? path : path + "?" + query)
                .build();
    }
}
