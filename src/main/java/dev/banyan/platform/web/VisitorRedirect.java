package dev.banyan.platform.web;

import dev.banyan.platform.WebAddresses;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;

/// Leads a visitor to an address elsewhere. Never stored, because each visit is counted; the address learns from which
/// server the visitor came, and not from which page. Programs may follow it, and shall not list it.
public final class VisitorRedirect {

    private static final String ORIGIN = "strict-origin-when-cross-origin";

    private static final String ROBOTS = "X-Robots-Tag";
    private static final String UNLISTED = "noindex";

    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence ORIGIN_ALONE = HttpHeaders.createOptimized(ORIGIN);
    private static final CharSequence ROBOTS_TAG = HttpHeaders.createOptimized(ROBOTS);
    private static final CharSequence NO_INDEX = HttpHeaders.createOptimized(UNLISTED);
    private static final CharSequence NOTHING = HttpHeaders.createOptimized("0");

    private VisitorRedirect() {}

    /// Sends the redirect at once, bypassing all resources.
    ///
    /// @param location see [WebAddresses#forHeader]
    public static void answer(HttpServerRequest request, String location) {
        var response = request.response().setStatusCode(302);
        response.headers()
                .set(HttpHeaders.LOCATION, location)
                .set(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .set(REFERRER_POLICY, ORIGIN_ALONE)
                .set(ROBOTS_TAG, NO_INDEX)
                .set(HttpHeaders.CONTENT_LENGTH, NOTHING);
        response.end();
    }

    /// Returns the same as the response of a resource.
    ///
    /// @param target a valid URL
    public static Response.ResponseBuilder to(String target) {
        return Response.status(Response.Status.FOUND)
                .header("Location", WebAddresses.forHeader(target))
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", ORIGIN)
                .header(ROBOTS, UNLISTED);
    }
}
