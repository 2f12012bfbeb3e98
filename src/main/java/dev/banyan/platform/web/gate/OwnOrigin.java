package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.config.Settings;
import io.vertx.core.http.HttpServerRequest;

/// Checks if the `Origin` that a browser sends is this server: the host that the request was sent to, or the public
/// one.
public final class OwnOrigin {

    private OwnOrigin() {}

    /// Returns whether a browser reports another site as the source, in `Sec-Fetch-Site`; empty if it reports nothing.
    public static Optional<Boolean> isOtherSite(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Sec-Fetch-Site"))
                .map(site -> !site.equals("same-origin") && !site.equals("none"));
    }

    public static boolean is(String origin, HttpServerRequest request, Settings settings) {
        return Parse.of(origin, URI::create)
                .map(URI::getRawAuthority)
                .filter(authority -> authority.equalsIgnoreCase(request.getHeader("Host"))
                        || authority.equalsIgnoreCase(settings.publicHost()))
                .isPresent();
    }
}
