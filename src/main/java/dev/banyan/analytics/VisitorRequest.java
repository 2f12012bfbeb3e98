package dev.banyan.analytics;

import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.gate.ClientAddress;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/// What a request says of the visitor who sent it.
@Exempt(
        from = "onlyResourcesSpeakHttp",
        because = "reads what requests say of visitors, for resources of three packages")
public final class VisitorRequest {

    private VisitorRequest() {}

    public static Visit visit(HttpServerRequest request, ClientAddress addresses) {
        return new Visit(
                addresses.of(request),
                header(request, HttpHeaders.USER_AGENT),
                header(request, HttpHeaders.REFERER),
                header(request, HttpHeaders.ACCEPT_LANGUAGE));
    }

    private static String header(HttpServerRequest request, CharSequence name) {
        return Objects.requireNonNullElse(request.getHeader(name), "");
    }
}
