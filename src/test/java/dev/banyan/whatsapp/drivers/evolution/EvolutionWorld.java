package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.TestClock;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.Attempt;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookRequest;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;

/// A fake Evolution API, a server of ours that its webhooks go to, and the gateway between them.
final class EvolutionWorld implements AutoCloseable {

    static final String KEY = "GLOBAL-KEY";
    static final String SECRET = "hook-secret";
    static final String NAME = "shop dubai";
    static final Phone OWN = new Phone("+971500000100");
    static final Phone AMAL = new Phone("+971500000101");
    static final String AMAL_JID = "971500000101@s.whatsapp.net";

    final TestClock clock = new TestClock();
    final FakeEvolution fake;
    final GatewayHttp http = new GatewayHttp(LocalHttp.client());
    final EvolutionGateway gateway;
    final List<HookRequest> hooks = new CopyOnWriteArrayList<>();

    private final HttpServer receiver;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile int answers = 200;
    private Optional<String> version;

    EvolutionWorld(Version version) {
        this.fake = new FakeEvolution(version, clock, KEY);
        this.version = Optional.of(version.text());
        this.gateway = new EvolutionGateway(http, clock);
        try {
            receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        receiver.setExecutor(threads);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    /// Waits only briefly for proofs and sends, for tests in which these hang.
    EvolutionGateway impatient() {
        return new EvolutionGateway(http, clock, Duration.ofMillis(300), Duration.ofMillis(500));
    }

    EvolutionWorld() {
        this(Version.V2_3_7);
    }

    /// A world with a linked instance, whose linking is forgotten.
    static EvolutionWorld linked(Version version) {
        var world = new EvolutionWorld(version);
        world.gateway.prepare(world.newLine());
        world.gateway.start(world.newLine());
        world.fake.phoneScans(NAME, OWN.digits());
        world.hooks.clear();
        world.fake.forgetRequests();
        return world;
    }

    private void receive(HttpExchange exchange) throws IOException {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        byte[] body = exchange.getRequestBody().readAllBytes();
        hooks.add(new HookRequest(headers, body));
        try (exchange) {
            exchange.sendResponseHeaders(answers, -1);
        }
    }

    /// Makes our server answer webhooks with this status.
    void receiverAnswers(int status) {
        answers = status;
    }

    /// Kills the gateway and starts it again. A connection that was kept open notices it by failing once.
    void restart(boolean remembers) {
        fake.kill();
        fake.revive(remembers);
        gateway.check(access());
    }

    void versionIsUnknown() {
        version = Optional.empty();
    }

    URI hookUrl() {
        return URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks/whatsapp/1");
    }

    GatewayAccess access() {
        return access(KEY);
    }

    GatewayAccess access(String key) {
        var facts =
                new Connection.Facts(version, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var connection = new Connection(
                new ConnectionId(new UUID(1, 1)),
                new AccountId(new UUID(7, 1)),
                "Evolution",
                DriverKind.EVOLUTION,
                Optional.of(fake.url()),
                Optional.empty(),
                false,
                facts,
                clock.instant(),
                clock.instant());
        return new GatewayAccess(connection, new Credentials(new Credentials.ApiKey(key), SECRET), hookUrl());
    }

    /// A number that was never linked.
    Line newLine() {
        return line(NAME, Optional.empty(), Optional.empty());
    }

    Line line() {
        return line(NAME, Optional.of(OWN), Optional.empty());
    }

    Line line(String remote, Optional<Phone> phone, Optional<Line.Proxy> proxy) {
        var sender = new SenderKey(new AccountId(new UUID(7, 1)), new SenderId("sender-1"));
        return new Line(sender, access(), remote, phone, proxy);
    }

    /// What the webhooks so far tell, without mere signs of life.
    List<HookEvent> events() {
        fake.settle();
        return hooks.stream()
                .flatMap(hook -> gateway.read(access(), hook.body()).stream())
                .filter(event -> !(event instanceof HookEvent.Alive))
                .toList();
    }

    <T extends HookEvent> List<T> events(Class<T> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// An attempt that begins now.
    Attempt attempt() {
        return new Attempt(clock.instant(), Set.of());
    }

    OutgoingMessage message(String text, Optional<Media> media, MessageContent content) {
        return message(new UUID(9, 9), text, media, content);
    }

    OutgoingMessage text(UUID id, String text) {
        return message(id, text, Optional.empty(), MessageContent.PLAIN);
    }

    private OutgoingMessage message(UUID id, String text, Optional<Media> media, MessageContent content) {
        return new OutgoingMessage(
                id,
                new AccountId(new UUID(7, 1)),
                new SenderId("pool-1"),
                Optional.empty(),
                Optional.of(new SenderId("sender-1")),
                AMAL,
                text,
                media,
                content,
                "key-1",
                MessageSchedule.NONE,
                DeliveryState.SENDING,
                Optional.empty(),
                Optional.empty(),
                clock.instant(),
                clock.instant());
    }

    OutgoingMessage text(String text) {
        return message(text, Optional.empty(), MessageContent.PLAIN);
    }

    static <T> T done(GatewayAnswer<T> answer) {
        return switch (answer) {
            case GatewayAnswer.Done<T>(T value) -> value;
            case GatewayAnswer.Failed<T>(Trouble trouble) -> throw new AssertionError(trouble);
        };
    }

    static Trouble trouble(GatewayAnswer<?> answer) {
        return switch (answer) {
            case GatewayAnswer.Done<?>(Object value) -> throw new AssertionError("It worked: " + value);
            case GatewayAnswer.Failed<?>(Trouble trouble) -> trouble;
        };
    }

    @Override
    public void close() {
        fake.close();
        receiver.stop(0);
        threads.shutdownNow();
    }
}
