package dev.banyan.platform.web.gate;

import dev.banyan.platform.config.Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/// Where a request really comes from. `X-Forwarded-For` counts only when the peer is a trusted proxy, and then from its
/// end: what stands before the first untrusted address is hearsay.
@Singleton
public final class ClientAddress {

    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");

    private final Settings settings;

    ClientAddress(Settings settings) {
        this.settings = settings;
    }

    public String of(HttpServerRequest request) {
        // Of the connection: what a request says itself, Vert.x looks for in all its headers.
        String peer = request.connection().remoteAddress().hostAddress();
        return request.headers().contains(FORWARDED_FOR)
                ? of(peer, request.headers().getAll(FORWARDED_FOR))
                : shortened(peer);
    }

    /// @param forwarded in the order of their lines: some proxies add a line, below one that the visitor may have
    /// invented
    String of(String peer, List<String> forwarded) {
        String address = peer;
        String[] hops = String.join(",", forwarded).split(",", -1);
        for (int i = hops.length - 1; i >= 0 && settings.trustedProxies().contains(address); i--) {
            if (hops[i].isBlank()) {
                break; // whoever wrote that told nothing
            }
            address = hops[i].strip();
        }
        return shortened(address);
    }

    private static String shortened(String address) {
        return address.length() > 45 ? address.substring(0, 45) : address;
    }

    /// True for a request that a program on this machine makes. Requests of a proxy carry the header. Those of a
    /// browser
    /// may come from any site whose name was made to lead here, but they say that name.
    public boolean isLoopback(HttpServerRequest request) {
        return request.getHeader(FORWARDED_FOR) == null
                && InetAddress.ofLiteral(request.remoteAddress().hostAddress()).isLoopbackAddress()
                && isLoopback(Objects.requireNonNullElse(request.getHeader(HttpHeaders.HOST), ""));
    }

    static boolean isLoopback(String host) {
        String name = host.replaceFirst(":[0-9]*$", "");
        try {
            return name.equalsIgnoreCase("localhost")
                    || InetAddress.ofLiteral(name.replaceAll("^\\[|]$", "")).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
