package dev.banyan.whatsapp.drivers.waha;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverListener.Receipt;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.GatewayConformance;
import dev.banyan.whatsapp.drivers.GatewayDriver;
import dev.banyan.whatsapp.drivers.GatewayTools;
import dev.banyan.whatsapp.drivers.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WahaDriverTest extends GatewayConformance {

    private final FakeWaha waha = new FakeWaha(clock).with("GOWS", "2026.8.1");
    private final WahaDriver driver = new WahaDriver(new WahaGateway(http, clock), tools);

    @AfterEach
    void close() {
        waha.close();
    }

    @Override
    protected GatewayDriver gatewayDriver() {
        return driver;
    }

    @Override
    protected Connection connection() {
        return WahaWorld.connection(waha, waha.facts(), clock.instant());
    }

    @Override
    protected Credentials credentials() {
        return new Credentials(new Credentials.ApiKey(FakeWaha.KEY), SECRET);
    }

    @Override
    protected void fakeTimePasses(Duration time) {
        waha.timePasses(time);
    }

    @Override
    public void wasLinked(SenderKey sender) {
        waha.hasLinked(remote(sender), SHOP);
        prepare(sender);
    }

    @Override
    public boolean keepsIds() {
        return true;
    }

    @Override
    public Duration untilNoticed() {
        return Duration.ofSeconds(40);
    }

    @Override
    public void phoneScans(SenderKey sender, Phone phone) {
        waha.phoneScans(remote(sender), phone);
        timePasses(Duration.ofSeconds(5));
    }

    @Override
    public void connectionBreaks(SenderKey sender) {
        waha.connectionBreaksForGood(remote(sender));
        breaksForAWhile();
    }

    @Override
    protected void heals() {
        if (waha.config("sender-1").isPresent()) {
            waha.connectionComesBack("sender-1");
        }
    }

    @Override
    public void phoneRemovesTheDevice(SenderKey sender) {
        waha.phoneRemovesTheDevice(remote(sender));
        timePasses(Duration.ofSeconds(30));
    }

    @Override
    public String contactWrites(SenderKey sender, String provider, Phone from, String text) {
        String id = waha.contact(remote(sender), from, "Amal").writes(text);
        processHooks();
        return id;
    }

    @Override
    protected void bans() {
        waha.bans(remote(sender), 101, BAN);
    }

    /// Its time is over.
    @Override
    protected void liftsBan() {}

    /// The sessions API doesn't say what the session was before.
    @Test
    void aNumberThatWasLoggedOutWhileTheServerWasAwayIsNotToldAboutCodes() {
        wasLinked(sender);
        waha.phoneRemovesTheDevice(remote(sender));
        waha.forgetsItself(remote(sender));

        driver.connect(sender);
        timePasses(Duration.ofMinutes(1));

        assertThat(events).last().isInstanceOf(DriverEvent.Unlinked.class);
        assertThat(events).noneMatch(event -> event.toString().contains("QR codes"));
    }

    @Test
    void whatWasMissedIsFetchedAgainUntilItCanBeKept() {
        connect();
        waha.tellsWhatItMissed = false;
        connectionBreaks(sender);
        timePasses(Duration.ofMinutes(1));
        contactWrites(sender, "MISSED1", new Phone("+971500000101"), "Anyone there?");
        numbers.takeNothing();
        timePasses(Duration.ofMinutes(5));
        assertThat(events).noneMatch(DriverEvent.Received.class::isInstance);

        numbers.comeBack();
        timePasses(Duration.ofMinutes(2));

        assertThat(events)
                .filteredOn(DriverEvent.Received.class::isInstance)
                .extracting(event -> ((DriverEvent.Received) event).text())
                .containsExactly("Anyone there?");
    }

    @Override
    protected void isWrittenOnThePhone(SenderKey sender, Phone to, String provider, String text) {
        waha.contact(remote(sender), to, "Amal").as(provider).getsFromThePhone(text);
    }

    @Override
    protected void nextMessageIsLost() {
        waha.faults.next("sendText", new FakeFaults.Fault.Closes());
    }

    @Test
    void whatAGatewayHasSentBeforeItDiedIsFoundWhenItIsBack() {
        connect();
        OutgoingMessage last = message("The last one before the crash");
        waha.faults.next("sendText", new FakeFaults.Fault.DoesItAndCloses());
        waha.faults.next("/messages", new FakeFaults.Fault.Closes());
        waha.faults.next("/messages", new FakeFaults.Fault.Answers(503, ""));

        gatewayDriver().send(sender, last);
        timePasses(Duration.ofMinutes(1));

        assertThat(waha.sent(remote(sender))).hasSize(1);
        assertThat(events)
                .anyMatch(event ->
                        event instanceof DriverEvent.Sent sent && sent.message().equals(last.id()))
                .noneMatch(DriverEvent.Unclear.class::isInstance);
    }

    /// What refuses the repeat knows nothing of the first one.
    @Test
    void aRepeatThatIsRefusedForNowLeavesTheMessageInDoubt() {
        connect();
        OutgoingMessage message = message("Is it there?");
        waha.faults.next("sendText", new FakeFaults.Fault.Closes());
        for (int i = 0; i < 20; i++) {
            waha.faults.next("sendText", new FakeFaults.Fault.Answers(422, "{\"status\":\"STARTING\"}"));
        }

        gatewayDriver().send(sender, message);
        timePasses(Duration.ofMinutes(1));

        assertThat(events)
                .anyMatch(event -> event instanceof DriverEvent.Unclear unclear
                        && unclear.message().equals(message.id()))
                .noneMatch(DriverEvent.NotSent.class::isInstance);
    }

    @Test
    void aRepeatThatIsRefusedForGoodLeavesTheMessageInDoubt() {
        connect();
        OutgoingMessage message = message("It has arrived");
        waha.faults.next("sendText", new FakeFaults.Fault.DoesItAndCloses());
        waha.faults.next("sendText", new FakeFaults.Fault.Answers(413, ""));
        knowsNothingOnce();
        knowsNothingOnce();

        gatewayDriver().send(sender, message);
        timePasses(Duration.ofMinutes(1));

        assertThat(waha.sent(remote(sender))).hasSize(1);
        assertThat(events)
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(DriverEvent.Unclear.class, unclear -> {
                    assertThat(unclear.message()).isEqualTo(message.id());
                    assertThat(unclear.reason())
                            .endsWith("A second attempt was refused: The file is too large for this WAHA.");
                }))
                .noneMatch(DriverEvent.NotSent.class::isInstance);
    }

    @Test
    void aMessageIsFoundWhoseRepeatIsRefusedForGood() {
        connect();
        OutgoingMessage message = message("It has arrived");
        waha.faults.next("sendText", new FakeFaults.Fault.DoesItAndCloses());
        waha.faults.next("sendText", new FakeFaults.Fault.Answers(413, ""));
        knowsNothingOnce();

        gatewayDriver().send(sender, message);
        timePasses(Duration.ofMinutes(1));

        assertThat(events)
                .anyMatch(event ->
                        event instanceof DriverEvent.Sent sent && sent.message().equals(message.id()))
                .noneMatch(DriverEvent.Unclear.class::isInstance)
                .noneMatch(DriverEvent.NotSent.class::isInstance);
    }

    /// It is asked for a message by its id and then for all of them, and knows of none.
    private void knowsNothingOnce() {
        waha.faults.next("/messages", new FakeFaults.Fault.Answers(200, "[]"));
        waha.faults.next("/messages", new FakeFaults.Fault.Answers(200, "[]"));
    }

    /// In Brazil, WhatsApp knows some people without the 9 of their number.
    @Test
    void theFormOfANumberThatExistsIsAskedForOnce() {
        connect();
        var dialled = new Phone("+5511987650101");
        waha.isNotOnWhatsApp(dialled);

        gatewayDriver().send(sender, message(new UUID(9, 1), dialled, "Oi"));
        gatewayDriver().send(sender, message(new UUID(9, 2), dialled, "Tudo bem?"));
        timePasses(Duration.ofSeconds(1));

        assertThat(waha.sent(remote(sender)))
                .extracting(FakeSent::chat)
                .containsExactly("551187650101@c.us", "551187650101@c.us");
        assertThat(waha.calls())
                .filteredOn(call -> call.contains("check-exists") && call.contains("7650101"))
                .hasSize(2);
    }

    @Test
    void whoIsNotOnWhatsAppInAnyFormGetsNothing() {
        connect();
        waha.isNotOnWhatsApp(new Phone("+5511987650102"));
        waha.isNotOnWhatsApp(new Phone("+551187650102"));

        gatewayDriver().send(sender, message(new UUID(9, 1), new Phone("+5511987650102"), "Oi"));
        timePasses(Duration.ofSeconds(1));

        assertThat(waha.sent(remote(sender))).isEmpty();
        assertThat(events)
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(DriverEvent.NotSent.class, not -> {
                    assertThat(not.reason()).isEqualTo("This number is not on WhatsApp.");
                    assertThat(not.again()).isFalse();
                }));
    }

    /// Nothing is asked about people who have written, nor in other countries.
    @Test
    void whoHasWrittenIsAnsweredThere() {
        connect();
        contactWrites(sender, "in-1", new Phone("+5215512340101"), "Hola");

        gatewayDriver().send(sender, message(new UUID(9, 1), new Phone("+525512340101"), "Hola"));
        gatewayDriver().send(sender, message(new UUID(9, 2), new Phone("+971500000102"), "Hello"));
        timePasses(Duration.ofSeconds(1));

        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                DriverEvent.Received.class,
                                received -> assertThat(received.from()).isEqualTo(new Phone("+525512340101"))));
        assertThat(waha.sent(remote(sender)))
                .extracting(FakeSent::chat)
                .containsExactlyInAnyOrder("5215512340101@c.us", "971500000102@c.us");
        assertThat(waha.calls()).noneMatch(call -> call.contains("check-exists") && !call.contains(SHOP.digits()));
    }

    private String proxy() {
        return waha.config(remote(sender)).orElseThrow().at("/proxy/server").asText();
    }

    @Test
    void anotherProxyIsUsedAtOnce() {
        connect();
        timePasses(Duration.ofSeconds(30));
        assertThat(driver.answers(sender)).isTrue();

        gets(sender, new Line.Proxy("http", "proxy.example", 3128, "", ""));
        assertThat(proxy()).isEqualTo("proxy.example:3128");
        timePasses(Duration.ofSeconds(30));
        assertThat(driver.answers(sender)).isTrue();

        gets(sender, new Line.Proxy("socks5", "proxy.example", 1080, "", ""));
        assertThat(remarks()).anyMatch(remark -> remark.startsWith("Proxy not used yet: WAHA can use HTTP"));
        getsNoProxy(sender);
        assertThat(proxy()).isEmpty();
    }

    @Test
    void aNumberThatIsNotLiveIsLeftAlone() {
        gets(sender, new Line.Proxy("http", "proxy.example", 3128, "", ""));

        assertThat(waha.config(remote(sender))).isEmpty();
    }

    @Test
    void aLinkingIsNotStoppedWithTheOneBefore() {
        var sender = new SenderKey(TENANT, new SenderId("sender-1"));
        var tasks = new ArrayDeque<Runnable>();
        var other = new WahaDriver(
                new WahaGateway(http, clock),
                new GatewayTools(numbers, tools.files(), timers, clock, tasks::push, Duration.ZERO));
        other.listen(_ -> CompletableFuture.completedFuture(Receipt.KEPT));
        other.link(sender);
        newestFirst(tasks);

        other.cancel(sender);
        other.link(sender);
        newestFirst(tasks);
        waha.timePasses(Duration.ofSeconds(5));
        assertThat(waha.status("sender-1")).isEqualTo("SCAN_QR_CODE");

        other.stop(sender);
        other.link(sender);
        newestFirst(tasks);
        waha.timePasses(Duration.ofSeconds(5));
        assertThat(waha.status("sender-1")).isEqualTo("SCAN_QR_CODE");
    }

    private static void newestFirst(ArrayDeque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.pop().run();
        }
    }
}
