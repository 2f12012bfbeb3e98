package dev.banyan.whatsapp.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.TestClock;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.DriverConformance;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The contract of drivers for a gateway: the engine and one [Gateway], against a fake that speaks its real protocol
/// over real HTTP. The number's name at the gateway is its id.
public abstract class GatewayConformance extends DriverConformance {

    protected static final AccountId TENANT = new AccountId(new UUID(7, 1));
    protected static final ConnectionId CONNECTION = new ConnectionId(new UUID(7, 2));
    protected static final Phone SHOP = new Phone("+971500000100");
    protected static final String SECRET = "hook-secret-for-tests";
    protected static final Duration BAN = Duration.ofMinutes(20);

    protected final TestClock clock = new TestClock();
    protected final GatewayHttp http = new GatewayHttp(LocalHttp.client());
    protected final Timers timers = Timers.byHand(clock, Runnable::run);
    protected final KnownNumbers numbers =
            new KnownNumbers(
                    this::access, this::remote, remote -> new SenderKey(TENANT, new SenderId(senderOf(remote)))) {
                @Override
                public Optional<ContactAddress> recipient(SenderKey sender, String provider) {
                    return events.stream()
                            .filter(event -> event instanceof DriverEvent.Sent sent
                                    && sent.provider().equals(provider))
                            .findFirst()
                            .map(_ -> new Phone("+971500000101"));
                }

                @Override
                public Optional<ContactAddress> writer(SenderKey sender, String provider) {
                    return events.stream()
                            .filter(event -> event instanceof DriverEvent.Received received
                                    && received.provider().equals(provider))
                            .map(event -> ((DriverEvent.Received) event).from())
                            .findFirst();
                }
            };
    private final NoFiles files = new NoFiles();
    protected final GatewayTools tools = new GatewayTools(numbers, files, timers, clock, Runnable::run, Duration.ZERO);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer door = door();
    /// What could not be processed, and is tried again as [Hooks] does.
    private final List<byte[]> failed = new CopyOnWriteArrayList<>();

    protected abstract GatewayDriver gatewayDriver();

    protected abstract Connection connection();

    protected abstract Credentials credentials();

    /// Returns what the gateway calls a number.
    protected String remote(SenderKey sender) {
        return sender.id().value();
    }

    @Override
    public Driver driver() {
        return gatewayDriver();
    }

    protected GatewayAccess access() {
        return new GatewayAccess(
                connection(),
                credentials(),
                URI.create("http://127.0.0.1:" + door.getAddress().getPort() + "/hooks/whatsapp/" + CONNECTION));
    }

    private HttpServer door() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::receive);
            server.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        byte[] body = exchange.getRequestBody().readAllBytes();
        Gateway gateway = gatewayDriver().gateway();
        boolean genuine = gateway.isGenuine(access(), new HookRequest(headers, body)) == Gateway.Genuine.YES;
        if (genuine) {
            failed.add(body); // before the answer, as Hooks stores what it accepts
        }
        try (exchange) {
            exchange.sendResponseHeaders(genuine ? 200 : 403, -1);
        }
    }

    /// Processes the webhooks that have come in.
    protected void processHooks() {
        var bodies = new ArrayList<>(failed);
        failed.removeAll(bodies);
        for (byte[] body : bodies) {
            List<HookEvent> told = gatewayDriver().gateway().read(access(), body);
            var _ = CompletableFuture.completedFuture(told)
                    .thenCompose(some -> gatewayDriver().happened(access(), some))
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            failed.add(body);
                        }
                    });
        }
    }

    /// Gives a number another proxy.
    protected void gets(SenderKey sender, Line.Proxy proxy) {
        numbers.proxies.put(sender, proxy);
        gatewayDriver().proxyChanged(sender);
    }

    protected void getsNoProxy(SenderKey sender) {
        numbers.proxies.remove(sender);
        gatewayDriver().proxyChanged(sender);
    }

    /// Returns what people were told about numbers.
    protected List<String> remarks() {
        return List.copyOf(numbers.remarks);
    }

    /// Someone writes to a contact on the phone of the number.
    ///
    /// @param provider WhatsApp's id of the message
    protected abstract void isWrittenOnThePhone(SenderKey sender, Phone to, String provider, String text);

    @Test
    void whatIsWrittenOnThePhoneIsToldAndNothingElseThatLeavesTheNumber() {
        connect();
        gatewayDriver().send(sender, message("Good morning"));
        timePasses(Duration.ofSeconds(5));
        String ours = sent().getFirst();
        var amal = new Phone("+971500000101");

        isWrittenOnThePhone(sender, amal, "PHONE01", "On the phone");
        isWrittenOnThePhone(sender, amal, ours, "Good morning");
        numbers.own = Optional.of(new Phone("+971500000199"));
        isWrittenOnThePhone(sender, numbers.own.orElseThrow(), "PHONE02", "A note to myself");
        timePasses(Duration.ofSeconds(5));

        assertThat(events)
                .filteredOn(DriverEvent.Echoed.class::isInstance)
                .extracting(event -> (DriverEvent.Echoed) event)
                .extracting(DriverEvent.Echoed::provider, DriverEvent.Echoed::from, DriverEvent.Echoed::text)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("PHONE01", amal, "On the phone"));
        assertThat(events).noneMatch(DriverEvent.Received.class::isInstance);
    }

    /// Returns how many webhooks could not be processed yet.
    protected int waitingHooks() {
        return failed.size();
    }

    /// Registers our webhook, as linking has done once.
    protected void prepare(SenderKey sender) {
        var _ = gatewayDriver().gateway().prepare(numbers.line(sender).orElseThrow());
        fakeTimePasses(Duration.ofSeconds(10));
        failed.clear();
    }

    private Optional<Instant> heals = Optional.empty();

    /// Lets a broken connection heal after two minutes.
    protected abstract void heals();

    protected void breaksForAWhile() {
        heals = Optional.of(clock.instant().plus(Duration.ofMinutes(4)));
    }

    /// Lets the fake's time pass, which is [#clock].
    protected abstract void fakeTimePasses(Duration time);

    @Override
    public void timePasses(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            fakeTimePasses(Duration.ofSeconds(1));
            if (heals.filter(healed -> !clock.instant().isBefore(healed)).isPresent()) {
                heals = Optional.empty();
                heals();
            }
            processHooks();
            timers.runDue();
        }
    }

    /// WhatsApp bans the number, for [#BAN] if it says for how long.
    protected abstract void bans();

    /// The ban is over.
    protected abstract void liftsBan();

    @Test
    void aLiftedBanEndsByItself() {
        connect();
        Instant begins = clock.instant();
        bans();
        timePasses(Duration.ofMinutes(6));
        assertThat(events).last().isInstanceOf(DriverEvent.Banned.class);
        assertThat(driver().answers(sender)).isFalse();
        int known = events.size();

        timePasses(Duration.between(clock.instant(), begins.plus(BAN)).minusSeconds(5));
        assertThat(events).as("nothing new while it lasts").hasSize(known);

        timePasses(Duration.ofSeconds(5));
        liftsBan();
        timePasses(Duration.ofMinutes(5));
        assertThat(events).last().isEqualTo(new DriverEvent.Connected(sender));
        assertThat(driver().answers(sender)).isTrue();
    }

    @Test
    void whatAGatewaySaysIsAskedForAgainWhenTheDatabaseIsBack() {
        connect();
        numbers.linesGoAway();
        timePasses(Duration.ofMinutes(6));
        numbers.comeBack();
        events.clear();

        bans();
        for (int second = 0; second < 360; second++) {
            fakeTimePasses(Duration.ofSeconds(1));
            failed.clear(); // no webhook tells of it
            timers.runDue();
        }

        assertThat(events)
                .as("WAHA tells a ban apart in its webhook only")
                .last()
                .isInstanceOfAny(DriverEvent.Banned.class, DriverEvent.Unlinked.class);
    }

    /// After a start of the server, a number that was banned is looked after like all others.
    @Test
    void aBanThatIsLiftedWhileTheServerIsAwayEndsToo() {
        connect();
        bans();
        timePasses(Duration.ofMinutes(2));
        driver().release(sender);
        timePasses(BAN);
        liftsBan();
        events.clear();

        driver().connect(sender);
        timePasses(Duration.ofMinutes(5));

        assertThat(events).last().isEqualTo(new DriverEvent.Connected(sender));
    }

    /// Lets the next message be lost: the gateway closes the connection and sends nothing.
    protected abstract void nextMessageIsLost();

    @Test
    void anEqualMessageBeforeIsNotTakenForOneThatWasLost() {
        connect();
        gatewayDriver().send(sender, message("See you there"));
        timePasses(Duration.ofSeconds(1));
        List<String> before = sent();
        assertThat(before).hasSize(1);
        OutgoingMessage again = message(new UUID(9, 2), "See you there");

        nextMessageIsLost();
        gatewayDriver().send(sender, again);
        timePasses(Duration.ofMinutes(1));

        // Where a repeat has the same id, it is sent again.
        boolean isUnclear = events.stream()
                .anyMatch(event -> event instanceof DriverEvent.Unclear unclear
                        && unclear.message().equals(again.id()));
        assertThat(sent()).hasSize(isUnclear ? 1 : 2);
    }

    /// Receipts may repeat that a message was sent.
    private List<String> sent() {
        return events.stream()
                .filter(DriverEvent.Sent.class::isInstance)
                .map(event -> ((DriverEvent.Sent) event).provider())
                .distinct()
                .toList();
    }

    @Test
    void aFileThatCannotBeReadNowIsOurFaultAndNotTheNumbers() {
        connect();
        files.goAway();
        events.clear();

        gatewayDriver().send(sender, picture());
        timePasses(Duration.ofMinutes(1));

        assertThat(events)
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(DriverEvent.NotSent.class, not -> {
                    assertThat(not.again()).isTrue();
                    assertThat(not.ours()).isTrue();
                }));
        assertThat(events).noneMatch(DriverEvent.Unclear.class::isInstance);
    }

    @Test
    void whatFailsBeforeTheGatewayIsCalledWasCertainlyNotSent() {
        connect();
        numbers.goAway();
        OutgoingMessage message = message("Good morning");

        gatewayDriver().send(sender, message);

        assertThat(events).last().isInstanceOfSatisfying(DriverEvent.NotSent.class, not -> {
            assertThat(not.message()).isEqualTo(message.id());
            assertThat(not.again()).isTrue();
            assertThat(not.ours()).isTrue();
        });
    }

    @Test
    void whatTheGatewayTookIsSentAlsoWhereTheDatabaseIsAway() {
        connect();
        OutgoingMessage message = message(new UUID(9, 3), new Phone("+5511987650001"), "Bom dia");
        numbers.goAwayAfter(1);

        gatewayDriver().send(sender, message); // how the contact is addressed is learned with the next one
        timePasses(Duration.ofSeconds(5));

        assertThat(sent()).hasSize(1);
    }

    @Test
    void whatMayHaveBeenSentIsLookedForAgainWhenTheDatabaseIsBack() {
        connect();
        OutgoingMessage message = message(new UUID(9, 4), "See you there");
        nextMessageIsLost();
        gatewayDriver().send(sender, message);
        numbers.goAway();
        timePasses(Duration.ofSeconds(6));
        numbers.comeBack();
        timePasses(Duration.ofMinutes(1));

        assertThat(events)
                .filteredOn(event -> event instanceof DriverEvent.Sent
                        || event instanceof DriverEvent.Unclear
                        || event instanceof DriverEvent.NotSent)
                .isNotEmpty();
    }

    @Test
    void aChangeFollowsItsMessageInAnyOrder() {
        connect();
        var amal = new Phone("+971500000101");
        var chat = new ChatAddress(gatewayDriver().gateway().chat(amal), Optional.of(amal), Optional.empty());
        var edited = new HookEvent.Edited(remote(sender), "in-1", chat, "Edited", clock.instant());
        var message = new HookEvent.Message(
                remote(sender),
                "in-1",
                chat,
                "Amal",
                "Original",
                MessageContent.PLAIN,
                Optional.empty(),
                Optional.empty(),
                clock.instant());
        events.clear();

        assertThat(gatewayDriver().happened(access(), List.of(edited)))
                .as("tried again")
                .isCompletedExceptionally();
        assertThat(gatewayDriver().happened(access(), List.of(edited, message))).isCompleted();

        assertThat(events)
                .filteredOn(DriverEvent.OfContact.class::isInstance)
                .hasExactlyElementsOfTypes(DriverEvent.Received.class, DriverEvent.Edited.class);
    }

    @Test
    void aMessageThatNamesNoOneIsToldAtOnce() {
        var nobody = new HookEvent.Message(
                "sender-1",
                "wamid.NO1",
                new ChatAddress("", Optional.empty(), Optional.empty()),
                "",
                "Hello all",
                MessageContent.PLAIN,
                Optional.empty(),
                Optional.empty(),
                clock.instant());

        assertThat(gatewayDriver().happened(access(), List.of(nobody))).isCompleted();

        assertThat(numbers.remarks).anyMatch(remark -> remark.startsWith("Message not shown: "));
    }

    @Test
    void aMessageThatIsGivenUpIsTold() {
        var number = new SenderKey(TENANT, new SenderId("sender-1"));
        var hidden = new HookEvent.Message(
                remote(number),
                "in-1",
                new ChatAddress("200000000000101@lid", Optional.empty(), Optional.of("200000000000101@lid")),
                "Amal",
                "Hello?",
                MessageContent.PLAIN,
                Optional.empty(),
                Optional.empty(),
                clock.instant());

        gatewayDriver().gaveUp(access(), List.of(hidden, hidden));

        assertThat(numbers.remarks).singleElement().asString().startsWith("Message not shown: ");
    }

    @AfterEach
    void closeTheDoor() {
        door.stop(0);
        threads.shutdownNow();
    }

    /// Returns the id of the number that the gateway calls so.
    protected String senderOf(String remote) {
        return remote;
    }
}
