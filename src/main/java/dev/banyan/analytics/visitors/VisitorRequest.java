package dev.banyan.analytics.visitors;

import module java.base;
import dev.banyan.analytics.UtmFields;
import dev.banyan.analytics.Visit;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.gate.ClientAddress;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// Reads the details of the visitor from a request.
@Exempt(
        from = "onlyResourcesSpeakHttp",
        because = "reads visitor details from requests for resources of three packages")
public final class VisitorRequest {

    private VisitorRequest() {}

    public static Visit visit(HttpServerRequest request, ClientAddress addresses) {
        return new Visit(
                addresses.of(request),
                header(request, HttpHeaders.USER_AGENT),
                header(request, HttpHeaders.REFERER),
                header(request, HttpHeaders.ACCEPT_LANGUAGE),
                UtmFields.of(Objects.requireNonNullElse(request.query(), "")));
    }

    private static String header(HttpServerRequest request, CharSequence name) {
        return Objects.requireNonNullElse(request.getHeader(name), "");
    }
}
