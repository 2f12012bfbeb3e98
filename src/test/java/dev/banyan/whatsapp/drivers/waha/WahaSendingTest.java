package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.AMAL_CHAT;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Choice;
import dev.banyan.whatsapp.MessageContent.Choices;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Location;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.MessageContent.Reaction;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.Sent;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.Upload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WahaSendingTest {

    private static final byte[] BYTES = {1, 2, 3, 0, -1};
    private static final Quoted THEIRS = new Quoted("3EB0AAAA", false);

    @TempDir
    Path folder;

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private SendResult send(OutgoingMessage message) {
        return world.gateway.send(world.line(), message, Optional.empty(), Optional.empty());
    }

    private SendResult sendFile(String type, String text, MessageContent content) throws IOException {
        Path file = Files.write(folder.resolve("file"), BYTES);
        var media = Optional.of(new Media("menu.bin", type, "ignored"));
        return world.gateway.send(
                world.line(),
                world.message(text, media, content),
                Optional.of(new Upload(StoredFile.of(file), "menu.bin", type)),
                Optional.empty());
    }

    private FakeSent lastSent() {
        return world.waha.sent(SESSION).getLast();
    }

    @ParameterizedTest
    @CsvSource({"GOWS, 2026.9.2", "NOWEB, 2026.9.2", "WEBJS, 2026.9.2", "GOWS, 2025.12.1", "NOWEB, 2025.12.1"})
    void theAnswersOfAllEnginesAreReducedToWhatsAppsId(String engine, String version) {
        world.with(engine, version);
        world.linked();

        SendResult result = send(world.text("Good morning"));

        assertThat(result).isEqualTo(new Sent(lastSent().wire()));
        assertThat(lastSent().chat()).isEqualTo(AMAL_CHAT);
        assertThat(lastSent().text()).isEqualTo("Good morning");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"true_971500000101@c.us_3EB0X\",\"_data\":null}",
                "{\"id\":{\"_serialized\":\"true_971500000101@c.us_3EB0X\",\"id\":\"other\"}}",
                "{\"id\":{\"fromMe\":true,\"id\":\"3EB0X\"}}",
                "{\"key\":{\"id\":\"3EB0X\"},\"status\":\"PENDING\"}",
                "{\"_data\":{\"id\":{\"_serialized\":\"true_971500000101@c.us_3EB0X\"}}}",
                "{\"_data\":{\"Info\":{\"ID\":\"3EB0X\"}}}"
            })
    void idsAreFoundInTheirOrder(String answer) {
        world.linked();
        world.waha.faults.next("sendText", new FakeFaults.Fault.Answers(201, answer));

        assertThat(send(world.text("Hello"))).isEqualTo(new Sent("3EB0X"));
    }

    @Test
    void aSuccessWithoutAnIdIsASuccess() {
        world.linked();
        world.waha.faults.next("sendText", new FakeFaults.Fault.Answers(201, "{}"));

        assertThat(send(world.text("Hello"))).isEqualTo(new Sent(WahaIds.own(new UUID(9, 1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB"})
    void aRepeatIsTheSameMessageForTheContact(String engine) {
        world.with(engine, "2026.4.3");
        world.linked();
        var message = world.text("Good morning");

        var first = send(message);
        var second = send(message);

        assertThat(second).isEqualTo(first);
        assertThat(((Sent) first).provider()).matches("3EB0[0-9A-F]{16}");
        assertThat(world.waha.sent(SESSION)).hasSize(2);
        assertThat(world.waha.shown(SESSION)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"GOWS, 2026.4.2", "WEBJS, 2026.9.2"})
    void whoTakesNoIdsGetsNone(String engine, String version) {
        world.with(engine, version);
        world.linked();

        send(world.text("Good morning"));

        assertThat(lastSent().body().has("id")).isFalse();
    }

    @Test
    void aServerThatWasNeverCheckedGetsNoIds() {
        world.unchecked();
        world.linked();

        send(world.text("Good morning"));

        assertThat(lastSent().body().has("id")).isFalse();
    }

    @Test
    void aHiddenContactIsAnsweredWhereItWrote() {
        world.linked();

        world.gateway.send(world.line(), world.text("Hello"), Optional.empty(), Optional.of("20000000000101@lid"));

        assertThat(lastSent().chat()).isEqualTo("20000000000101@lid");
    }

    @Test
    void aReplyNamesTheMessageInFull() {
        world.linked();
        var content = new MessageContent(new MessageContent.Plain(), Optional.of(THEIRS));

        send(world.message("Yes", Optional.empty(), content));
        assertThat(lastSent().body().path("reply_to").asText()).isEqualTo("false_971500000101@c.us_3EB0AAAA");

        content = new MessageContent(new MessageContent.Plain(), Optional.of(new Quoted("3EB0BBBB", true)));
        send(world.message("Also", Optional.empty(), content));
        assertThat(lastSent().body().path("reply_to").asText()).isEqualTo("true_971500000101@c.us_3EB0BBBB");
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, /api/sendImage",
        "video/mp4, /api/sendVideo",
        "application/pdf, /api/sendFile",
        "audio/mpeg, /api/sendFile"
    })
    void filesAreSentWithTheirCaption(String type, String call) throws IOException {
        world.linked();

        assertThat(sendFile(type, "Our menu", MessageContent.PLAIN)).isInstanceOf(Sent.class);

        assertThat(lastSent().call()).isEqualTo(call);
        assertThat(lastSent().body().path("caption").asText()).isEqualTo("Our menu");
        JsonNode file = lastSent().body().path("file");
        assertThat(file.path("mimetype").asText()).isEqualTo(type);
        assertThat(file.path("filename").asText()).isEqualTo("menu.bin");
        assertThat(Base64.getDecoder().decode(file.path("data").asText())).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @CsvSource({"audio/mpeg, true", "audio/ogg; codecs=opus, false"})
    void soundsAreVoiceMessagesAndConvertedIfNeeded(String type, boolean isConverted) throws IOException {
        world.linked();

        sendFile(type, "", MessageContent.PLAIN);

        assertThat(lastSent().call()).isEqualTo("/api/sendVoice");
        assertThat(lastSent().body().path("convert").asBoolean()).isEqualTo(isConverted);
    }

    @Test
    void stickersAreWebPicturesOnly() throws IOException {
        world.linked();
        var sticker = MessageContent.of(new MessageContent.File(Kind.STICKER, false));

        sendFile("image/webp", "", sticker);
        assertThat(lastSent().call()).isEqualTo("/api/sendSticker");

        assertThat(sendFile("image/png", "", sticker))
                .isEqualTo(SendResult.notSent(Why.MESSAGE, "A sticker must be a WebP picture."));
    }

    @Test
    void aFileThatIsGoneOrTooLargeIsNotSent() throws IOException {
        world.linked();
        var media = Optional.of(new Media("menu.bin", "image/png", "ignored"));
        var message = world.message("", media, MessageContent.PLAIN);
        var gone = Optional.of(new Upload(StoredFile.of(folder.resolve("gone")), "menu.bin", "image/png"));
        assertThat(world.gateway.send(world.line(), message, gone, Optional.empty()))
                .isEqualTo(SendResult.notSent(Why.MESSAGE, "The file of this message can’t be read."));

        Path large = Files.write(folder.resolve("large"), new byte[16 * 1_024 * 1_024 + 1]);
        var upload = Optional.of(new Upload(StoredFile.of(large), "menu.bin", "image/png"));
        assertThat(world.gateway.send(world.line(), message, upload, Optional.empty()))
                .isEqualTo(SendResult.notSent(Why.MESSAGE, "The file is too large for WAHA."));
        assertThat(world.waha.sent(SESSION)).isEmpty();
    }

    @Test
    void aPlaceIsSentWithNameAndAddress() {
        world.linked();

        send(world.message(
                "", Optional.empty(), MessageContent.of(new Location(25.2, 55.27, "Marina Sweets", "Pier 7"))));

        assertThat(lastSent().call()).isEqualTo("/api/sendLocation");
        assertThat(lastSent().body().path("latitude").asDouble()).isEqualTo(25.2);
        assertThat(lastSent().body().path("title").asText()).isEqualTo("Marina Sweets, Pier 7");
    }

    @Test
    void cardsAreSentByTheirFields() {
        world.linked();
        var card = new Contacts.Card("Amira Nasser", "+971500000102", "Marina Sweets");

        send(world.message("", Optional.empty(), MessageContent.of(new Contacts(List.of(card)))));

        assertThat(lastSent().call()).isEqualTo("/api/sendContactVcard");
        JsonNode sent = lastSent().body().path("contacts").path(0);
        assertThat(sent.path("fullName").asText()).isEqualTo("Amira Nasser");
        assertThat(sent.path("phoneNumber").asText()).isEqualTo("+971500000102");
        assertThat(sent.path("whatsappId").asText()).isEqualTo("971500000102");
    }

    @Test
    void reactionsNameTheMessageInFullAndMayBeWithdrawn() {
        world.linked();

        send(world.message(
                "", Optional.empty(), MessageContent.of(new Reaction("👍")).answering(THEIRS)));
        assertThat(lastSent().call()).isEqualTo("/api/reaction");
        assertThat(lastSent().body().path("messageId").asText()).isEqualTo("false_971500000101@c.us_3EB0AAAA");
        assertThat(lastSent().body().path("reaction").asText()).isEqualTo("👍");

        assertThat(send(world.message(
                        "",
                        Optional.empty(),
                        MessageContent.of(new Reaction("")).answering(THEIRS))))
                .isEqualTo(new Sent(lastSent().wire()));
        assertThat(lastSent().body().path("reaction").asText()).isEmpty();
    }

    @Test
    void listsAreSent() {
        world.linked();
        var rows = List.of(new Choice("box-1", "Small box", "12 pieces"));
        var list = new Choices("Menu", "Free delivery", "Choose", List.of(new Choices.Section("Boxes", rows)));

        assertThat(send(world.message("What would you like?", Optional.empty(), MessageContent.of(list))))
                .isInstanceOf(Sent.class);

        JsonNode message = lastSent().body().path("message");
        assertThat(message.path("description").asText()).isEqualTo("What would you like?");
        assertThat(message.path("button").asText()).isEqualTo("Choose");
        assertThat(message.path("sections")
                        .path(0)
                        .path("rows")
                        .path(0)
                        .path("rowId")
                        .asText())
                .isEqualTo("box-1");
    }

    @Test
    void whatWahaCanNotSendIsRefused() {
        world.linked();
        var buttons = new MessageContent.Buttons("", "", List.of(new Choice("y", "Yes", "")));

        assertThat(send(world.message("Sure?", Optional.empty(), MessageContent.of(buttons))))
                .isEqualTo(SendResult.notSent(Why.MESSAGE, "WAHA can’t send buttons."));
        assertThat(world.waha.sent(SESSION)).isEmpty();
    }

    @Test
    void sentMessagesAreAcknowledgedByWebhook() {
        world.linked();
        var wire = ((Sent) send(world.text("Good morning"))).provider();
        world.forgetEvents();

        world.waha.timePasses(java.time.Duration.ofSeconds(10));

        assertThat(world.events())
                .extracting(Object::toString)
                .hasSize(2)
                .allMatch(event -> event.contains(wire))
                .satisfiesExactly(
                        event -> assertThat(event).contains("DELIVERED"),
                        event -> assertThat(event).contains("READ"));
    }
}
