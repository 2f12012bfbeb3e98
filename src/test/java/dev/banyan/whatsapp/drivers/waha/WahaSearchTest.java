package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SESSION;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.done;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.Attempt;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.SendResult.Unknown;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WahaSearchTest {

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private void sendsAndLosesTheAnswer(String text) {
        world.waha.faults.next("sendText", new FakeFaults.Fault.DoesItAndCloses());
        assertThat(world.gateway.send(world.line(), world.text(text), Optional.empty(), Optional.empty()))
                .isInstanceOf(Unknown.class);
    }

    private Optional<String> found(String text) {
        return done(world.gateway.find(world.line(), world.text(text), Optional.empty(), world.attempt()));
    }

    @ParameterizedTest
    @CsvSource({"GOWS, 2026.9.2", "NOWEB, 2026.9.2", "GOWS, 2025.12.1", "NOWEB, 2025.12.1", "WEBJS, 2026.9.2"})
    void aMessageWhoseAnswerWasLostIsFound(String engine, String version) {
        world.with(engine, version);
        world.linked();

        sendsAndLosesTheAnswer("Good morning");

        assertThat(found("Good morning"))
                .contains(world.waha.sent(SESSION).getFirst().wire());
    }

    @ParameterizedTest
    @CsvSource({"GOWS, 2026.9.2", "NOWEB, 2026.9.2", "WEBJS, 2026.9.2"})
    void aMessageThatWasNotSentIsNotFound(String engine, String version) {
        world.with(engine, version);
        world.linked();
        world.gateway.send(
                world.line(),
                world.message(new UUID(9, 2), "Something else", Optional.empty(), MessageContent.PLAIN),
                Optional.empty(),
                Optional.empty());

        assertThat(found("Good morning")).isEmpty();
    }

    @Test
    void withoutIdsOfOursTheSameTextOfYesterdayIsNotTakenForIt() {
        world.with("WEBJS", "2026.9.2");
        world.linked();
        sendsAndLosesTheAnswer("Good morning");
        world.waha.timePasses(Duration.ofDays(1));

        assertThat(found("Good morning")).isEmpty();
    }

    @Test
    void withoutIdsOfOursTheSameTextOfAMomentAgoIsNotTakenForIt() {
        world.with("WEBJS", "2026.9.2");
        world.linked();
        sendsAndLosesTheAnswer("Good morning");
        String before = world.waha.sent(SESSION).getFirst().wire();
        assertThat(done(world.gateway.find(
                        world.line(),
                        world.text("Good morning"),
                        Optional.empty(),
                        new Attempt(world.clock.instant(), Set.of(before)))))
                .isEmpty();
        world.waha.timePasses(Duration.ofSeconds(4));

        assertThat(found("Good morning")).isEmpty();
    }

    @Test
    void withIdsOfOursAnotherMessageWithTheSameTextIsNotTakenForIt() {
        world.linked();
        world.gateway.send(
                world.line(),
                world.message(new UUID(9, 2), "Good morning", Optional.empty(), MessageContent.PLAIN),
                Optional.empty(),
                Optional.empty());

        assertThat(found("Good morning")).isEmpty();
    }

    @Test
    void aMessageThatIsKeptUnderTheHiddenAddressIsFound() {
        world.with("NOWEB", "2026.9.2");
        world.linked();
        world.waha.faults.next("sendText", new FakeFaults.Fault.DoesItAndCloses());
        world.gateway.send(world.line(), world.text("Hello"), Optional.empty(), Optional.of("20000000000101@lid"));

        assertThat(found("Hello")).contains(WahaIds.own(new UUID(9, 1)));
    }

    @Test
    void aMessageThatWhatsAppRefusedIsNotFound() {
        world.linked();
        sendsAndLosesTheAnswer("Good morning");
        world.waha.refusesLater(
                SESSION,
                world.waha.sent(SESSION).getFirst().wire(),
                FakeJson.object().put("code", "479"));

        assertThat(found("Good morning")).isEmpty();
    }

    @Test
    void aSessionThatIsAwayCanNotSayYet() {
        world.linked();
        world.waha.connectionBreaks(SESSION);

        assertThat(trouble(world.gateway.find(world.line(), world.text("Hello"), Optional.empty(), world.attempt()))
                        .kind())
                .isEqualTo(Trouble.Kind.LATER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB"})
    void whatWasWrittenMeanwhileIsReadFromHistoryOldestFirst(String engine) {
        world.with(engine, "2026.9.2");
        world.linked();
        world.amal().writes("Before");
        world.waha.timePasses(Duration.ofMinutes(5));
        var since = world.clock.instant();
        world.waha.tellsWhatItMissed = false;
        world.waha.connectionBreaks(SESSION);
        world.forgetEvents();
        var first = world.amal().writes("One");
        world.waha.timePasses(Duration.ofSeconds(1));
        world.waha.contact(SESSION, new Phone("+971500000102"), "Badr").hidden().writes("Two");
        world.waha.timePasses(Duration.ofMinutes(1));
        assertThat(world.events(HookEvent.Message.class)).isEmpty();

        var missed = done(world.gateway.history(world.line(), since));

        assertThat(missed)
                .extracting(event -> ((HookEvent.Message) event).text())
                .containsExactly("One", "Two");
        assertThat(missed.getFirst()).isInstanceOfSatisfying(HookEvent.Message.class, message -> {
            assertThat(message.provider()).isEqualTo(first);
            assertThat(message.remote()).isEqualTo(SESSION);
            assertThat(message.name()).isEqualTo("Amal");
        });
        assertThat(((HookEvent.Message) missed.getLast()).chat().phone()).contains(new Phone("+971500000102"));
    }

    @Test
    void aLongHistoryIsReadToItsEnd() {
        world.linked();
        var since = world.clock.instant();
        world.waha.holdWebhooks();
        for (int i = 0; i < 250; i++) {
            world.amal().writes("Message " + i);
        }

        assertThat(done(world.gateway.history(world.line(), since)))
                .hasSize(250)
                .extracting(event -> ((HookEvent.Message) event).provider())
                .doesNotHaveDuplicates();
    }

    @Test
    void ourOwnMessagesAreNotHistory() {
        world.linked();
        var since = world.clock.instant();
        world.gateway.send(world.line(), world.text("Ours"), Optional.empty(), Optional.empty());

        assertThat(done(world.gateway.history(world.line(), since))).isEmpty();
    }

    @Test
    void browsersHaveNoHistoryOfAllChats() {
        world.with("WEBJS", "2026.9.2");
        world.linked();

        assertThat(trouble(world.gateway.history(world.line(), world.clock.instant()))
                        .kind())
                .isEqualTo(Trouble.Kind.UNSUPPORTED);
    }
}
