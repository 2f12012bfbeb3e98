import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A WAHA with three numbers that takes its time for each message, and breaks as a run of [GatewayFaults] says. It
/// speaks WAHA's protocol over real HTTP, and knows what WhatsApp's people have seen: a message with an id that was
/// there already is the same message to them.
final class SlowGateway implements AutoCloseable {

    /// What a number says about itself.
    private enum State {
        WORKING,
        FAILED,
        SCAN_QR_CODE
    }

    /// What WhatsApp took.
    ///
    /// @param wire its id there
    record Taken(String session, String chat, String text, String wire, Instant at) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Duration slowness;
    private final boolean takesIds;
    private final boolean forgets;
    private final int port;
    /// By session.
    private final Map<String, String> phones;
    private final Set<String> banned = ConcurrentHashMap.newKeySet();
    private final Map<String, State> sessions = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> underWay = new ConcurrentHashMap<>();
    /// Of WhatsApp: never forgotten.
    private final ConcurrentLinkedQueue<Taken> taken = new ConcurrentLinkedQueue<>();
    /// Of the gateway.
    private final ConcurrentLinkedQueue<Taken> remembered = new ConcurrentLinkedQueue<>();
    private volatile HttpServer server;
    private volatile ExecutorService threads;
    private volatile boolean hangs;
    private volatile boolean fails;
    private volatile boolean takesAtOnce;
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private int wires;

    /// @param takesIds whether a message may bring its own id
    /// @param forgets whether it remembers nothing of what it took before it died
    SlowGateway(Map<String, String> phones, Duration slowness, boolean takesIds, boolean forgets) throws IOException {
        this.slowness = slowness;
        this.takesIds = takesIds;
        this.forgets = forgets;
        this.port = Children.freePort();
        this.phones = Map.copyOf(phones);
        phones.keySet().forEach(name -> sessions.put(name, State.WORKING));
        phones.keySet().forEach(name -> underWay.put(name, ConcurrentHashMap.newKeySet()));
        start();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    private void start() throws IOException {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    // What goes wrong.

    /// From now on, WhatsApp has a message as soon as the gateway has it, and the answer takes as long as before.
    void takesAtOnce() {
        takesAtOnce = true;
    }

    void dies() {
        threads.shutdownNow();
        server.stop(0);
        if (forgets) {
            remembered.clear();
        }
        underWay.values().forEach(Set::clear);
    }

    void comesBack() throws IOException {
        start();
    }

    void hangs(boolean does) {
        hangs = does;
    }

    void fails(boolean does) {
        fails = does;
    }

    /// It never works again.
    void isBanned(String session) {
        banned.add(session);
        sessions.put(session, State.FAILED);
    }

    /// The device was removed on the phone. Once it is linked anew, it shows a code.
    void isLoggedOut(String session) {
        sessions.put(session, State.FAILED);
    }

    /// The phone scans the code.
    ///
    /// @return false if none is shown
    boolean isScanned(String session) {
        return sessions.replace(session, State.SCAN_QR_CODE, State.WORKING);
    }

    // What a run looks at.

    int underWay() {
        return underWay.values().stream().mapToInt(Set::size).sum();
    }

    int underWay(String session) {
        return underWay.get(session).size();
    }

    /// Returns how many messages got an error instead of an answer.
    int failed() {
        return failed.size();
    }

    int taken() {
        return taken.size();
    }

    /// Returns how many different texts have arrived.
    long texts() {
        return taken.stream().map(Taken::text).distinct().count();
    }

    /// Returns how many texts arrived more than once.
    int doubled() {
        var seen = new ConcurrentHashMap<String, Set<String>>();
        taken.forEach(one -> seen.computeIfAbsent(one.text(), _ -> new HashSet<>()).add(one.session() + one.wire()));
        return (int) seen.values().stream().filter(ids -> ids.size() > 1).count();
    }

    @Override
    public void close() {
        dies();
    }

    // The protocol.

    private void answer(HttpExchange exchange) {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            waitWhileItHangs();
            String path = exchange.getRequestURI().getPath();
            if (fails) {
                if (path.equals("/api/sendText")) {
                    failed.add(JSON.readTree(body).path("text").asText());
                }
                say(exchange, 500, "{\"statusCode\":500,\"exception\":{\"message\":\"Internal server error\"}}");
                return;
            }
            if (path.equals("/api/sendText")) {
                send(exchange, JSON.readTree(body));
            } else {
                say(exchange, path, exchange.getRequestURI().getQuery());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it dies
        } catch (IOException _) {
            // The caller is gone, or the gateway is.
        }
    }

    private void send(HttpExchange exchange, JsonNode body) throws IOException, InterruptedException {
        String session = body.path("session").asText();
        String chat = body.path("chatId").asText();
        String text = body.path("text").asText();
        if (sessions.get(session) != State.WORKING) {
            say(exchange, 422, unexpected(session));
            return;
        }
        String wire = takesIds && body.hasNonNull("id") ? body.path("id").asText() : newWire();
        // Half of the messages are at WhatsApp before the gateway has its answer.
        boolean isEarly = takesAtOnce || text.hashCode() % 2 == 0;
        Set<String> here = underWay.get(session);
        here.add(text);
        try {
            if (isEarly) {
                take(new Taken(session, chat, text, wire, Instant.now()));
            }
            TimeUnit.MILLISECONDS.sleep(slowness.toMillis());
            waitWhileItHangs();
            if (sessions.get(session) != State.WORKING) {
                say(
                        exchange,
                        isEarly ? 500 : 422,
                        isEarly
                                ? "{\"statusCode\":500,\"exception\":{\"message\":\"context canceled\"}}"
                                : unexpected(session));
                return;
            }
            if (!isEarly) {
                take(new Taken(session, chat, text, wire, Instant.now()));
            }
            say(exchange, 201, "{\"id\":\"true_" + chat + "_" + wire + "\",\"_data\":null}");
        } finally {
            here.remove(text);
        }
    }

    private String unexpected(String session) {
        return "{\"error\":\"Session status is not as expected\",\"status\":\"" + sessions.get(session) + "\"}";
    }

    private void waitWhileItHangs() throws InterruptedException {
        while (hangs) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void take(Taken one) {
        taken.add(one);
        remembered.add(one);
    }

    private synchronized String newWire() {
        return String.format("3EB0%016X", ++wires);
    }

    private void say(HttpExchange exchange, String path, String query) throws IOException {
        String[] parts = path.substring(1).split("/");
        if (path.equals("/api/server/version")) {
            say(
                    exchange,
                    200,
                    "{\"version\":\"2026.9.2\",\"engine\":\"" + (takesIds ? "GOWS" : "WEBJS") + "\",\"tier\":\"CORE\"}");
        } else if (path.equals("/api/sessions")) {
            say(
                    exchange,
                    200,
                    JSON.writeValueAsString(
                            sessions.keySet().stream().sorted().map(this::session).toList()));
        } else if (path.endsWith("/start") || path.endsWith("/restart")) {
            if (!banned.contains(parts[2])) {
                sessions.replace(parts[2], State.FAILED, State.SCAN_QR_CODE);
            }
            say(exchange, 200, JSON.writeValueAsString(session(parts[2])));
        } else if (path.endsWith("/auth/qr")) {
            say(exchange, 200, "{\"value\":\"2@code-of-the-bench\"}");
        } else if (path.startsWith("/api/sessions/")) {
            say(exchange, 200, JSON.writeValueAsString(session(parts[2])));
        } else if (path.equals("/api/contacts/check-exists")) {
            say(exchange, 200, "{\"numberExists\":true}");
        } else if (parts.length >= 5 && parts[2].equals("chats") && parts[4].equals("messages")) {
            messages(exchange, parts, query == null ? "" : query);
        } else {
            say(exchange, 200, "[]");
        }
    }

    private void messages(HttpExchange exchange, String[] parts, String query) throws IOException {
        if (sessions.get(parts[1]) != State.WORKING) {
            say(exchange, 422, unexpected(parts[1]));
            return;
        }
        List<Map<String, Object>> rows = remembered.stream()
                .filter(one -> one.session().equals(parts[1]))
                .filter(one -> parts[3].equals("all") || one.chat().equals(parts[3]))
                .map(SlowGateway::row)
                .toList();
        if (parts.length > 5) {
            var found = rows.stream().filter(row -> row.get("id").equals(parts[5])).findFirst();
            say(exchange, found.isPresent() ? 200 : 404, found.isPresent() ? JSON.writeValueAsString(found.get()) : "{}");
        } else {
            say(exchange, 200, query.contains("offset=0&") ? JSON.writeValueAsString(rows) : "[]");
        }
    }

    private static Map<String, Object> row(Taken one) {
        return Map.of(
                "id", "true_" + one.chat() + "_" + one.wire(),
                "fromMe", true,
                "body", one.text(),
                "hasMedia", false,
                "ack", 1,
                "timestamp", one.at().getEpochSecond());
    }

    private Map<String, Object> session(String name) {
        return Map.of(
                "name", name,
                "status", sessions.getOrDefault(name, State.FAILED).name(),
                "me", Map.of("id", phones.get(name).substring(1) + "@c.us"),
                "config", Map.of(),
                "engine", Map.of("engine", takesIds ? "GOWS" : "WEBJS"));
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
