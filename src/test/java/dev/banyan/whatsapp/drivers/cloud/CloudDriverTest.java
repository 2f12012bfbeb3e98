package dev.banyan.whatsapp.drivers.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.GatewayConformance;
import dev.banyan.whatsapp.drivers.GatewayDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudDriverTest extends GatewayConformance {

    private final FakeCloud cloud = new FakeCloud(clock);
    private final FakeNumber shop = cloud.number("300000000000001", SHOP.digits(), "Marina Sweets");
    private final FakeNumber other = cloud.number("300000000000002", "971500000109", "Marina Sweets 2");
    private final CloudDriver driver = new CloudDriver(new CloudGateway(http, clock), tools);

    @BeforeEach
    void open() {
        cloud.windows(false);
        cloud.hooksTo(access().hook());
        cloud.subscribe();
        cloud.sending().reportsByItself("sent", "delivered", "read");
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Override
    protected String remote(SenderKey sender) {
        return sender.id().value().equals("sender-1") ? "300000000000001" : "300000000000002";
    }

    @Override
    protected String senderOf(String remote) {
        return remote.equals("300000000000001") ? "sender-1" : "sender-2";
    }

    private FakeNumber number(SenderKey sender) {
        return sender.id().value().equals("sender-1") ? shop : other;
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
                "Our WABA",
                DriverKind.CLOUD,
                Optional.of(cloud.url()),
                Optional.empty(),
                false,
                new Connection.Facts(
                        Optional.of("v26.0"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                clock.instant(),
                clock.instant());
    }

    @Override
    protected Credentials credentials() {
        return new Credentials(
                new Credentials.Cloud(FakeCloud.TOKEN, FakeCloud.APP_SECRET, "verify-me", Optional.of(FakeCloud.WABA)),
                SECRET);
    }

    @Override
    protected void fakeTimePasses(Duration time) {
        try {
            cloud.sending().settle();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        clock.forward(time);
    }

    @Override
    protected void heals() {
        shop.set("status", "CONNECTED");
    }

    /// Meta's servers take messages whatever the state of a number is.
    @Override
    public boolean keepsMessagesWhileAway() {
        return false;
    }

    @Override
    public Duration untilNoticed() {
        return Duration.ofSeconds(130);
    }

    @Override
    public void phoneScans(SenderKey sender, Phone phone) {
        throw new UnsupportedOperationException("There is no code to scan");
    }

    @Override
    public void connectionBreaks(SenderKey sender) {
        number(sender).set("status", "OFFLINE");
        breaksForAWhile();
    }

    @Override
    public void phoneRemovesTheDevice(SenderKey sender) {
        throw new UnsupportedOperationException("There is no device");
    }

    @Override
    public String contactWrites(SenderKey sender, String provider, Phone from, String text) {
        String id = cloud.contacts()
                .writes(number(sender), new FakeContacts.Contact(from.digits(), "Amal", "AE.1349"), text);
        processHooks();
        return id;
    }

    @Override
    protected void isWrittenOnThePhone(SenderKey sender, Phone to, String provider, String text) {
        cloud.contacts().echoes(number(sender), new FakeContacts.Contact(to.digits(), "Amal"), provider, text);
    }

    /// Its receipts name our id, so they need not wait until the message is given up.
    @Test
    void aReceiptSaysWhatBecameOfAMessageInDoubt() {
        connect();
        cloud.faults().next("messages", new FakeFaults.Fault.Broken(true));
        OutgoingMessage message = message("Is it there?");

        driver.send(sender, message);
        timePasses(Duration.ofSeconds(1));

        assertThat(events)
                .anyMatch(event ->
                        event instanceof DriverEvent.Sent sent && sent.message().equals(message.id()))
                .noneMatch(DriverEvent.Unclear.class::isInstance);
    }

    @Test
    void peopleReadOnceThatMessagesAreHeldBack() {
        connect();
        cloud.sending().answersWith("held_for_quality_assessment");

        driver.send(sender, message("New in our shop"));
        driver.send(sender, message("Only today"));
        timePasses(Duration.ofSeconds(1));

        assertThat(remarks().stream().filter(remark -> remark.startsWith("Messages held back: ")))
                .hasSize(1);
        assertThat(cloud.sending().sent()).hasSize(2);
    }

    @Override
    protected void bans() {
        cloud.bans(shop);
        processHooks();
    }

    @Override
    protected void liftsBan() {
        shop.set("status", "CONNECTED");
    }

    @Override
    protected void nextMessageIsLost() {
        cloud.faults().next("messages", new FakeFaults.Fault.Broken(false));
    }
}
