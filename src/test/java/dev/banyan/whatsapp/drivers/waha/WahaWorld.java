package dev.banyan.whatsapp.drivers.waha;

import module java.base;
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
import dev.banyan.whatsapp.drivers.Gateway.Genuine;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookRequest;
import dev.banyan.whatsapp.drivers.Line;

/// A small known world: one fake WAHA, one connection to it, the number of Marina Sweets, and Amal who writes to it.
final class WahaWorld implements AutoCloseable {

    static final String SESSION = "shop-dubai";
    static final Phone SHOP = new Phone("+971500000100");
    static final Phone AMAL = new Phone("+971500000101");
    static final String AMAL_CHAT = "971500000101@c.us";
    static final String SECRET = "hook-secret-for-tests";
    static final AccountId TENANT = new AccountId(new UUID(7, 1));
    static final ConnectionId CONNECTION = new ConnectionId(new UUID(7, 2));

    private static final Duration SHORT = Duration.ofMillis(300);

    final TestClock clock = new TestClock();
    final FakeWaha waha = new FakeWaha(clock);
    final HookReceiver door = new HookReceiver();
    final GatewayHttp http = new GatewayHttp(LocalHttp.client());
    final WahaGateway gateway = new WahaGateway(http, clock);

    private Optional<Connection.Facts> facts = Optional.empty();
    private int read;

    /// An attempt that begins now.
    Attempt attempt() {
        return new Attempt(clock.instant(), Set.of());
    }

    /// Waits only briefly for proofs and sends, for tests in which these hang.
    WahaGateway impatient() {
        var usual = WahaCalls.Limits.DEFAULT;
        return new WahaGateway(
                http,
                clock,
                new WahaCalls.Limits(usual.state(), usual.usual(), usual.code(), SHORT, SHORT, usual.file()));
    }

    WahaWorld with(String engine, String version) {
        waha.with(engine, version);
        return this;
    }

    /// The connection was never checked.
    WahaWorld unchecked() {
        facts = Optional.of(Connection.Facts.NONE);
        return this;
    }

    GatewayAccess access() {
        return access(FakeWaha.KEY);
    }

    GatewayAccess access(String key) {
        return new GatewayAccess(
                connection(waha, facts.orElseGet(waha::facts), clock.instant()),
                new Credentials(new Credentials.ApiKey(key), SECRET),
                door.address("/hooks/whatsapp/" + CONNECTION));
    }

    /// @param facts what the last check has found
    static Connection connection(FakeWaha waha, Connection.Facts facts, Instant now) {
        return new Connection(
                CONNECTION,
                TENANT,
                "Our WAHA",
                DriverKind.WAHA,
                Optional.of(waha.url()),
                Optional.empty(),
                false,
                facts,
                now,
                now);
    }

    Line line() {
        return line(SESSION);
    }

    Line line(String session) {
        return new Line(
                new SenderKey(TENANT, new SenderId("marina")), access(), session, Optional.empty(), Optional.empty());
    }

    Line line(Line.Proxy proxy) {
        var line = line();
        return new Line(line.sender(), line.gateway(), line.remote(), line.phone(), Optional.of(proxy));
    }

    Line lineWithKey(String key) {
        var line = line();
        return new Line(line.sender(), access(key), line.remote(), line.phone(), line.proxy());
    }

    /// A session of ours that is linked, with our webhook.
    Line linked() {
        done(gateway.prepare(line()));
        done(gateway.start(line()));
        waha.phoneScans(SESSION, SHOP);
        forgetEvents();
        return line();
    }

    FakeContact amal() {
        return waha.contact(SESSION, AMAL, "Amal");
    }

    /// Reads all webhooks that have arrived since the last look, as the door would: genuine ones only.
    List<HookEvent> events() {
        var all = new ArrayList<HookEvent>();
        for (HookRequest request : newRequests()) {
            if (gateway.isGenuine(access(), request) == Genuine.YES) {
                all.addAll(gateway.read(access(), request.body()));
            }
        }
        return all;
    }

    <T extends HookEvent> List<T> events(Class<T> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private List<HookRequest> newRequests() {
        var all = List.copyOf(door.requests);
        var fresh = all.subList(read, all.size());
        read = all.size();
        return fresh;
    }

    void forgetEvents() {
        newRequests();
    }

    OutgoingMessage text(String text) {
        return message(text, Optional.empty(), MessageContent.PLAIN);
    }

    OutgoingMessage message(String text, Optional<Media> media, MessageContent content) {
        return message(new UUID(9, 1), text, media, content);
    }

    OutgoingMessage message(UUID id, String text, Optional<Media> media, MessageContent content) {
        Instant now = clock.instant();
        return new OutgoingMessage(
                id,
                TENANT,
                new SenderId("marina"),
                Optional.empty(),
                Optional.of(new SenderId("marina")),
                AMAL,
                text,
                media,
                content,
                "key",
                MessageSchedule.NONE,
                DeliveryState.SENDING,
                Optional.empty(),
                Optional.empty(),
                now,
                now);
    }

    static <T> T done(GatewayAnswer<T> answer) {
        return switch (answer) {
            case GatewayAnswer.Done<T>(T value) -> value;
            case GatewayAnswer.Failed<T>(GatewayAnswer.Trouble trouble) -> throw new AssertionError(trouble);
        };
    }

    static GatewayAnswer.Trouble trouble(GatewayAnswer<?> answer) {
        return switch (answer) {
            case GatewayAnswer.Failed<?>(GatewayAnswer.Trouble trouble) -> trouble;
            case GatewayAnswer.Done<?> done -> throw new AssertionError(done);
        };
    }

    @Override
    public void close() {
        waha.close();
        door.close();
    }
}
