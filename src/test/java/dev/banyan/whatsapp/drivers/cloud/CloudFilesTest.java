package dev.banyan.whatsapp.drivers.cloud;

import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.AMAL;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.done;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.failed;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.notSent;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.drivers.Download;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.RemoteMedia;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.Upload;
import dev.banyan.whatsapp.drivers.cloud.FakeFaults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files in both directions.
class CloudFilesTest {

    private static final byte[] BYTES = bytes(70_000);

    private final CloudWorld world = new CloudWorld();

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        world.opensDoor();
        world.opened();
    }

    @AfterEach
    void close() {
        world.close();
    }

    /// Any bytes, line ends and hyphens included.
    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(19).nextBytes(bytes);
        System.arraycopy("\r\n--banyan-\r\n".getBytes(StandardCharsets.US_ASCII), 0, bytes, 100, 13);
        return bytes;
    }

    private SendResult send(MessageContent.Detail detail, String text, String name, String type) {
        Upload file = CloudWorld.upload(folder, name, type, BYTES);
        var message = world.message(text, MessageContent.of(detail), Optional.of(new Media(name, type, "x")));
        return world.gateway.send(world.line(), message, Optional.of(file), Optional.empty());
    }

    @Test
    void aFileIsUploadedByteForByteAndSentById() {
        assertThat(send(new MessageContent.Plain(), "this one", "cake.jpg", "image/jpeg"))
                .isInstanceOf(SendResult.Sent.class);

        JsonNode image = world.accepted().path("image");
        assertThat(image.path("caption").asText()).isEqualTo("this one");
        assertThat(world.meta.media().find(image.path("id").asText())).hasValueSatisfying(kept -> {
            assertThat(kept.bytes()).isEqualTo(BYTES);
            assertThat(kept.type()).isEqualTo("image/jpeg");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, image",
        "IMAGE/JPG, image",
        "image/gif, document",
        "audio/ogg; codecs=opus, audio",
        "audio/x-m4a, audio",
        "video/mp4, video",
        "application/pdf, document",
        "text/plain, document"
    })
    void aFileIsSentAsWhatItsTypeAllows(String type, String kind) {
        assertThat(send(new MessageContent.Plain(), "", "file", type)).isInstanceOf(SendResult.Sent.class);

        assertThat(world.accepted().path("type").asText()).isEqualTo(kind);
    }

    @Test
    void documentsHaveAName() {
        send(new MessageContent.File(Kind.DOCUMENT, false), "The menu", "menu \"new\".pdf", "application/pdf");

        assertThat(world.accepted().path("document").path("filename").asText()).isEqualTo("menu \"new\".pdf");
        assertThat(world.accepted().path("document").path("caption").asText()).isEqualTo("The menu");
    }

    @Test
    void voiceMessagesAreMarked() {
        send(new MessageContent.File(Kind.AUDIO, true), "", "voice.ogg", "audio/ogg");

        assertThat(world.accepted().path("audio").path("voice").asBoolean()).isTrue();
    }

    @Test
    void stickersAreWebP() {
        assertThat(send(new MessageContent.File(Kind.STICKER, false), "", "s.webp", "image/webp"))
                .isInstanceOf(SendResult.Sent.class);
        assertThat(notSent(send(new MessageContent.File(Kind.STICKER, false), "", "s.png", "image/png"))
                        .reason())
                .contains("WebP");
    }

    @Test
    void whatWhatsAppCantShowIsRefusedBeforeAnythingIsSent() {
        assertThat(notSent(send(new MessageContent.File(Kind.IMAGE, false), "", "x.gif", "image/gif"))
                        .reason())
                .contains("JPEG or PNG");
        assertThat(notSent(send(new MessageContent.File(Kind.AUDIO, false), "Listen", "x.mp3", "audio/mpeg"))
                        .why())
                .isEqualTo(Why.MESSAGE);
        assertThat(world.meta.requests()).isEmpty();
    }

    /// @param bytes the length of a file without content
    private SendResult sendLong(MessageContent.Detail detail, String type, long bytes) throws IOException {
        Path large = folder.resolve("large");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(bytes);
        }
        var message = world.message("", MessageContent.of(detail), Optional.of(new Media("large", type, "x")));
        var upload = new Upload(StoredFile.of(large), "large", type);
        return world.gateway.send(world.line(), message, Optional.of(upload), Optional.empty());
    }

    /// As the fake refuses it, which is Meta's rule.
    @ParameterizedTest
    @CsvSource({
        "image/png, 5242881, WhatsApp takes pictures of up to 5 MB. Make it smaller.",
        "video/mp4, 16777217, WhatsApp takes audio and video of up to 16 MB. Make it shorter.",
        "application/pdf, 104857601, WhatsApp takes files of up to 100 MB."
    })
    void whatIsTooLongIsRefusedBeforeItIsUploaded(String type, long bytes, String why) throws IOException {
        assertThat(notSent(sendLong(new MessageContent.Plain(), type, bytes)).reason())
                .isEqualTo(why);
        assertThat(world.meta.requests()).isEmpty();

        assertThat(sendLong(new MessageContent.Plain(), "application/pdf", 5_242_881))
                .isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aStickerIsSmall() throws IOException {
        var sticker = new MessageContent.File(Kind.STICKER, false);
        assertThat(notSent(sendLong(sticker, "image/webp", 512_001)).reason())
                .isEqualTo("WhatsApp takes stickers of up to 500 KB.");
        assertThat(sendLong(sticker, "image/webp", 512_000)).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void aFileMayBeTheHeaderOfButtons() {
        var buttons = new MessageContent.Buttons("", "", List.of(new MessageContent.Choice("yes", "Yes", "")));

        assertThat(send(buttons, "This one?", "cake.png", "image/png")).isInstanceOf(SendResult.Sent.class);
        assertThat(world.accepted()
                        .path("interactive")
                        .path("header")
                        .path("type")
                        .asText())
                .isEqualTo("image");
    }

    /// Nothing has reached the contact yet, so an upload that breaks is never in doubt.
    @Test
    void anUploadThatFailsIsCertain() {
        world.meta
                .faults()
                .next(
                        "media",
                        new Fault.Broken(true),
                        new Fault.Bare(500),
                        new Fault.Code(131053),
                        new Fault.Code(190));

        assertThat(List.of(1, 2, 3, 4))
                .extracting(_ -> notSent(send(new MessageContent.Plain(), "", "cake.jpg", "image/jpeg"))
                        .why())
                .containsExactly(Why.LATER, Why.LATER, Why.MESSAGE, Why.CREDENTIALS);
        assertThat(world.meta.sending().sent()).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsSaid() throws IOException {
        Upload file = CloudWorld.upload(folder, "cake.jpg", "image/jpeg", BYTES);
        Files.delete(file.file().local().orElseThrow());
        var media = Optional.of(new Media("cake.jpg", "image/jpeg", "x"));

        assertThat(notSent(world.gateway.send(
                                world.line(),
                                world.message("", MessageContent.PLAIN, media),
                                Optional.of(file),
                                Optional.empty()))
                        .why())
                .isEqualTo(Why.MESSAGE);
        assertThat(notSent(world.gateway.send(
                                world.line(),
                                world.message("", MessageContent.PLAIN, media),
                                Optional.empty(),
                                Optional.empty()))
                        .reason())
                .contains("gone");
    }

    // Files that contacts send.

    private RemoteMedia received() {
        world.meta.contacts().sendsFile(world.sweets, AMAL, "image", "image/jpeg", "", "this one", BYTES);
        return world.told(HookEvent.Message.class).getLast().media().orElseThrow();
    }

    private RemoteMedia withoutAddress(RemoteMedia media) {
        return new RemoteMedia(media.id(), "", media.name(), media.type());
    }

    @Test
    void theAddressOfTheWebhookSavesACall() {
        Download file = done(world.gateway.download(world.line(), received()));

        assertThat(file.bytes()).isEqualTo(BYTES);
        assertThat(file.type()).isEqualTo("image/jpeg");
        assertThat(world.meta.requests()).singleElement().satisfies(request -> {
            assertThat(request.uri().getPath()).contains("attachments");
            assertThat(request.header("authorization")).contains("Bearer " + FakeCloud.TOKEN);
        });
    }

    @Test
    void anAddressThatExpiredIsAskedForAgain() {
        RemoteMedia media = received();
        world.clock.forward(Duration.ofMinutes(6));

        assertThat(done(world.gateway.download(world.line(), media)).bytes()).isEqualTo(BYTES);
        assertThat(world.meta.requests()).hasSize(3);
    }

    @Test
    void aFileThatIsGoneIsNotAskedForTwice() {
        RemoteMedia media = received();
        world.clock.forward(Duration.ofDays(8));

        Trouble trouble = failed(world.gateway.download(world.line(), media));

        assertThat(trouble.kind()).isEqualTo(Trouble.Kind.REFUSED);
        assertThat(trouble.sentence()).contains("send it again");
        assertThat(world.meta.requests()).hasSize(2);
    }

    @Test
    void redirectsAreFollowedWithoutTheTokenToAnotherServer() {
        RemoteMedia media = withoutAddress(received());
        world.meta.media().redirects(3);

        assertThat(done(world.gateway.download(world.line(), media)).bytes()).isEqualTo(BYTES);
        List<FakeRequest> hops = world.meta.requests().stream()
                .filter(request -> request.uri().getPath().contains("attachments"))
                .toList();
        assertThat(hops).hasSize(4);
        assertThat(hops.getFirst().header("authorization")).isPresent();
        assertThat(hops.subList(1, 4)).allSatisfy(hop -> {
            assertThat(hop.header("host").orElse("")).startsWith("localhost");
            assertThat(hop.header("authorization")).isEmpty();
        });
    }

    @Test
    void thereIsAnEndToRedirects() {
        RemoteMedia media = withoutAddress(received());
        world.meta.media().redirects(4);

        assertThat(failed(world.gateway.download(world.line(), media)).sentence())
                .contains("in circles");
    }

    /// A webhook may name any address, so the token goes only where Meta keeps files.
    @Test
    void anAddressElsewhereNeverGetsTheToken() {
        RemoteMedia media = received();
        var elsewhere =
                new RemoteMedia(media.id(), media.url().replace("127.0.0.1", "localhost"), media.name(), media.type());

        assertThat(done(world.gateway.download(world.line(), elsewhere)).bytes())
                .isEqualTo(BYTES);
        assertThat(world.meta.requests())
                .noneMatch(request -> request.header("host").orElse("").startsWith("localhost"));
    }

    @Test
    void aDamagedFileIsRefused() {
        RemoteMedia media = received();
        world.meta.media().damages(true);

        assertThat(failed(world.gateway.download(world.line(), media)).sentence())
                .contains("damaged");
        assertThat(failed(world.gateway.download(
                                world.line(),
                                new RemoteMedia(
                                        CloudDownloads.Reference.read(media.id())
                                                .id(),
                                        "",
                                        "",
                                        "")))
                        .sentence())
                .as("by the digest of the answer, in hex")
                .contains("damaged");
    }

    @Test
    void aLoginPageIsNoFile() {
        RemoteMedia media = received();
        world.meta.token("EAAnew");

        assertThat(failed(world.gateway.download(world.line(), media)).kind()).isEqualTo(Trouble.Kind.CREDENTIALS);
    }

    @Test
    void aServerThatIsDownCanBeAskedLater() {
        RemoteMedia media = received();
        world.meta.faults().always("attachments", new Fault.Bare(503));
        assertThat(failed(world.gateway.download(world.line(), media)).kind()).isEqualTo(Trouble.Kind.LATER);

        world.meta.kill();
        assertThat(failed(world.gateway.download(world.line(), media)).kind()).isEqualTo(Trouble.Kind.UNREACHABLE);
    }
}
