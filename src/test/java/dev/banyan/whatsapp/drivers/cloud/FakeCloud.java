package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.Eventually;
import dev.banyan.whatsapp.drivers.HeldCalls;
import dev.banyan.whatsapp.drivers.cloud.FakeFaults.Fault;

/// Meta's Graph API on this machine: the real protocol over real HTTP, with a clock that tests control.
public final class FakeCloud implements AutoCloseable {

    public static final String WABA = "100000000000001";
    public static final String TOKEN = "EAAfake-token";
    public static final String APP_SECRET = "app-secret-0123456789abcdef";
    public static final String VERIFY_TOKEN = "verify-me";

    /// As a connection to it needs them.
    public static final Map<String, String> CREDENTIALS =
            Map.of("token", TOKEN, "appSecret", APP_SECRET, "verifyToken", VERIFY_TOKEN, "wabaId", WABA);

    private static final String VERSION = "v26.0";

    /// It ends with its last call; this is for one that never does.
    private static final int ENDS_WITHIN = 60;

    static {
        // Otherwise each answer waits for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final FakeFaults faults = new FakeFaults();
    private final HeldCalls held = new HeldCalls();
    private final Map<String, FakeNumber> numbers = new LinkedHashMap<>();
    private final List<FakeRequest> requests = new CopyOnWriteArrayList<>();
    private final FakeLimits limits;
    private final FakeMedia media;
    private final FakeTemplates templates;
    private final FakeHooks hooks;
    private final FakeContacts contacts;
    private final FakeSending sending;
    private final FakeSubscription subscription;
    private final int port;
    private HttpServer server;

    private volatile String token = TOKEN;
    private volatile Optional<String> portfolio;
    private volatile List<String> rights = List.of("whatsapp_business_messaging", "whatsapp_business_management");

    public FakeCloud(Clock clock) {
        this.server = start(0);
        this.port = server.getAddress().getPort();
        this.portfolio = Optional.of("20000000000" + port);
        this.limits = new FakeLimits(clock);
        this.templates = new FakeTemplates(clock);
        this.media = new FakeMedia(clock);
        this.hooks = new FakeHooks(clock, WABA, APP_SECRET);
        this.subscription = new FakeSubscription(hooks);
        this.contacts = new FakeContacts(clock, hooks, media, limits, url().toString());
        this.sending = new FakeSending(clock, hooks, media, limits, templates, contacts);
    }

    private HttpServer start(int wanted) {
        try {
            HttpServer started =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted), 0);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext("/", this::handle);
            started.start();
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Returns the root, without a version.
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Stops answering: connections are refused.
    public synchronized void kill() {
        server.stop(0);
        faults.release();
    }

    /// Refuses connections from now on; the calls that it holds end as [HeldCalls] says. Stopping at once would end
    /// them before the port is closed, and a message over a connection of that moment may or may not have arrived.
    public synchronized void refuse() {
        HttpServer ending = server;
        Thread.ofVirtual().start(() -> ending.stop(ENDS_WITHIN));
        Eventually.holds(() -> isRefused(ending.getAddress()));
        faults.release();
    }

    private static boolean isRefused(InetSocketAddress address) {
        try (var _ = new Socket(address.getAddress(), address.getPort())) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /// Comes back on the same port, and has forgotten nothing.
    public synchronized void restart() {
        server = start(port);
    }

    @Override
    public void close() {
        kill();
        hooks.close();
    }

    // What tests set up, and look at.

    /// Returns the business portfolio of its accounts, which no other one has unless a test says so.
    public String portfolio() {
        return portfolio.orElseThrow();
    }

    /// Moves its accounts to another portfolio.
    ///
    /// @param to empty: it isn’t told
    public void portfolio(Optional<String> to) {
        portfolio = to;
    }

    public synchronized FakeNumber number(String id, String digits, String name) {
        var number = new FakeNumber(id, digits, name);
        numbers.put(id, number);
        return number;
    }

    public FakeFaults faults() {
        return faults;
    }

    HeldCalls held() {
        return held;
    }

    public FakeHooks hooks() {
        return hooks;
    }

    public FakeContacts contacts() {
        return contacts;
    }

    public FakeSending sending() {
        return sending;
    }

    FakeMedia media() {
        return media;
    }

    public FakeTemplates templates() {
        return templates;
    }

    public List<FakeRequest> requests() {
        return List.copyOf(requests);
    }

    /// Sends webhooks to this address, as if it had been entered in Meta's dashboard.
    public void hooksTo(URI address) {
        hooks.to(address);
    }

    /// Makes Meta ask here when an address is registered: real ones are encrypted, and this one isn't.
    public void greetsAt(URI address) {
        subscription.greetsAt(address);
    }

    public Optional<String> override() {
        return subscription.override();
    }

    public void subscribe() {
        subscription.subscribe();
    }

    public boolean isSubscribed() {
        return subscription.isSubscribed();
    }

    /// Lets the token expire; only this one is good now.
    public void token(String other) {
        token = other;
    }

    public void rights(String... granted) {
        rights = List.of(granted);
    }

    public void windows(boolean on) {
        limits.windows(on);
    }

    public void rates(boolean on) {
        limits.rates(on);
    }

    /// Refuses messages to a contact with this code, in the answer.
    public void refuses(String contact, int code) {
        limits.refuse(contact, code);
    }

    /// Accepts messages to a contact, and reports them as failed with this code.
    public void fails(String contact, int code) {
        limits.fail(contact, code);
    }

    public void bans(FakeNumber number) {
        number.set("status", "BANNED");
        ObjectNode value = GraphJson.object().put("event", "DISABLED_UPDATE");
        value.putObject("ban_info").put("waba_ban_state", "DISABLE").put("waba_ban_date", "November 20, 2026");
        hooks.tell("account_update", value);
    }

    public void restricts(FakeNumber number, long untilSeconds) {
        number.set("status", "RESTRICTED");
        ObjectNode value = GraphJson.object().put("event", "ACCOUNT_RESTRICTION");
        value.putArray("restriction_info")
                .addObject()
                .put("restriction_type", "RESTRICTED_BIZ_INITIATED_MESSAGING")
                .put("expiration", untilSeconds)
                .put("remediation", "…");
        hooks.tell("account_update", value);
    }

    public void flags(FakeNumber number) {
        number.set("status", "FLAGGED");
        number.set("quality_rating", "RED");
        hooks.tell(
                "phone_number_quality_update",
                GraphJson.object()
                        .put("display_phone_number", number.digits())
                        .put("event", "FLAGGED")
                        .put("current_limit", "TIER_2K"));
    }

    public void heals(FakeNumber number) {
        number.set("status", "CONNECTED");
        number.set("quality_rating", "GREEN");
    }

    /// @param event such as `PAUSED`
    public void templateBecame(String name, String language, String event) {
        templateBecame(name, language, event, "NONE");
    }

    /// Reviews a template, and tells of it.
    ///
    /// @param reason such as `TAG_CONTENT_MISMATCH`
    public void templateBecame(String name, String language, String event, String reason) {
        templates.become(name, language, event, reason);
        hooks.tell(
                "message_template_status_update",
                GraphJson.object()
                        .put("event", event)
                        .put("message_template_id", 900_000_000_000_001L)
                        .put("message_template_name", name)
                        .put("message_template_language", language)
                        .put("reason", reason));
    }

    // The server.

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var request = new FakeRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    headers,
                    exchange.getRequestBody().readAllBytes());
            requests.add(request);
            Optional<FakeResponse> response = withFaults(request);
            if (response.isPresent()) {
                answer(exchange, response.get());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A connection is used once: whether a message arrived over one that was kept can't be said when it is closed.
    private static void answer(HttpExchange exchange, FakeResponse response) throws IOException {
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.getResponseHeaders().set("Content-Type", response.type());
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(response.status(), response.body().length == 0 ? -1 : response.body().length);
        exchange.getResponseBody().write(response.body());
    }

    /// Returns nothing to close the connection without an answer.
    private Optional<FakeResponse> withFaults(FakeRequest request) throws IOException, InterruptedException {
        Optional<Fault> fault = faults.take(edge(request));
        if (fault.isEmpty()) {
            return Optional.of(held(request));
        }
        return switch (fault.get()) {
            case Fault.Code(int code) -> Optional.of(new FakeErrors.Refused(code, "Scripted").response());
            case Fault.Bare(int status) -> Optional.of(sorry(status));
            case Fault.Hang(boolean isCarriedOut) -> {
                if (isCarriedOut) {
                    respond(request);
                }
                faults.hang();
                yield Optional.empty();
            }
            case Fault.Broken(boolean isCarriedOut) -> {
                if (isCarriedOut) {
                    respond(request);
                }
                yield Optional.empty();
            }
        };
    }

    private FakeResponse held(FakeRequest request) throws IOException, InterruptedException {
        held.pass();
        if (!edge(request).equals("messages")) {
            return respond(request);
        }
        var message = new HeldCalls.Held(
                request.parts().get(1), request.json().path("text").path("body").asText());
        if (held.refuses(message)) {
            return sorry(500);
        }
        return held.send(message, () -> respond(request), () -> sorry(500));
    }

    private static FakeResponse sorry(int status) {
        return new FakeResponse(status, "text/html", "<html>Sorry</html>".getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static String edge(FakeRequest request) {
        List<String> parts = request.parts();
        if (parts.contains("attachments")) {
            return "attachments";
        }
        return parts.size() > 2 ? parts.get(2) : "node";
    }

    private FakeResponse respond(FakeRequest request) {
        try {
            if (request.uri().getPath().startsWith("/whatsapp_business/attachments")) {
                return media.download(request, isAuthorized(request), "http://localhost:" + port);
            }
            return route(request);
        } catch (FakeErrors.Refused refused) {
            return refused.response();
        }
    }

    private boolean isAuthorized(FakeRequest request) {
        return request.header("authorization").equals(Optional.of("Bearer " + token));
    }

    private FakeResponse route(FakeRequest request) {
        List<String> parts = request.parts();
        if (parts.size() < 2 || !parts.getFirst().equals(VERSION)) {
            throw new FakeErrors.Refused(
                    2500, "Unknown path components: " + request.uri().getPath());
        }
        if (parts.get(1).startsWith("upload:")) {
            return templates.files().receive(request, token);
        }
        if (!isAuthorized(request)) {
            throw new FakeErrors.Refused(190, 463, "Error validating access token");
        }
        String node = parts.get(1);
        String edge = parts.size() > 2 ? parts.get(2) : "";
        FakeNumber number = numbers.get(node);
        if (node.equals("me")) {
            return me(edge);
        }
        if (node.equals(WABA)) {
            return account(request, edge);
        }
        if (node.equals("app")) {
            return FakeResponse.ok(GraphJson.object().put("id", FakeTemplateFiles.APP));
        }
        if (node.equals(FakeTemplateFiles.APP) && edge.equals("uploads")) {
            return templates.files().open(request);
        }
        if (templates.has(node)) {
            needs("whatsapp_business_management");
            return templates.change(node, request.json());
        }
        return number == null ? file(request, node) : ofNumber(request, number, edge);
    }

    private FakeResponse me(String edge) {
        ObjectNode answer = GraphJson.object().put("id", "122100000000001").put("name", "Banyan");
        if (edge.equals("permissions")) {
            ArrayNode data = answer.putArray("data");
            rights.forEach(right -> data.addObject().put("permission", right).put("status", "granted"));
        }
        return FakeResponse.ok(answer);
    }

    private void needs(String right) {
        if (!rights.contains(right)) {
            throw new FakeErrors.Refused(10, "The app needs the permission " + right);
        }
    }

    private FakeResponse account(FakeRequest request, String edge) {
        needs("whatsapp_business_management");
        String address = url() + "/" + VERSION + "/" + WABA + "/" + edge;
        return switch (edge) {
            case "" -> {
                ObjectNode node = GraphJson.object().put("id", WABA);
                portfolio.ifPresent(id ->
                        node.putObject("owner_business_info").put("id", id).put("name", "Marina"));
                yield FakeResponse.ok(node);
            }
            case "phone_numbers" ->
                FakeTemplates.page(
                        numbers.values().stream()
                                .map(number -> number.node(request.query().getOrDefault("fields", "")))
                                .toList(),
                        address,
                        request.query());
            case "message_templates" -> templates.answer(request, address);
            case "subscribed_apps" -> subscription.answer(request);
            default -> throw new FakeErrors.Refused(100, "Tried accessing nonexisting field (" + edge + ")");
        };
    }

    private FakeResponse ofNumber(FakeRequest request, FakeNumber number, String edge) {
        return switch (edge) {
            case "" -> FakeResponse.ok(number.node(request.query().getOrDefault("fields", "")));
            case "messages" -> {
                needs("whatsapp_business_messaging");
                yield sending.post(number, request.json());
            }
            case "marketing_messages" -> {
                needs("whatsapp_business_messaging");
                if (!templates.isMarketing(request.json().path("template"))) {
                    throw new FakeErrors.Refused(100, "Only marketing templates can be sent here");
                }
                yield sending.post(number, request.json());
            }
            case "media" -> {
                needs("whatsapp_business_messaging");
                yield media.upload(request);
            }
            default -> throw new FakeErrors.Refused(100, "Tried accessing nonexisting field (" + edge + ")");
        };
    }

    private FakeResponse file(FakeRequest request, String id) {
        FakeMedia.Kept kept = media.find(id)
                .orElseThrow(() -> new FakeErrors.Refused(
                        100, 33, "Object with ID '" + id + "' does not exist, or cannot be loaded"));
        return request.method().equals("DELETE") ? media.delete(kept) : media.resolve(url().toString(), kept);
    }

    /// Returns the paths that were asked for, for messages of tests.
    public List<String> paths() {
        var paths = new ArrayList<String>();
        requests.forEach(request -> paths.add(request.method() + " " + request.uri()));
        return paths;
    }
}
