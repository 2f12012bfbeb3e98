package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.AMAL;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SESSION;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.done;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.NotSent;
import dev.banyan.whatsapp.drivers.SendResult.Sent;
import dev.banyan.whatsapp.drivers.SendResult.Unknown;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.Upload;
import dev.banyan.whatsapp.drivers.waha.FakeFaults.Fault;
import dev.banyan.whatsapp.drivers.waha.FakeSession.Deafness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WahaSendErrorsTest {

    @TempDir
    Path folder;

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private SendResult send(String text) {
        return send(world.text(text));
    }

    private SendResult send(OutgoingMessage message) {
        return world.gateway.send(world.line(), message, Optional.empty(), Optional.empty());
    }

    private Why whyNot(SendResult result) {
        assertThat(result).isInstanceOf(NotSent.class);
        assertThat(((NotSent) result).reason()).endsWith(".");
        return ((NotSent) result).why();
    }

    @Test
    void aRestrictedNumberSaysUntilWhen() {
        world.linked();
        var end = world.clock.instant().plus(Duration.ofHours(5));
        world.waha.restricts(SESSION, end);

        assertThat(send("Hello")).isEqualTo(new NotSent(Why.RESTRICTED, WahaStates.LOCKED, Optional.of(end)));

        world.amal().writes("Hi");
        assertThat(send("Hello")).as("Existing chats go on").isInstanceOf(Sent.class);
    }

    @Test
    void usedUpNewChatsSayUntilWhen() {
        world.linked();
        var end = world.clock.instant().plus(Duration.ofDays(9));
        world.waha.caps(SESSION, end);

        assertThat(send("Hello")).isEqualTo(new NotSent(Why.RESTRICTED, WahaStates.CAPPED, Optional.of(end)));
    }

    @Test
    void aRestrictionWithoutAnEndIsOneAllTheSame() {
        world.linked();
        world.waha.restricts(SESSION, world.clock.instant().plus(Duration.ofHours(5)));
        world.waha.faults.next("timelock", new Fault.Answers(404, "{\"message\":\"Cannot GET /x\"}"));

        assertThat(send("Hello")).isEqualTo(new NotSent(Why.RESTRICTED, WahaStates.LOCKED, Optional.empty()));
    }

    @Test
    void onNowebTheRestrictionComesAfterwards() {
        world.with("NOWEB", "2026.9.2");
        world.linked();
        var end = world.clock.instant().plus(Duration.ofHours(5));
        world.waha.restricts(SESSION, end);
        world.forgetEvents();

        var sent = (Sent) send("Hello");

        assertThat(world.events(HookEvent.Undeliverable.class))
                .containsExactly(new HookEvent.Undeliverable(
                        SESSION,
                        sent.provider(),
                        Optional.empty(),
                        new NotSent(Why.RESTRICTED, WahaStates.LOCKED, Optional.of(end))));
    }

    @Test
    void theEchoOfOurOwnTextIsNotTakenForTheError() {
        world.linked();
        world.waha.faults.next(
                "sendText",
                new Fault.Answers(
                        500,
                        "{\"statusCode\":500,\"exception\":{\"name\":\"Error\",\"message\":\"13 INTERNAL: something\"},"
                                + "\"request\":{\"body\":{\"text\":\"server returned error 463 rate-overlimit\"}}}"));

        assertThat(send("server returned error 463 rate-overlimit")).isEqualTo(new Unknown(WahaSending.MAYBE));
    }

    @ParameterizedTest
    @CsvSource({
        "server returned error 479, MESSAGE",
        "rate-overlimit, LATER",
        "websocket not connected, DISCONNECTED",
        "the store doesn't contain a device JID, DISCONNECTED"
    })
    void errorsOfTheEngineThatAreCertain(String words, Why why) {
        world.linked();
        world.waha.faults.next(
                "sendText", new Fault.Answers(500, "{\"exception\":{\"message\":\"13 INTERNAL: " + words + "\"}}"));

        assertThat(whyNot(send("Hello"))).isEqualTo(why);
    }

    @Test
    void aContactThatIsNotOnWhatsAppIsToldFromOneThatIsNotKnownYet() {
        world.linked();
        world.waha.faults.next("sendText", new Fault.Answers(500, "{\"exception\":{\"message\":\"No LID for user\"}}"));
        assertThat(whyNot(send("Hello"))).isEqualTo(Why.LATER);

        world.waha.isNotOnWhatsApp(AMAL);
        assertThat(whyNot(send("Hello"))).isEqualTo(Why.CONTACT);
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "504"})
    void otherErrorsLeaveItOpen(int status) {
        world.linked();
        world.waha.faults.next("sendText", new Fault.Answers(status, "{}"));

        assertThat(send("Hello")).isInstanceOf(Unknown.class);
    }

    @Test
    void aSendThatHangsIsUnknown() {
        var line = world.linked();
        world.waha.goesDeaf(SESSION, Deafness.SENDS_HANG);

        assertThat(world.impatient().send(line, world.text("Hello"), Optional.empty(), Optional.empty()))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void aSendThatBreaksOffIsUnknownWhetherOrNotItWasDone() {
        world.linked();
        world.waha.faults.next("sendText", new Fault.Closes());
        assertThat(send("Hello")).isInstanceOf(Unknown.class);
        assertThat(world.waha.sent(SESSION)).isEmpty();

        world.waha.faults.next("sendText", new Fault.DoesItAndCloses());
        assertThat(send("Hello")).isInstanceOf(Unknown.class);
        assertThat(world.waha.sent(SESSION)).hasSize(1);
    }

    @Test
    void aSendThatVanishesLooksSentAndIsNeverAcknowledged() {
        world.linked();
        world.waha.goesDeaf(SESSION, Deafness.SENDS_VANISH);

        assertThat(send("Hello")).isInstanceOf(Sent.class);

        world.waha.timePasses(Duration.ofHours(1));
        assertThat(world.events(HookEvent.Receipt.class)).isEmpty();
    }

    @Test
    void whenNothingListensItWasNotSent() {
        world.linked();
        world.waha.kill();
        // The connection that was kept open breaks first.
        assertThat(trouble(world.gateway.status(world.line())).kind()).isEqualTo(Trouble.Kind.UNREACHABLE);

        assertThat(whyNot(send("Hello"))).isEqualTo(Why.LATER);
    }

    @Test
    void aSessionThatReconnectsCanSendLater() {
        world.linked();
        world.waha.connectionBreaks(SESSION);

        assertThat(whyNot(send("Hello"))).isEqualTo(Why.LATER);
    }

    @Test
    void aSessionThatFailedOrStoppedIsDisconnected() {
        world.linked();
        world.waha.phoneRemovesTheDevice(SESSION);
        assertThat(whyNot(send("Hello"))).isEqualTo(Why.DISCONNECTED);

        done(world.gateway.pause(world.line()));
        assertThat(whyNot(send("Hello"))).isEqualTo(Why.DISCONNECTED);

        done(world.gateway.remove(world.line()));
        assertThat(whyNot(send("Hello"))).isEqualTo(Why.DISCONNECTED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"message\":\"Unauthorized\",\"statusCode\":401} | CREDENTIALS",
                "403 | {\"message\":\"Forbidden\"} | CREDENTIALS",
                "404 | {\"message\":\"Session not found\"} | DISCONNECTED",
                "404 | {\"message\":\"Cannot POST /api/sendText\"} | MESSAGE",
                "422 | {\"message\":\"The session is starting, please try again after few seconds\"} | LATER",
                "422 | {\"message\":\"The method is not implemented by the engine.\"} | MESSAGE",
                "429 | {} | LATER",
                "413 | {} | MESSAGE",
                "400 | {\"message\":[\"chatId must be a string\"]} | MESSAGE",
                "302 | {} | LATER"
            })
    void refusalsAreCertain(int status, String body, Why why) {
        world.linked();
        world.waha.faults.next("sendText", new Fault.Answers(status, body));

        assertThat(whyNot(send("Hello"))).isEqualTo(why);
    }

    @Test
    void theFreeEditionOfOldRefusesFiles() throws IOException {
        world.with("GOWS", "2026.5.1");
        world.linked();
        Path file = Files.write(folder.resolve("file"), new byte[] {1});
        var message = world.message("", Optional.of(new Media("a.png", "image/png", "ignored")), MessageContent.PLAIN);

        SendResult result = world.gateway.send(
                world.line(),
                message,
                Optional.of(new Upload(StoredFile.of(file), "a.png", "image/png")),
                Optional.empty());

        assertThat(result).isEqualTo(SendResult.notSent(Why.MESSAGE, WahaErrors.TOO_OLD));
    }
}
