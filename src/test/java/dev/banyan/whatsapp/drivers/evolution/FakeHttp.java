package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.whatsapp.drivers.HeldCalls;
import dev.banyan.whatsapp.drivers.evolution.FakeFaults.Fault;

/// The HTTP server of the fake, and what goes wrong on the way.
final class FakeHttp {

    private final FakeFaults faults = new FakeFaults();
    private final HeldCalls held = new HeldCalls();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final FakeRoutes routes;
    private HttpServer server;
    private ExecutorService threads;

    FakeHttp(FakeRoutes routes) {
        this.routes = routes;
        listen(0);
    }

    private void listen(int port) {
        try {
            threads = Executors.newVirtualThreadPerTaskExecutor();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(threads);
            server.createContext("/", this::serve);
            server.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void kill() {
        server.stop(0);
        threads.shutdownNow();
    }

    void revive() {
        listen(server.getAddress().getPort());
    }

    void close() {
        faults.release();
        kill();
    }

    HeldCalls held() {
        return held;
    }

    FakeFaults faults() {
        return faults;
    }

    List<String> requests() {
        return requests;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] body = exchange.getRequestBody().readAllBytes();
        Optional<Fault> fault = faults.take(path);
        try {
            switch (fault.orElse(null)) {
                case null -> answer(exchange, answered(exchange, path, body));
                case Fault.Says(FakeAnswer said) -> answer(exchange, said);
                case Fault.DoesAndSays(FakeAnswer said) -> {
                    routes.handle(exchange, body);
                    answer(exchange, said);
                }
                case Fault.Hangs() -> faults.hang();
                case Fault.DoesAndHangs() -> {
                    routes.handle(exchange, body);
                    faults.hang();
                }
                case Fault.Closes() -> exchange.close();
                case Fault.DoesAndCloses() -> {
                    routes.handle(exchange, body);
                    exchange.close();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private FakeAnswer answered(HttpExchange exchange, String path, byte[] body)
            throws IOException, InterruptedException {
        held.pass();
        if (!path.startsWith("/message/")) {
            return routes.handle(exchange, body);
        }
        var message = new HeldCalls.Held(
                path.substring(path.lastIndexOf('/') + 1),
                FakeAnswer.JSON.readTree(body).path("text").asText());
        if (held.refuses(message)) {
            return FakeAnswer.error(500, "Connection Closed");
        }
        return held.send(
                message, () -> routes.handle(exchange, body), () -> FakeAnswer.error(500, "Internal Server Error"));
    }

    private static void answer(HttpExchange exchange, FakeAnswer answer) throws IOException {
        byte[] bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
