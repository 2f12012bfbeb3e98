package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.DriverListener.Receipt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The contract of every driver. A subclass provides the driver and its environment: phones that scan, connections that
/// break, time that passes.
public abstract class DriverConformance {

    private static final Phone PHONE = new Phone("+971500000101");
    private static final AccountId TENANT = new AccountId(new UUID(7, 1));
    private static final Duration LONG = Duration.ofMinutes(10);

    protected final SenderKey sender = new SenderKey(TENANT, new SenderId("sender-1"));
    private final SenderKey other = new SenderKey(TENANT, new SenderId("sender-2"));
    protected final List<DriverEvent> events = new CopyOnWriteArrayList<>();

    public abstract Driver driver();

    /// Lets the phone scan the current code.
    public abstract void phoneScans(SenderKey sender, Phone phone);

    public abstract void connectionBreaks(SenderKey sender);

    public abstract void phoneRemovesTheDevice(SenderKey sender);

    /// @param provider the id that the message is to have, if the environment can choose it
    /// @return its id
    public abstract String contactWrites(SenderKey sender, String provider, Phone from, String text);

    public abstract void timePasses(Duration time);

    /// Makes the world believe that this sender was linked before.
    public void wasLinked(SenderKey sender) {}

    /// Returns the time after which nobody has scanned any code.
    public Duration untilGivenUp() {
        return LONG;
    }

    /// Returns how long a broken connection may go unnoticed.
    public Duration untilNoticed() {
        return Duration.ZERO;
    }

    /// Returns whether the contacts of this world have read what they got within [#LONG].
    public boolean contactsRead() {
        return true;
    }

    /// Returns whether messages of contacts wait for a connection that is away.
    public boolean keepsMessagesWhileAway() {
        return true;
    }

    /// Returns whether a message keeps its id when it is sent again.
    public boolean keepsIds() {
        return false;
    }

    private boolean can(Driver.Capability capability) {
        return driver().capabilities(sender).contains(capability);
    }

    protected final void connect() {
        wasLinked(sender);
        driver().connect(sender);
    }

    private void breaks() {
        connectionBreaks(sender);
        timePasses(untilNoticed());
    }

    @BeforeEach
    void listen() {
        driver().listen(event -> {
            events.add(event);
            return CompletableFuture.completedFuture(Receipt.KEPT);
        });
    }

    @Test
    void linkingShowsACodeAtOnce() {
        assumeTrue(can(Driver.Capability.QR_CODE));
        driver().link(sender);

        assertThat(events).singleElement().isInstanceOfSatisfying(DriverEvent.Code.class, code -> {
            assertThat(code.sender()).isEqualTo(sender);
            assertThat(code.text()).contains("2@");
            assertThat(code.number()).isEqualTo(1);
            assertThat(code.expiresAt()).isAfter(code.shownAt());
        });
        assertThat(driver().answers(sender)).isFalse();
    }

    /// A driver need not offer a pairing code; if it does, the code is valid for the whole linking, and for no other.
    @Test
    void aPairingCodeIsGoodAsLongAsTheLinkingGoesOn() {
        assumeTrue(can(Driver.Capability.QR_CODE));
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
        assumeTrue(can(Driver.Capability.QR_CODE));
        driver().link(sender);
        timePasses(untilGivenUp());

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
        assumeTrue(can(Driver.Capability.QR_CODE));
        driver().link(sender);
        driver().link(sender);

        assertThat(events).hasSize(1);
    }

    @Test
    void afterItWasGivenUpLinkingBeginsAnew() {
        assumeTrue(can(Driver.Capability.QR_CODE));
        driver().link(sender);
        timePasses(untilGivenUp());
        events.clear();

        driver().link(sender);
        timePasses(Duration.ofSeconds(5));

        assertThat(codes()).extracting(DriverEvent.Code::number).containsExactly(1);
    }

    @Test
    void aScannedCodeLinksAndNoCodeFollows() {
        assumeTrue(can(Driver.Capability.QR_CODE));
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
        assumeTrue(can(Driver.Capability.QR_CODE));
        driver().link(sender);
        driver().cancel(sender);
        phoneScans(sender, PHONE);
        timePasses(LONG);

        assertThat(events).hasSize(1);
        assertThat(driver().answers(sender)).isFalse();
    }

    @Test
    void aSenderThatWasLinkedComesBack() {
        connect();

        assertThat(events).containsExactly(new DriverEvent.Connected(sender));
        assertThat(driver().answers(sender)).isTrue();
    }

    @Test
    void aBrokenConnectionIsToldAndComesBack() {
        connect();
        breaks();

        assertThat(events).last().isInstanceOf(DriverEvent.Disconnected.class);
        assertThat(driver().answers(sender)).isFalse();

        timePasses(LONG);
        assertThat(events).last().isEqualTo(new DriverEvent.Connected(sender));
        assertThat(driver().answers(sender)).isTrue();
    }

    @Test
    void aDeviceThatThePhoneRemovesIsToldAndStaysAway() {
        assumeTrue(can(Driver.Capability.QR_CODE));
        connect();
        phoneRemovesTheDevice(sender);
        timePasses(LONG);

        assertThat(events).hasSize(2).last().isInstanceOf(DriverEvent.Unlinked.class);
        assertThat(driver().answers(sender)).isFalse();
    }

    @Test
    void aStoppedSenderIsSilent() {
        connect();
        breaks();
        driver().stop(sender);
        events.clear();
        timePasses(LONG);

        assertThat(events).isEmpty();
        assertThat(driver().answers(sender)).isFalse();
    }

    @Test
    void sendersDoNotDisturbEachOther() {
        assumeTrue(can(Driver.Capability.QR_CODE));
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
        connect();
        OutgoingMessage message = message("Good morning");
        driver().send(sender, message);
        timePasses(LONG);

        assertThat(ofMessages()).hasSize(contactsRead() ? 3 : 2);
        assertThat(ofMessages().getFirst()).isInstanceOfSatisfying(DriverEvent.Sent.class, sent -> {
            assertThat(sent.sender()).isEqualTo(sender);
            assertThat(sent.message()).isEqualTo(message.id());
            assertThat(sent.provider()).isNotBlank().hasSizeLessThanOrEqualTo(128);
            assertThat(ofMessages().get(1)).isEqualTo(new DriverEvent.Delivered(sender, sent.provider()));
            assertThat(ofMessages().subList(2, ofMessages().size()))
                    .isEqualTo(contactsRead() ? List.of(new DriverEvent.Read(sender, sent.provider())) : List.of());
        });
    }

    @Test
    void everyAttemptHasAnIdOfItsOwn() {
        connect();
        OutgoingMessage message = message("Good morning");
        driver().send(sender, message);
        driver().send(sender, message);

        assertThat(ofMessages())
                .filteredOn(DriverEvent.Sent.class::isInstance)
                .extracting(sent -> ((DriverEvent.Sent) sent).provider())
                .doesNotHaveDuplicates()
                .hasSize(keepsIds() ? 1 : 2);
    }

    @Test
    void withoutAConnectionNothingIsSentAndItSaysThatItMayBeTriedAgain() {
        connect();
        breaks();
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
        connect();
        String provider = contactWrites(sender, "in-1", PHONE, "Is the clinic open today?");

        assertThat(ofMessages()).singleElement().isInstanceOfSatisfying(DriverEvent.Received.class, received -> {
            assertThat(received.sender()).isEqualTo(sender);
            assertThat(received.provider()).isEqualTo(provider);
            assertThat(received.from()).isEqualTo(PHONE);
            assertThat(received.text()).isEqualTo("Is the clinic open today?");
        });
    }

    @Test
    void whatAContactWritesWhileTheConnectionIsAwayArrivesAfterIt() {
        assumeTrue(keepsMessagesWhileAway());
        connect();
        breaks();
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
        connect();
        server.receipt = Optional.of(Receipt.NOT_NOW);
        var written = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            written.add(contactWrites(sender, "in-" + i, PHONE, "text " + i));
        }
        timePasses(LONG);
        assertThat(server.kept).isEmpty();
        assertThat(server.reported)
                .as("not asked again and again without a pause")
                .hasSizeLessThan(5_000);

        server.receipt = Optional.of(Receipt.KEPT);
        timePasses(LONG);

        assertThat(new LinkedHashSet<>(server.kept)).containsExactlyElementsOf(written);
    }

    @Test
    void whatIsRefusedIsReportedAgainAlsoAfterTheConnectionBroke() {
        var server = new RefusingServer();
        connect();
        server.receipt = Optional.of(Receipt.NOT_NOW);
        String first = contactWrites(sender, "in-0", PHONE, "Hello?");
        breaks();
        String second = contactWrites(sender, "in-1", PHONE, "Are you there?");
        timePasses(LONG);

        server.receipt = Optional.of(Receipt.KEPT);
        timePasses(LONG);

        assertThat(new LinkedHashSet<>(server.kept)).containsExactly(first, second);
    }

    @Test
    void whatIsNotAcknowledgedYetIsNotForgotten() {
        var server = new RefusingServer();
        connect();
        server.receipt = Optional.empty();
        String provider = contactWrites(sender, "in-0", PHONE, "Hello?");
        timePasses(LONG);

        server.receipt = Optional.of(Receipt.KEPT);
        server.pending.forEach(pending -> pending.complete(Receipt.NOT_NOW));
        timePasses(LONG);

        assertThat(new LinkedHashSet<>(server.kept)).containsExactly(provider);
    }

    @Test
    void whatItCannotSendIsRefusedByName() {
        connect();
        for (MessageContent.Kind kind : MessageContent.Kind.values()) {
            if (!can(Driver.Capability.toSend(kind))) {
                events.clear();
                driver().send(sender, message(content(kind, "3EB0C0FFEE00000001")));

                assertThat(ofMessages()).singleElement().isInstanceOfSatisfying(DriverEvent.NotSent.class, not -> {
                    assertThat(not.reason()).contains(driver().kind().title()).endsWith(".");
                    assertThat(not.again()).isFalse();
                });
            }
        }
    }

    @Test
    void whatItCanSendWithoutAFileIsSent() {
        connect();
        String received = contactWrites(sender, "in-1", new Phone("+971500000102"), "Which cakes do you have?");
        for (MessageContent.Kind kind : MessageContent.Kind.values()) {
            if (can(Driver.Capability.toSend(kind)) && !kind.isFile() && kind != MessageContent.Kind.TEMPLATE) {
                events.clear();
                driver().send(sender, message(content(kind, received)));

                assertThat(ofMessages()).as(kind.key()).first().isInstanceOf(DriverEvent.Sent.class);
            }
        }
    }

    private static MessageContent content(MessageContent.Kind kind, String target) {
        return switch (kind) {
            case TEXT -> MessageContent.PLAIN;
            case IMAGE, DOCUMENT, AUDIO, VIDEO, STICKER -> MessageContent.of(new MessageContent.File(kind, false));
            case LOCATION -> MessageContent.of(new MessageContent.Location(25.08, 55.14, "Shop", "Marina Walk"));
            case CONTACT ->
                MessageContent.of(new MessageContent.Contacts(
                        List.of(new MessageContent.Contacts.Card("Amal Karim", "+971500000103", "Shop"))));
            case REACTION ->
                MessageContent.of(new MessageContent.Reaction("👍"))
                        .answering(new MessageContent.Quoted(target, false));
            case TEMPLATE ->
                MessageContent.of(
                        new MessageContent.Template("order_ready", "en", List.of(), List.of(), List.of(), List.of()));
            case BUTTONS ->
                MessageContent.of(
                        new MessageContent.Buttons("", "", List.of(new MessageContent.Choice("yes", "Yes", ""))));
            case LIST ->
                MessageContent.of(new MessageContent.Choices(
                        "",
                        "",
                        "Choose",
                        List.of(new MessageContent.Choices.Section(
                                "Cakes", List.of(new MessageContent.Choice("r1", "Honey", "1 kg"))))));
        };
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

    /// Returns the events about messages; a repeated one means nothing, and only some drivers tell prices.
    private List<DriverEvent.OfMessage> ofMessages() {
        return events.stream()
                .distinct()
                .filter(event -> !(event instanceof DriverEvent.Priced))
                .filter(DriverEvent.OfMessage.class::isInstance)
                .map(DriverEvent.OfMessage.class::cast)
                .toList();
    }

    protected final OutgoingMessage message(String text) {
        return message(text, MessageContent.PLAIN);
    }

    private OutgoingMessage message(MessageContent content) {
        return message("Choose a cake", content);
    }

    private OutgoingMessage message(String text, MessageContent content) {
        return message(new UUID(9, 1), text, content);
    }

    /// Returns a message to someone else.
    protected final OutgoingMessage message(UUID id, Phone to, String text) {
        return new OutgoingMessage(
                id,
                TENANT,
                sender.id(),
                Optional.of(sender.id()),
                to,
                text,
                Optional.empty(),
                "key",
                DeliveryState.SENDING,
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    protected final OutgoingMessage message(UUID id, String text) {
        return message(id, text, MessageContent.PLAIN);
    }

    private OutgoingMessage message(UUID id, String text, MessageContent content) {
        return message(id, text, content, Optional.empty());
    }

    protected final OutgoingMessage picture() {
        return message(
                new UUID(9, 1),
                "A cake",
                content(MessageContent.Kind.IMAGE, ""),
                Optional.of(new Media("cake.png", "image/png", "outgoing/cake")));
    }

    private OutgoingMessage message(UUID id, String text, MessageContent content, Optional<Media> media) {
        return new OutgoingMessage(
                id,
                TENANT,
                sender.id(),
                Optional.empty(),
                Optional.of(sender.id()),
                new Phone("+971500000102"),
                text,
                media,
                content,
                "key",
                MessageSchedule.NONE,
                DeliveryState.SENDING,
                Optional.empty(),
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
