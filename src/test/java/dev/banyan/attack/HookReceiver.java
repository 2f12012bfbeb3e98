package dev.banyan.attack;

import module java.base;
import com.sun.net.httpserver.HttpServer;

/// A program that receives webhooks.
public final class HookReceiver implements AutoCloseable {

    private static final Pattern TYPE = Pattern.compile("^\\{\"type\":\"([a-z_.]+)\"");

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public HookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
    }

    public List<String> bodies() {
        return List.copyOf(bodies);
    }

    /// Returns the types of the events that have arrived.
    public List<String> types() {
        return bodies.stream()
                .map(TYPE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
