package dev.banyan.shortlinks;

import dev.banyan.analytics.Visit;
import dev.banyan.platform.web.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/// What a request says of the visitor who sent it.
final class VisitorRequest {

    private VisitorRequest() {}

    static Visit visit(HttpServerRequest request, ClientAddress addresses) {
        return new Visit(
                addresses.of(request),
                header(request, "User-Agent"),
                header(request, "Referer"),
                header(request, "Accept-Language"));
    }

    private static String header(HttpServerRequest request, String name) {
        return Objects.requireNonNullElse(request.getHeader(name), "");
    }
}
