package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.config.Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/// Finds the real origin of a request. `X-Forwarded-For` counts only if the peer is a trusted proxy, and then from its
/// end: everything before the last untrusted address is unverified.
@Singleton
public record ClientAddress(Settings settings) {

    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");

    public String of(HttpServerRequest request) {
        // The peer of the connection itself: Vert.x would look in all headers for an address that the request claims.
        String peer = request.connection().remoteAddress().hostAddress();
        return request.headers().contains(FORWARDED_FOR)
                ? of(peer, request.headers().getAll(FORWARDED_FOR))
                : shortened(peer);
    }

    /// @param forwarded in the order of their lines: some proxies add a line, below one that the visitor may have
    ///     invented
    String of(String peer, List<String> forwarded) {
        String address = peer;
        String[] hops = String.join(",", forwarded).split(",", -1);
        for (int i = hops.length - 1; i >= 0 && settings.isProxy(address); i--) {
            if (hops[i].isBlank()) {
                break; // the value does not say who sent it
            }
            address = hops[i].strip();
        }
        return shortened(address);
    }

    private static String shortened(String address) {
        return address.length() > 45 ? address.substring(0, 45) : address;
    }

    /// Returns true for a request from a program on this machine. Requests through a proxy carry the header. Those of a
    /// browser may come from any site whose name was made to resolve to this machine, but they carry that name.
    public boolean isLoopback(HttpServerRequest request) {
        return request.getHeader(FORWARDED_FOR) == null
                && InetAddress.ofLiteral(request.remoteAddress().hostAddress()).isLoopbackAddress()
                && isLoopback(Objects.requireNonNullElse(request.getHeader(HttpHeaders.HOST), ""));
    }

    static boolean isLoopback(String host) {
        String name = host.replaceFirst(":[0-9]*$", "");
        return name.equalsIgnoreCase("localhost")
                || Parse.of(name.replaceAll("^\\[|]$", ""), InetAddress::ofLiteral)
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }
}
