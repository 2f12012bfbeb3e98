package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.domains.HostFilter;
import dev.banyan.accounts.domains.Site;
import dev.banyan.analytics.Visit;
import dev.banyan.analytics.visitors.VisitorRequest;
import dev.banyan.platform.Language;
import dev.banyan.platform.StickyVisitor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.MeasuredAs;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.SetCookie;
import dev.banyan.platform.web.VisitorRedirect;
import dev.banyan.platform.web.gate.ClientAddress;
import dev.banyan.shortlinks.ShortLinkPasswords.Unlocking;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// `/l/{slug}`: redirects, or says why not.
@Path("/")
@RunOnVirtualThread
class RedirectResource {

    private static final String PREFIX = "/l/";
    /// Small QR codes hold capitals only, so they have the path in capitals, too.
    private static final String IN_CAPITALS = "/L/";

    private static final String PROOF = "banyan_link";

    private final Redirects redirects;
    private final VisitorPages pages;
    private final ClientAddress addresses;
    private final Settings settings;

    RedirectResource(Redirects redirects, VisitorPages pages, ClientAddress addresses, Settings settings) {
        this.redirects = redirects;
        this.pages = pages;
        this.addresses = addresses;
        this.settings = settings;
    }

    void register(@Observes Filters filters) {
        filters.register(this::answerAtOnce, FilterOrder.FROM_MEMORY);
    }

    private void answerAtOnce(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = RequestPath.of(request);
        HttpMethod method = request.method();
        if (path.startsWith(IN_CAPITALS)) {
            String query = query(request);
            context.reroute(PREFIX + path.substring(PREFIX.length()) + (query.isEmpty() ? "" : "?" + query));
            return;
        }
        if (path.startsWith(PREFIX) && (method == HttpMethod.GET || method == HttpMethod.HEAD)) {
            Optional<String> location = redirects.atOnce(
                    path.substring(PREFIX.length()),
                    query(request),
                    HostFilter.site(context).map(Site::owner),
                    visit(request),
                    method == HttpMethod.GET);
            if (location.isPresent()) {
                MeasuredAs.route(request, "/l/{slug}");
                VisitorRedirect.answer(request, location.get());
                return;
            }
        }
        context.next();
    }

    private static String query(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.query(), "");
    }

    private Visit visit(HttpServerRequest request) {
        return VisitorRequest.visit(request, addresses);
    }

    @GET
    @Path("l/{slug}")
    public Response follow(@PathParam("slug") String slug, @Context RoutingContext context) {
        HttpServerRequest request = context.request();
        String asked = slug.strip();
        if (!isHere(asked, context)) {
            return pages.page(new Decision.NotFound(), language(asked, context));
        }
        Optional<String> proof = Optional.ofNullable(request.getCookie(PROOF)).map(Cookie::getValue);
        return switch (redirects.follow(
                asked, query(request), visit(request), proof, visitor(request), request.method() == HttpMethod.GET)) {
            case Decision.Go(String target, String _) ->
                VisitorRedirect.to(target).build();
            case Decision.Elsewhere(String target) -> VisitorRedirect.to(target).build();
            case Decision.Opens(String target, StickyVisitor known) ->
                VisitorRedirect.to(target)
                        .header("Set-Cookie", SetCookie.sticky(PREFIX + asked, known, settings.isHttps()))
                        .build();
            case Decision other -> pages.page(other, language(asked, context));
        };
    }

    private Language language(String slug, RoutingContext context) {
        return redirects.language(slug, HostFilter.site(context).map(Site::owner));
    }

    /// Returns whether a short link is at the host that was asked: hosts of accounts have those of their account alone.
    private boolean isHere(String slug, RoutingContext context) {
        return HostFilter.site(context)
                .map(site -> redirects.isOf(slug, site.owner()))
                .orElse(true);
    }

    /// Returns the visitor by their own cookie, which is sent to this short link only.
    static StickyVisitor visitor(HttpServerRequest request) {
        return StickyVisitor.of(
                Optional.ofNullable(request.getCookie(StickyVisitor.COOKIE)).map(Cookie::getValue));
    }

    @POST
    @Path("l/{slug}")
    public Response unlock(
            @PathParam("slug") String slug,
            @FormParam("password") @DefaultValue("") String password,
            @Context RoutingContext context) {
        String asked = slug.strip();
        if (!isHere(asked, context)) {
            return pages.page(new Decision.NotFound(), language(asked, context));
        }
        return switch (redirects.unlock(asked, password, addresses.of(context.request()))) {
            case Unlocking.Done(String proof) ->
                back(asked, context.request())
                        .header(
                                "Set-Cookie",
                                SetCookie.below(
                                        PREFIX + asked, PROOF, proof, ShortLinkPasswords.UNLOCKED, settings.isHttps()))
                        .build();
            case Unlocking.Wrong _ -> pages.wrongPassword(language(asked, context));
            case Unlocking.TooMany(var pause) -> pages.tooMany(pause, language(asked, context));
            case Unlocking.NotLocked _
            when ShortSlugs.isFit(asked) -> back(asked, context.request()).build();
            case Unlocking.NotLocked _ -> pages.page(new Decision.NotFound(), language(asked, context));
        };
    }

    private static Response.ResponseBuilder back(String slug, HttpServerRequest request) {
        String query = query(request);
        return Response.status(Response.Status.SEE_OTHER)
                .header("Location", PREFIX + slug + (query.isEmpty() ? "" : "?" + query))
                .header("Cache-Control", "no-store");
    }
}
