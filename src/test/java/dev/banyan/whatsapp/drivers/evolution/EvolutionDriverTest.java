package dev.banyan.whatsapp.drivers.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.GatewayConformance;
import dev.banyan.whatsapp.drivers.GatewayDriver;
import dev.banyan.whatsapp.drivers.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvolutionDriverTest extends GatewayConformance {

    private final FakeEvolution fake = new FakeEvolution(FakeEvolution.Version.V2_3_7, clock, "GLOBAL-KEY");
    private final EvolutionDriver driver = new EvolutionDriver(new EvolutionGateway(http, clock), tools);

    @org.junit.jupiter.api.BeforeEach
    void acknowledge() {
        fake.acksAlone(true);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Override
    protected GatewayDriver gatewayDriver() {
        return driver;
    }

    @Override
    protected Connection connection() {
        return new Connection(
                CONNECTION,
                TENANT,
                "Our Evolution",
                DriverKind.EVOLUTION,
                Optional.of(fake.url()),
                Optional.empty(),
                false,
                new Connection.Facts(
                        Optional.of("2.3.7"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                clock.instant(),
                clock.instant());
    }

    @Override
    protected Credentials credentials() {
        return new Credentials(new Credentials.ApiKey("GLOBAL-KEY"), SECRET);
    }

    @Override
    protected void fakeTimePasses(Duration time) {
        fake.timePasses(time);
    }

    @Override
    public void wasLinked(SenderKey sender) {
        fake.linkedBefore(remote(sender), SHOP.digits());
        prepare(sender);
    }

    /// The fake's contacts acknowledge on their phones, and read later.
    @Override
    public boolean contactsRead() {
        return false;
    }

    /// Messages come in over another socket.
    @Override
    public boolean keepsMessagesWhileAway() {
        return false;
    }

    @Override
    public Duration untilGivenUp() {
        return Duration.ofMinutes(30);
    }

    @Override
    public Duration untilNoticed() {
        return Duration.ofSeconds(40);
    }

    @Override
    public void phoneScans(SenderKey sender, Phone phone) {
        fake.phoneScans(remote(sender), phone.digits());
        timePasses(Duration.ofSeconds(5));
    }

    @Override
    public void connectionBreaks(SenderKey sender) {
        fake.connectionBreaks(remote(sender));
        breaksForAWhile();
    }

    @Override
    protected void heals() {
        if (fake.has("sender-1")) {
            fake.comesBack("sender-1");
        }
    }

    @Override
    public void phoneRemovesTheDevice(SenderKey sender) {
        fake.phoneRemovesTheDevice(remote(sender));
        timePasses(Duration.ofSeconds(30));
    }

    @Override
    public String contactWrites(SenderKey sender, String provider, Phone from, String text) {
        String id = fake.contact(remote(sender), from.digits(), "Amal").writes(text);
        fake.settle();
        processHooks();
        return id;
    }

    @Override
    protected void isWrittenOnThePhone(SenderKey sender, Phone to, String provider, String text) {
        fake.contact(remote(sender), to.digits(), "Amal").getsFromThePhone(provider, text);
    }

    @Override
    protected void nextMessageIsLost() {
        fake.closes("/message/");
    }

    @Override
    protected void bans() {
        fake.ban(remote(sender));
    }

    /// Someone links it again in the manager of Evolution API.
    @Override
    protected void liftsBan() {
        var _ = driver.gateway().start(numbers.line(sender).orElseThrow());
        assertThat(fake.phoneScans(remote(sender), SHOP.digits())).isTrue();
    }

    /// The key of a change may name the hidden chat only; the id says that the message is ours.
    @Test
    void aMessageOfOursThatIsChangedOnThePhoneIsChangedHere() {
        connect();
        driver.send(sender, message("Good morning"));
        timePasses(Duration.ofSeconds(1));
        String provider = fake.sent().getFirst().id();
        FakeContact amal = fake.contact(remote(sender), "971500000102", "Amal").onlyHidden("200000000000102");
        amal.seesOurEdit(provider, "Good evening");
        amal.seesOurDeletion(provider);
        processHooks();
        assertThat(waitingHooks()).isZero();

        amal.editsAsItsPhoneSeesIt("3AF0LATE", "Hello");
        processHooks();
        assertThat(waitingHooks()).isEqualTo(1);
        assertThat(events)
                .filteredOn(event -> event instanceof DriverEvent.Edited || event instanceof DriverEvent.Deleted)
                .hasExactlyElementsOfTypes(
                        DriverEvent.Edited.class, DriverEvent.Deleted.class, DriverEvent.Deleted.class)
                .allMatch(event -> ((DriverEvent.OfContact) event).from().equals(new Phone("+971500000101")));
    }

    private String proxy() {
        return Optional.ofNullable(fake.instances().get(remote(sender)))
                .flatMap(FakeInstance::proxy)
                .map(row -> row.path("host").asText())
                .orElse("");
    }

    @Test
    void anotherProxyIsUsedAtOnce() {
        connect();
        timePasses(Duration.ofSeconds(30));
        fake.forgetRequests();

        gets(sender, new Line.Proxy("http", "good.example", 3128, "", ""));
        assertThat(proxy()).isEqualTo("good.example");
        assertThat(fake.requests()).anyMatch(request -> request.contains("/instance/restart/"));
        timePasses(Duration.ofSeconds(30));
        assertThat(driver.answers(sender)).isTrue();

        gets(sender, new Line.Proxy("http", "bad.example", 3128, "", ""));
        assertThat(remarks()).anyMatch(remark -> remark.startsWith("Proxy not used yet: "));
        assertThat(proxy()).isEqualTo("good.example");
        fake.forgetRequests();
        getsNoProxy(sender);
        assertThat(proxy()).isEmpty();
        assertThat(fake.requests()).anyMatch(request -> request.contains("/instance/restart/"));
    }

    /// In Mexico, WhatsApp knows some people with a 1 that people don’t dial any more.
    @Test
    void theFormOfANumberThatExistsIsAskedForOnce() {
        connect();
        var dialled = new Phone("+525512340101");
        fake.isNotOnWhatsApp(dialled.digits());

        gatewayDriver().send(sender, message(new UUID(9, 1), dialled, "Hola"));
        gatewayDriver().send(sender, message(new UUID(9, 2), dialled, "¿Cómo estás?"));
        timePasses(Duration.ofSeconds(1));

        assertThat(fake.sent()).hasSize(2).allMatch(sent -> sent.to().startsWith("5215512340101"));
    }
}
