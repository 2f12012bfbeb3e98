package dev.banyan.browser;

import module java.base;
import com.sun.net.httpserver.HttpServer;

/// Replaces the internet: all names ending with `.example` lead here, over plain HTTP, and no other names resolve.
/// Playwright could intercept requests, but not redirects, which go to the real network.
final class Outside implements AutoCloseable {

    private static final byte[] WORDS = "Outside".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    private Outside(HttpServer server) {
        this.server = server;
    }

    static Outside open() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, WORDS.length);
                    exchange.getResponseBody().write(WORDS);
                }
            });
            server.start();
            return new Outside(server);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// Returns the value of Chromium's `--host-resolver-rules`.
    String asResolverRules() {
        return "MAP *.example 127.0.0.1:" + port() + ", MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
