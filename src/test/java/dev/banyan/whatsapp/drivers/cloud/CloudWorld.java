package dev.banyan.whatsapp.drivers.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Detail;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.Attempt;
import dev.banyan.whatsapp.drivers.Gateway;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Done;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Failed;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookRequest;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.Upload;
import dev.banyan.whatsapp.drivers.cloud.FakeContacts.Contact;

/// Marina Sweets, with two numbers at Meta, a gateway that speaks to them, and a door that webhooks knock at.
final class CloudWorld implements AutoCloseable {

    static final URI HOOK = URI.create("https://banyan.example/hooks/whatsapp/0f0f");
    static final Contact AMAL = new Contact("971500000101", "Amal K");
    static final Phone AMALS = new Phone("+971500000101");

    private static final AccountId TENANT = new AccountId(new UUID(7, 1));

    final TestClock clock = new TestClock();
    final FakeCloud meta = new FakeCloud(clock);
    final FakeNumber sweets = meta.number("300000000000001", "971500000100", "Marina Sweets");
    final FakeNumber cakes = meta.number("300000000000002", "971500000200", "Marina Cakes");
    final CloudGateway gateway = gateway(Eventually.LONGEST);

    private final List<HookRequest> knocks = new CopyOnWriteArrayList<>();
    private final HttpServer door = door();
    private volatile int doorSays = 200;
    private int messages;

    CloudGateway gateway(Duration patience) {
        return new CloudGateway(new GatewayHttp(LocalHttp.client()), clock, patience);
    }

    // The door.

    private HttpServer door() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    var headers = new HashMap<String, String>();
                    exchange.getRequestHeaders()
                            .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
                    byte[] answer = new byte[0];
                    int status = doorSays;
                    if (exchange.getRequestMethod().equals("GET")) {
                        var query = new FakeRequest("GET", exchange.getRequestURI(), headers, answer).query();
                        Optional<String> greeting = gateway.greeting(access(), query);
                        answer = greeting.orElse("").getBytes(StandardCharsets.UTF_8);
                        status = greeting.isPresent() ? 200 : 403;
                    } else {
                        knocks.add(new HookRequest(
                                headers, exchange.getRequestBody().readAllBytes()));
                    }
                    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
                    exchange.getResponseBody().write(answer);
                }
            });
            server.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    URI doorAddress() {
        return URI.create("http://127.0.0.1:" + door.getAddress().getPort() + "/hooks");
    }

    void opensDoor() {
        meta.hooksTo(doorAddress());
    }

    void doorSays(int status) {
        doorSays = status;
    }

    List<HookRequest> knocks() {
        return List.copyOf(knocks);
    }

    /// Returns what all webhooks so far have told, and that they were genuine.
    List<HookEvent> told() {
        knocks.forEach(knock -> assertThat(gateway.isGenuine(access(), knock)).isEqualTo(Gateway.Genuine.YES));
        return knocks.stream()
                .flatMap(knock -> gateway.read(access(), knock.body()).stream())
                .toList();
    }

    <E extends HookEvent> List<E> told(Class<E> type) {
        return told().stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<HookEvent> read(String json) {
        return gateway.read(access(), json.getBytes(StandardCharsets.UTF_8));
    }

    // What opens Meta.

    GatewayAccess access() {
        return access(meta.url().toString(), HOOK, FakeCloud.TOKEN, Optional.of(FakeCloud.WABA));
    }

    GatewayAccess access(String url, URI hook, String token, Optional<String> waba) {
        return access(url, hook, new Credentials.Cloud(token, FakeCloud.APP_SECRET, FakeCloud.VERIFY_TOKEN, waba));
    }

    /// The same, with marketing templates on their own route.
    Line lineWithMarketingApart() {
        GatewayAccess access = access();
        Connection known = access.connection();
        var apart = new Connection(
                known.id(),
                known.tenant(),
                known.name(),
                known.driver(),
                known.url(),
                known.hook(),
                true,
                known.facts(),
                known.createdAt(),
                known.updatedAt());
        return line(new GatewayAccess(apart, access.credentials(), access.hook()), sweets.id());
    }

    GatewayAccess access(String url, URI hook, Credentials.Cloud cloud) {
        var connection = new Connection(
                new ConnectionId(new UUID(7, 2)),
                TENANT,
                "Meta",
                DriverKind.CLOUD,
                Optional.of(URI.create(url)),
                Optional.empty(),
                false,
                Connection.Facts.NONE,
                clock.instant(),
                clock.instant());
        return new GatewayAccess(connection, new Credentials(cloud, ""), hook);
    }

    Line line() {
        return line(access(), sweets.id());
    }

    Line line(GatewayAccess access, String remote) {
        return new Line(
                new SenderKey(TENANT, new SenderId("sweets")), access, remote, Optional.empty(), Optional.empty());
    }

    Line lineWith(String token) {
        return line(access(meta.url().toString(), HOOK, token, Optional.of(FakeCloud.WABA)), sweets.id());
    }

    // Messages.

    /// Lets Amal write first, so that she may be answered.
    CloudWorld opened() {
        meta.contacts().writes(sweets, AMAL, "Is the shop open?");
        return this;
    }

    OutgoingMessage text(String text) {
        return message(text, MessageContent.PLAIN, Optional.empty());
    }

    OutgoingMessage message(String text, Detail detail) {
        return message(text, MessageContent.of(detail), Optional.empty());
    }

    OutgoingMessage message(String text, MessageContent content, Optional<Media> media) {
        var bare = new OutgoingMessage(
                new UUID(9, ++messages),
                TENANT,
                new SenderId("sweets"),
                Optional.empty(),
                AMALS,
                text,
                media,
                "key-" + messages,
                DeliveryState.QUEUED,
                Optional.empty(),
                clock.instant(),
                clock.instant());
        return new OutgoingMessage(
                bare.id(),
                bare.tenant(),
                bare.pool(),
                bare.home(),
                bare.sender(),
                bare.to(),
                bare.text(),
                bare.media(),
                content,
                bare.key(),
                bare.schedule(),
                bare.state(),
                bare.waiting(),
                bare.error(),
                bare.createdAt(),
                bare.changedAt());
    }

    SendResult send(OutgoingMessage message) {
        return gateway.send(line(), message, Optional.empty(), Optional.empty());
    }

    SendResult send(Detail detail, String text) {
        return send(message(text, detail));
    }

    /// Returns the body of the only message that Meta accepted.
    JsonNode accepted() {
        assertThat(meta.sending().sent()).as("accepted messages").hasSize(1);
        return meta.sending().sent().getFirst().body();
    }

    static Upload upload(Path folder, String name, String type, byte[] bytes) {
        try {
            return new Upload(StoredFile.of(Files.write(folder.resolve("upload"), bytes)), name, type);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static SendResult.NotSent notSent(SendResult result) {
        assertThat(result).isInstanceOf(SendResult.NotSent.class);
        return (SendResult.NotSent) result;
    }

    static <T> T done(GatewayAnswer<T> answer) {
        return switch (answer) {
            case Done<T>(T value) -> value;
            case Failed<T>(Trouble trouble) -> throw new AssertionError(trouble);
        };
    }

    static <T> Trouble failed(GatewayAnswer<T> answer) {
        return switch (answer) {
            case Done<T>(T value) -> throw new AssertionError(value);
            case Failed<T>(Trouble trouble) -> trouble;
        };
    }

    static Map<String, String> greeting(String mode, String token, String challenge) {
        return Map.of("hub.mode", mode, "hub.verify_token", token, "hub.challenge", challenge);
    }

    /// An attempt that begins now.
    Attempt attempt() {
        return new Attempt(clock.instant(), Set.of());
    }

    @Override
    public void close() {
        meta.close();
        door.stop(0);
    }
}
