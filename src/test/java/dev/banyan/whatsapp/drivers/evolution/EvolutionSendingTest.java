package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.AMAL;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.AMAL_JID;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.NAME;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Detail;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.Attempt;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.NotSent;
import dev.banyan.whatsapp.drivers.SendResult.Sent;
import dev.banyan.whatsapp.drivers.SendResult.Unknown;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.Upload;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Messages are sent once, refused for the right reason, and found again when no answer came.
class EvolutionSendingTest {

    private static final byte[] BYTES = {1, 2, 3, 4, 5};

    @TempDir
    Path folder;

    private static SendResult send(EvolutionWorld world, OutgoingMessage message) {
        return world.gateway.send(world.line(), message, Optional.empty(), Optional.empty());
    }

    private static JsonNode body(EvolutionWorld world) {
        return world.fake.sent().getLast().body();
    }

    private Upload upload(String name, String type) throws IOException {
        return new Upload(StoredFile.of(Files.write(folder.resolve(name), BYTES)), name, type);
    }

    private SendResult sendFile(EvolutionWorld world, String caption, Detail detail, String name, String type)
            throws IOException {
        Upload file = upload(name, type);
        OutgoingMessage message =
                world.message(caption, Optional.of(new Media(name, type, "x")), MessageContent.of(detail));
        return world.gateway.send(world.line(), message, Optional.of(file), Optional.empty());
    }

    @Test
    void aTextIsSentWithItsWebhookAndItsReceipts() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.acksAlone(true);

            SendResult result = send(world, world.text("Hello 👋 \"quoted\""));

            String id = world.fake.sent().getFirst().id();
            assertThat(result).isEqualTo(new Sent(id));
            assertThat(world.fake.sent()).singleElement().satisfies(sent -> {
                assertThat(sent.to()).isEqualTo(AMAL_JID);
                assertThat(sent.body().path("text").asText()).isEqualTo("Hello 👋 \"quoted\"");
                assertThat(sent.body().has("delay")).isFalse();
                assertThat(sent.body().has("messageId")).isFalse();
            });
            assertThat(world.events()).hasSize(2);
        }
    }

    @Test
    void anotherAddressOfTheContactIsUsed() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.gateway.send(
                    world.line(), world.text("Olá"), Optional.empty(), Optional.of("551199990001@s.whatsapp.net"));

            assertThat(world.fake.sent().getLast().to()).isEqualTo("551199990001@s.whatsapp.net");
        }
    }

    /// Before 2.4, hidden addresses can't be relied on.
    @ParameterizedTest
    @CsvSource({"V2_3_6, 971500000101@s.whatsapp.net", "V2_4_0, 200000000000101@lid"})
    void hiddenAddressesAreUsedWhereTheyWork(Version version, String to) {
        try (var world = EvolutionWorld.linked(version)) {
            world.gateway.send(world.line(), world.text("Hello"), Optional.empty(), Optional.of("200000000000101@lid"));

            assertThat(world.fake.sent().getLast().to()).isEqualTo(to);
        }
    }

    @Test
    void filesAreSentAsTheirKind() throws IOException {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            assertThat(sendFile(world, "this one", new MessageContent.Plain(), "a.png", "image/png"))
                    .isInstanceOf(Sent.class);
            assertThat(world.fake.sent().getLast().action()).isEqualTo("sendMedia");
            assertThat(body(world).path("mediatype").asText()).isEqualTo("image");
            assertThat(body(world).path("mimetype").asText()).isEqualTo("image/png");
            assertThat(body(world).path("caption").asText()).isEqualTo("this one");
            assertThat(body(world).path("media").asText())
                    .isEqualTo(Base64.getEncoder().encodeToString(BYTES));

            sendFile(world, "", new MessageContent.Plain(), "menu.pdf", "application/pdf");
            assertThat(body(world).path("mediatype").asText()).isEqualTo("document");
            assertThat(body(world).path("fileName").asText()).isEqualTo("menu.pdf");
            assertThat(body(world).has("caption")).isFalse();

            sendFile(world, "", new MessageContent.Plain(), "clip.mp4", "video/mp4");
            assertThat(body(world).path("mediatype").asText()).isEqualTo("video");

            sendFile(world, "", new MessageContent.Plain(), "voice.ogg", "audio/ogg");
            assertThat(world.fake.sent().getLast().action()).isEqualTo("sendWhatsAppAudio");
            assertThat(body(world).path("audio").asText()).isNotEmpty();

            sendFile(world, "", new MessageContent.File(Kind.STICKER, false), "hi.webp", "image/webp");
            assertThat(world.fake.sent().getLast().action()).isEqualTo("sendSticker");
            assertThat(body(world).path("sticker").asText()).isNotEmpty();
        }
    }

    @Test
    void aFileThatIsTooLargeIsNotSent() throws IOException {
        try (var world = EvolutionWorld.linked(Version.V2_3_7);
                var large = new RandomAccessFile(folder.resolve("large.png").toFile(), "rw")) {
            large.setLength(16 * 1_024 * 1_024 + 1);
            var upload = new Upload(StoredFile.of(folder.resolve("large.png")), "large.png", "image/png");
            OutgoingMessage message =
                    world.message("", Optional.of(new Media("large.png", "image/png", "x")), MessageContent.PLAIN);

            assertThat(world.gateway.send(world.line(), message, Optional.of(upload), Optional.empty()))
                    .isEqualTo(SendResult.notSent(Why.MESSAGE, "The file is too large for Evolution API."));
            assertThat(world.fake.sent()).isEmpty();
        }
    }

    @Test
    void aFileThatCannotBeReadIsTriedAgain() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            var gone = new Upload(StoredFile.of(folder.resolve("gone.png")), "gone.png", "image/png");
            OutgoingMessage message =
                    world.message("", Optional.of(new Media("gone.png", "image/png", "x")), MessageContent.PLAIN);

            assertThat(world.gateway.send(world.line(), message, Optional.of(gone), Optional.empty()))
                    .isInstanceOfSatisfying(
                            NotSent.class, refused -> assertThat(refused.why()).isEqualTo(Why.LATER));
        }
    }

    @Test
    void placesCardsAndReactionsAreSent() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            var place = new MessageContent.Location(25.07, 55.14, "Marina", "");
            assertThat(send(world, world.message("Marina", Optional.empty(), MessageContent.of(place))))
                    .isInstanceOf(Sent.class);
            assertThat(body(world).path("latitude").asDouble()).isEqualTo(25.07);
            assertThat(body(world).path("address").asText()).isEqualTo("25.07, 55.14");

            var cards = new Contacts(List.of(new Contacts.Card("Maya", "+971500000102", "Bakery")));
            assertThat(send(world, world.message("Maya", Optional.empty(), MessageContent.of(cards))))
                    .isInstanceOf(Sent.class);
            assertThat(body(world).path("contact").path(0).toString())
                    .contains("\"fullName\":\"Maya\"", "\"wuid\":\"971500000102\"", "\"organization\":\"Bakery\"");

            var reaction = MessageContent.of(new MessageContent.Reaction("👍")).answering(new Quoted("3AF01", false));
            assertThat(send(world, world.message("👍", Optional.empty(), reaction)))
                    .isInstanceOf(Sent.class);
            assertThat(body(world).path("key").toString())
                    .contains("\"id\":\"3AF01\"", "\"remoteJid\":\"" + AMAL_JID + "\"", "\"fromMe\":false");
            assertThat(body(world).path("reaction").asText()).isEqualTo("👍");
        }
    }

    @Test
    void anAnswerNamesTheMessageThatItAnswers() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            send(
                    world,
                    world.message("Yes", Optional.empty(), MessageContent.PLAIN.answering(new Quoted("3AF02", true))));

            assertThat(body(world).path("quoted").path("key").toString())
                    .contains("\"id\":\"3AF02\"", "\"fromMe\":true");
        }
    }

    @Test
    void whatItCannotSendIsRefusedWithoutAsking() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            var buttons = MessageContent.of(new MessageContent.Buttons("", "", List.of()));

            assertThat(send(world, world.message("Choose", Optional.empty(), buttons)))
                    .isInstanceOfSatisfying(
                            NotSent.class, refused -> assertThat(refused.why()).isEqualTo(Why.MESSAGE));
            assertThat(world.fake.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, Error: Connection Closed, DISCONNECTED",
        "500, Connection Closed, DISCONNECTED",
        "400, TypeError: Cannot read properties of undefined (reading 'sendMessage'), DISCONNECTED",
        "400, Error: rate-overlimit, LATER",
        "400, Error: Media upload failed on all hosts, LATER",
        "400, instance requires property \"text\", MESSAGE",
        "401, Unauthorized, CREDENTIALS",
        "404, The \"shop\" instance does not exist, DISCONNECTED",
        "404, Group not found, CONTACT",
        "404, Cannot POST /message/sendText/shop, MESSAGE",
        "413, too large, MESSAGE",
        "429, slow down, LATER",
        "503, no backend, LATER"
    })
    void refusalsAreToldApartByTheirWords(int status, String message, Why why) {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.refuses("/message/", status, message);

            assertThat(send(world, world.text("Hello"))).isInstanceOfSatisfying(NotSent.class, refused -> {
                assertThat(refused.why()).isEqualTo(why);
                assertThat(refused.reason()).endsWith(".").doesNotContain("Hello");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, Error: Timed Out",
        "400, PrismaClientKnownRequestError: Invalid invocation",
        "400, Error: something new",
        "500, Internal Server Error",
        "502, bad gateway",
        "504, gateway timeout"
    })
    void whereItMayHaveBeenSentItIsUnknown(int status, String message) {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.worksAndRefuses("/message/", status, message);

            assertThat(send(world, world.text("Hello"))).isInstanceOf(Unknown.class);
            assertThat(world.fake.sent()).hasSize(1);
        }
    }

    @Test
    void aContactWithoutWhatsAppIsNamed() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.isNotOnWhatsApp(AMAL.digits());

            assertThat(send(world, world.text("Hello")))
                    .isInstanceOfSatisfying(
                            NotSent.class, refused -> assertThat(refused.why()).isEqualTo(Why.CONTACT));
        }
    }

    @Test
    void aMissingLicenseNeedsTheOperator() {
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            world.fake.activated(false);

            assertThat(send(world, world.text("Hello"))).isInstanceOfSatisfying(NotSent.class, refused -> {
                assertThat(refused.why()).isEqualTo(Why.LATER);
                assertThat(refused.reason()).isEqualTo(EvolutionErrors.NOT_ACTIVATED);
            });
        }
    }

    @Test
    void aReconnectingInstanceSendsNothing() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.connectionBreaks(NAME);

            assertThat(send(world, world.text("Hello")))
                    .isInstanceOfSatisfying(
                            NotSent.class, refused -> assertThat(refused.why()).isEqualTo(Why.DISCONNECTED));
            assertThat(world.fake.sent()).isEmpty();
        }
    }

    @Test
    void aServerThatIsDownHasSentNothing() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.kill();
            world.gateway.check(world.access());

            assertThat(send(world, world.text("Hello")))
                    .isInstanceOfSatisfying(
                            NotSent.class, refused -> assertThat(refused.why()).isEqualTo(Why.LATER));
            world.fake.revive(true);
        }
    }

    /// The server has sent it, and its answer never comes.
    @ParameterizedTest
    @EnumSource(names = {"V2_3_6", "V2_3_7", "V2_4_0"})
    void aMessageWithoutAnAnswerIsFoundAgain(Version version) {
        try (var world = EvolutionWorld.linked(version)) {
            OutgoingMessage message = world.text("Hello");
            Attempt attempt = world.attempt();
            world.fake.worksAndHangs("/message/");
            assertThat(world.impatient().send(world.line(), message, Optional.empty(), Optional.empty()))
                    .isInstanceOf(Unknown.class);
            Eventually.holds(() -> !world.fake.sent().isEmpty());
            world.clock.forward(Duration.ofMinutes(2));

            Optional<String> found = done(world.gateway.find(world.line(), message, Optional.empty(), attempt));

            assertThat(found).contains(world.fake.sent().getFirst().id());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V2_3_7", "V2_4_0"})
    void aMessageThatNeverArrivedIsNotFound(Version version) {
        try (var world = EvolutionWorld.linked(version)) {
            send(world, world.text("Something else"));
            world.fake.contact(NAME, AMAL.digits(), "Amal").writes("Hello");
            OutgoingMessage message = world.text(new UUID(9, 10), "Hello");
            world.fake.closes("/message/");
            assertThat(send(world, message)).isInstanceOf(Unknown.class);

            assertThat(done(world.gateway.find(world.line(), message, Optional.empty(), world.attempt())))
                    .isEmpty();
        }
    }

    /// An equal message of an hour ago, or to another contact, is another one.
    @Test
    void onlyMessagesOfThisChatSinceThenAreFound() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            send(world, world.text("Hello"));
            world.clock.forward(Duration.ofHours(1));
            world.gateway.send(
                    world.line(), world.text("Hello"), Optional.empty(), Optional.of("971500000109@s.whatsapp.net"));

            assertThat(done(world.gateway.find(world.line(), world.text("Hello"), Optional.empty(), world.attempt())))
                    .isEmpty();
        }
    }

    /// A moment ago the same text was sent to the same contact: it is not this one.
    @Test
    void onlyMessagesOfThisAttemptAreFound() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            send(world, world.text("Hello"));
            String before = world.fake.sent().getFirst().id();
            assertThat(done(world.gateway.find(
                            world.line(),
                            world.text("Hello"),
                            Optional.empty(),
                            new Attempt(world.clock.instant(), Set.of(before)))))
                    .isEmpty();
            world.clock.forward(Duration.ofSeconds(4));

            assertThat(done(world.gateway.find(world.line(), world.text("Hello"), Optional.empty(), world.attempt())))
                    .isEmpty();
        }
    }

    @Test
    void otherKindsAreFoundByWhatTheySay() throws IOException {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            Upload file = upload("menu.pdf", "application/pdf");
            OutgoingMessage document = world.message(
                    "The menu", Optional.of(new Media("menu.pdf", "application/pdf", "x")), MessageContent.PLAIN);
            var place = MessageContent.of(new MessageContent.Location(25.07, 55.14, "Marina", ""));
            OutgoingMessage location = world.message("Marina", Optional.empty(), place);
            var thumb = MessageContent.of(new MessageContent.Reaction("👍")).answering(new Quoted("3AF01", false));
            OutgoingMessage reaction = world.message("👍", Optional.empty(), thumb);

            for (OutgoingMessage message : List.of(document, location, reaction)) {
                assertThat(done(world.gateway.find(world.line(), message, Optional.empty(), world.attempt())))
                        .isEmpty();
                world.gateway.send(
                        world.line(),
                        message,
                        Optional.of(file).filter(_ -> message.media().isPresent()),
                        Optional.empty());
                assertThat(done(world.gateway.find(world.line(), message, Optional.empty(), world.attempt())))
                        .contains(world.fake.sent().getLast().id());
            }
        }
    }

    /// From 2.4 on the id is ours, so sending again is the same message for WhatsApp.
    @Test
    void theSameMessageHasTheSameIdEachTime() {
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            world.fake.worksAndCloses("/message/");
            OutgoingMessage message = world.text("Hello");
            assertThat(send(world, message)).isInstanceOf(Unknown.class);

            assertThat(world.gateway.isRepeatable(world.line(), message)).isTrue();
            SendResult again = send(world, message);

            assertThat(world.fake.sent())
                    .extracting(FakeEvolution.Sent::id)
                    .hasSize(2)
                    .containsOnly(EvolutionBodies.ownId(message.id()));
            assertThat(again).isEqualTo(new Sent(EvolutionBodies.ownId(message.id())));
            assertThat(EvolutionBodies.ownId(message.id())).matches("3EB0[0-9A-F]{16}");
        }
    }

    /// Places take no id of ours in any version.
    @Test
    void whatHasNoIdOfOursIsNotRepeatable() {
        var place = MessageContent.of(new MessageContent.Location(25.07, 55.14, "Marina", ""));
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            assertThat(world.gateway.isRepeatable(world.line(), world.message("Marina", Optional.empty(), place)))
                    .isFalse();
        }
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            assertThat(world.gateway.isRepeatable(world.line(), world.text("Hello")))
                    .isFalse();
        }
    }

    /// It is not known what an unknown version takes.
    @Test
    void anUnknownVersionGetsNoIdOfOurs() {
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            world.versionIsUnknown();
            send(world, world.text("Hello"));

            assertThat(body(world).has("messageId")).isFalse();
        }
    }

    /// A frozen instance takes messages that go nowhere: only missing receipts show it.
    @Test
    void aFrozenInstanceAcceptsAndSaysNothingMore() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.acksAlone(true);
            world.fake.freeze(NAME, true);

            assertThat(send(world, world.text("Hello"))).isInstanceOf(Sent.class);
            assertThat(world.events()).isEmpty();
        }
    }

    @Test
    void aHangingSendEndsWithinItsTime() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.freeze(NAME, false);

            assertThat(world.impatient().send(world.line(), world.text("Hello"), Optional.empty(), Optional.empty()))
                    .isInstanceOf(Unknown.class);
        }
    }
}
