package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.DriverListener.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The contract of every driver. A subclass provides the driver and its environment: phones that scan, connections that
/// break, time that passes.
public abstract class DriverConformance {

    private static final Phone PHONE = new Phone("+971500000101");
    private static final AccountId TENANT = new AccountId(new UUID(7, 1));
    private static final Duration LONG = Duration.ofMinutes(10);

    private final SenderKey sender = new SenderKey(TENANT, new SenderId("sender-1"));
    private final SenderKey other = new SenderKey(TENANT, new SenderId("sender-2"));
    private final List<DriverEvent> events = new CopyOnWriteArrayList<>();

    public abstract Driver driver();

    /// Lets the phone scan the current code.
    public abstract void phoneScans(SenderKey sender, Phone phone);

    public abstract void connectionBreaks(SenderKey sender);

    public abstract void phoneRemovesTheDevice(SenderKey sender);

    public abstract void contactWrites(SenderKey sender, String provider, Phone from, String text);

    public abstract void timePasses(Duration time);

    @BeforeEach
    void listen() {
        driver().listen(event -> {
            events.add(event);
            return CompletableFuture.completedFuture(Receipt.KEPT);
        });
    }

    @Test
    void linkingShowsACodeAtOnce() {
        driver().link(sender);

        assertThat(events).singleElement().isInstanceOfSatisfying(DriverEvent.Code.class, code -> {
            assertThat(code.sender()).isEqualTo(sender);
            assertThat(code.text()).startsWith("2@");
            assertThat(code.number()).isEqualTo(1);
            assertThat(code.expiresAt()).isAfter(code.shownAt());
        });
        assertThat(driver().answers(sender)).isFalse();
    }

    /// A driver need not offer a pairing code; if it does, the code is valid for the whole linking, and for no other.
    @Test
    void aPairingCodeIsGoodAsLongAsTheLinkingGoesOn() {
        var phone = new Phone("+971500000101");
        assertThat(driver().pairingCode(sender, phone)).isEmpty();
        driver().link(sender);

        Optional<String> code = driver().pairingCode(sender, phone);

        code.ifPresent(text -> assertThat(text).matches("[0-9A-Z]{4}-[0-9A-Z]{4}"));
        assertThat(driver().pairingCode(sender, phone)).isEqualTo(code);
        phoneScans(sender, phone);
        assertThat(driver().pairingCode(sender, phone)).isEmpty();
    }

    @Test
    void codesRenewWhenTheyExpireAndAreGivenUpInTheEnd() {
        driver().link(sender);
        timePasses(LONG);

        List<DriverEvent.Code> codes = codes();
        assertThat(codes).hasSizeGreaterThan(1);
        assertThat(codes).extracting(DriverEvent.Code::text).doesNotHaveDuplicates();
        for (int i = 0; i < codes.size(); i++) {
            assertThat(codes.get(i).number()).isEqualTo(i + 1);
            assertThat(codes.get(i).of()).isEqualTo(codes.size());
            if (i > 0) {
                assertThat(codes.get(i).shownAt()).isEqualTo(codes.get(i - 1).expiresAt());
            }
        }
        assertThat(events).last().isEqualTo(new DriverEvent.TimedOut(sender));
        assertThat(events).hasSize(codes.size() + 1);
    }

    @Test
    void linkingAgainWhileItGoesOnChangesNothing() {
        driver().link(sender);
        driver().link(sender);

        assertThat(events).hasSize(1);
    }

    @Test
    void afterItWasGivenUpLinkingBeginsAnew() {
        driver().link(sender);
        timePasses(LONG);
        events.clear();

        driver().link(sender);

        assertThat(codes()).extracting(DriverEvent.Code::number).containsExactly(1);
    }

    @Test
    void aScannedCodeLinksAndNoCodeFollows() {
        driver().link(sender);
        phoneScans(sender, PHONE);
        timePasses(LONG);

        assertThat(events).hasSize(2).last().isInstanceOfSatisfying(DriverEvent.Linked.class, linked -> {
            assertThat(linked.sender()).isEqualTo(sender);
            assertThat(linked.phone()).isEqualTo(PHONE);
            assertThat(linked.deviceName()).isNotBlank();
        });
        assertThat(driver().answers(sender)).isTrue();
    }

    @Test
    void aCancelledLinkingIsSilent() {
        driver().link(sender);
        driver().cancel(sender);
        phoneScans(sender, PHONE);
        timePasses(LONG);

        assertThat(events).hasSize(1);
        assertThat(driver().answers(sender)).isFalse();
    }

    @Test
    void aSenderThatWasLinkedComesBack() {
        driver().connect(sender);

        assertThat(events).containsExactly(new DriverEvent.Connected(sender));
        assertThat(driver().answers(sender)).isTrue();
    }

    @Test
    void aBrokenConnectionIsToldAndComesBack() {
        driver().connect(sender);
        connectionBreaks(sender);

        assertThat(events).last().isInstanceOf(DriverEvent.Disconnected.class);
        assertThat(driver().answers(sender)).isFalse();

        timePasses(LONG);
        assertThat(events).last().isEqualTo(new DriverEvent.Connected(sender));
        assertThat(driver().answers(sender)).isTrue();
    }

    @Test
    void aDeviceThatThePhoneRemovesIsToldAndStaysAway() {
        driver().connect(sender);
        phoneRemovesTheDevice(sender);
        timePasses(LONG);

        assertThat(events).hasSize(2).last().isInstanceOf(DriverEvent.Unlinked.class);
        assertThat(driver().answers(sender)).isFalse();
    }

    @Test
    void aStoppedSenderIsSilent() {
        driver().connect(sender);
        connectionBreaks(sender);
        driver().stop(sender);
        events.clear();
        timePasses(LONG);

        assertThat(events).isEmpty();
        assertThat(driver().answers(sender)).isFalse();
    }

    @Test
    void sendersDoNotDisturbEachOther() {
        driver().link(sender);
        driver().link(other);
        driver().cancel(sender);
        phoneScans(other, PHONE);

        assertThat(driver().answers(sender)).isFalse();
        assertThat(driver().answers(other)).isTrue();
        assertThat(events).last().isInstanceOf(DriverEvent.Linked.class);
    }

    @Test
    void aMessageIsSentThenDeliveredThenRead() {
        driver().connect(sender);
        OutgoingMessage message = message("Good morning");
        driver().send(sender, message);
        timePasses(LONG);

        assertThat(ofMessages()).hasSize(3);
        assertThat(ofMessages().getFirst()).isInstanceOfSatisfying(DriverEvent.Sent.class, sent -> {
            assertThat(sent.sender()).isEqualTo(sender);
            assertThat(sent.message()).isEqualTo(message.id());
            assertThat(sent.provider()).isNotBlank().hasSizeLessThanOrEqualTo(128);
            assertThat(ofMessages().subList(1, 3))
                    .containsExactly(
                            new DriverEvent.Delivered(sender, sent.provider()),
                            new DriverEvent.Read(sender, sent.provider()));
        });
    }

    @Test
    void everyAttemptHasAnIdOfItsOwn() {
        driver().connect(sender);
        OutgoingMessage message = message("Good morning");
        driver().send(sender, message);
        driver().send(sender, message);

        assertThat(ofMessages())
                .filteredOn(DriverEvent.Sent.class::isInstance)
                .extracting(sent -> ((DriverEvent.Sent) sent).provider())
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void withoutAConnectionNothingIsSentAndItSaysThatItMayBeTriedAgain() {
        driver().connect(sender);
        connectionBreaks(sender);
        OutgoingMessage message = message("Good morning");
        driver().send(sender, message);

        assertThat(ofMessages()).singleElement().isInstanceOfSatisfying(DriverEvent.NotSent.class, not -> {
            assertThat(not.message()).isEqualTo(message.id());
            assertThat(not.reason()).endsWith(".");
            assertThat(not.again()).isTrue();
        });
    }

    @Test
    void whatAContactWritesIsToldWithWhoWroteIt() {
        driver().connect(sender);
        contactWrites(sender, "in-1", PHONE, "Is the clinic open today?");

        assertThat(ofMessages()).singleElement().isInstanceOfSatisfying(DriverEvent.Received.class, received -> {
            assertThat(received.sender()).isEqualTo(sender);
            assertThat(received.provider()).isEqualTo("in-1");
            assertThat(received.from()).isEqualTo(PHONE);
            assertThat(received.text()).isEqualTo("Is the clinic open today?");
        });
    }

    @Test
    void whatAContactWritesWhileTheConnectionIsAwayArrivesAfterIt() {
        driver().connect(sender);
        connectionBreaks(sender);
        contactWrites(sender, "in-1", PHONE, "Hello?");
        assertThat(ofMessages()).isEmpty();

        timePasses(LONG);

        assertThat(ofMessages()).hasSize(1);
        assertThat(events.indexOf(ofMessages().getFirst()))
                .isGreaterThan(events.indexOf(new DriverEvent.Connected(sender)));
    }

    @Test
    void whatIsRefusedIsReportedAgainBeforeWhatCameAfterIt() {
        var server = new RefusingServer();
        driver().connect(sender);
        server.receipt = Optional.of(Receipt.NOT_NOW);
        for (int i = 0; i < 3; i++) {
            contactWrites(sender, "in-" + i, PHONE, "text " + i);
        }
        timePasses(LONG);
        assertThat(server.kept).isEmpty();
        assertThat(server.reported)
                .as("not asked again and again without a pause")
                .hasSizeLessThan(5_000);

        server.receipt = Optional.of(Receipt.KEPT);
        timePasses(LONG);

        assertThat(server.kept).containsExactly("in-0", "in-1", "in-2");
    }

    @Test
    void whatIsRefusedIsReportedAgainAlsoAfterTheConnectionBroke() {
        var server = new RefusingServer();
        driver().connect(sender);
        server.receipt = Optional.of(Receipt.NOT_NOW);
        contactWrites(sender, "in-0", PHONE, "Hello?");
        connectionBreaks(sender);
        contactWrites(sender, "in-1", PHONE, "Are you there?");
        timePasses(LONG);

        server.receipt = Optional.of(Receipt.KEPT);
        timePasses(LONG);

        assertThat(server.kept).containsExactly("in-0", "in-1");
    }

    @Test
    void whatIsNotAcknowledgedYetIsNotForgotten() {
        var server = new RefusingServer();
        driver().connect(sender);
        server.receipt = Optional.empty();
        contactWrites(sender, "in-0", PHONE, "Hello?");
        timePasses(LONG);

        server.receipt = Optional.of(Receipt.KEPT);
        server.pending.forEach(pending -> pending.complete(Receipt.NOT_NOW));
        timePasses(LONG);

        assertThat(server.kept).containsExactly("in-0");
    }

    /// Refuses messages of contacts as a test requires, and accepts everything else.
    private final class RefusingServer {

        private final List<String> reported = new ArrayList<>();
        private final List<String> kept = new ArrayList<>();
        private final List<CompletableFuture<Receipt>> pending = new ArrayList<>();
        /// Empty: no receipt.
        private Optional<Receipt> receipt = Optional.of(Receipt.KEPT);

        private RefusingServer() {
            driver().listen(this::report);
        }

        private CompletionStage<Receipt> report(DriverEvent event) {
            if (!(event instanceof DriverEvent.Received received)) {
                return CompletableFuture.completedFuture(Receipt.KEPT);
            }
            reported.add(received.provider());
            if (receipt.equals(Optional.of(Receipt.KEPT))) {
                kept.add(received.provider());
            }
            return receipt.map(CompletableFuture::completedFuture).orElseGet(() -> {
                var later = new CompletableFuture<Receipt>();
                pending.add(later);
                return later;
            });
        }
    }

    private List<DriverEvent.OfMessage> ofMessages() {
        return events.stream()
                .filter(DriverEvent.OfMessage.class::isInstance)
                .map(DriverEvent.OfMessage.class::cast)
                .toList();
    }

    private OutgoingMessage message(String text) {
        return new OutgoingMessage(
                new UUID(9, 1),
                TENANT,
                sender.id(),
                Optional.of(sender.id()),
                new Phone("+971500000102"),
                text,
                Optional.empty(),
                "key",
                DeliveryState.SENDING,
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private List<DriverEvent.Code> codes() {
        return events.stream()
                .filter(DriverEvent.Code.class::isInstance)
                .map(DriverEvent.Code.class::cast)
                .toList();
    }
}
