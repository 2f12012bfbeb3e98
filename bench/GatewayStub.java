import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A gateway in a process of its own that has all numbers and takes everything at once: Meta's Cloud API below `/v26.0`,
/// WAHA below `/api`. It answers what the drivers ask for, and says nothing by itself.
final class GatewayStub {

    private static final AtomicLong SENT = new AtomicLong();
    /// By the second in which they came.
    private static final Map<Long, LongAdder> REQUESTS = new ConcurrentHashMap<>();
    private static volatile boolean down;

    public static void main(String... args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int sessions = Integer.parseInt(args[1]);
        String all = IntStream.range(0, sessions)
                .mapToObj(GatewayStub::session)
                .collect(Collectors.joining(",", "[", "]"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, all));
        server.start();
        Thread.sleep(Long.MAX_VALUE);
    }

    private static void answer(HttpExchange exchange, String sessions) throws IOException {
        byte[] body;
        try (var request = exchange.getRequestBody()) {
            body = request.readAllBytes();
        }
        String path = exchange.getRequestURI().getPath();
        REQUESTS.computeIfAbsent(System.nanoTime() / 1_000_000_000L, _ -> new LongAdder()).increment();
        boolean isAway = down && path.startsWith("/api");
        byte[] answer = (isAway ? "{}" : text(path, body.length, sessions)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(isAway ? 503 : 200, answer.length);
        try (var out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    private static String text(String path, int length, String sessions) {
        if (path.startsWith("/v26.0")) {
            return path.endsWith("/messages") && length > 0 ? sent() : cloudNumber();
        }
        return switch (path) {
            case "/readyz" -> "{}";
            case "/busiest" ->
                Long.toString(REQUESTS.values().stream().mapToLong(LongAdder::sum).max().orElse(0));
            case "/forget" -> {
                REQUESTS.clear();
                yield "{}";
            }
            case "/down", "/up" -> {
                down = path.equals("/down");
                yield "{}";
            }
            case "/api/server/version" -> "{\"version\":\"2026.8.1\",\"engine\":\"GOWS\",\"tier\":\"CORE\"}";
            case "/api/sessions" -> sessions;
            case "/api/contacts/check-exists" -> "{\"numberExists\":true}";
            default ->
                path.startsWith("/api/sessions/")
                        ? session(Integer.parseInt(path.substring("/api/sessions/".length()).split("/")[0].substring(4)))
                        : "[]";
        };
    }

    private static String sent() {
        return "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"971500000101\",\"wa_id\":\"971500000101\"}],"
                + "\"messages\":[{\"id\":\"wamid." + SENT.incrementAndGet() + "\",\"message_status\":\"accepted\"}]}";
    }

    private static String cloudNumber() {
        return "{\"id\":\"300000000000001\",\"display_phone_number\":\"+971 50 000 0100\",\"status\":\"CONNECTED\","
                + "\"quality_rating\":\"GREEN\",\"data\":[]}";
    }

    /// Named as the numbers of [SendingRows].
    private static String session(int number) {
        return "{\"name\":\"wa_7" + number + "\",\"status\":\"WORKING\",\"me\":{\"id\":\"9715" + (20_000_000 + number)
                + "@c.us\",\"pushName\":\"Bench\"},\"config\":{},\"engine\":{\"engine\":\"GOWS\",\"grpc\":{\"client\":\"READY\","
                + "\"stream\":\"READY\"},\"gows\":{\"found\":true,\"connected\":true}}}";
    }
}
