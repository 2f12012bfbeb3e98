package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SESSION;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SHOP;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.ChatAddress;
import dev.banyan.whatsapp.drivers.Gateway.Genuine;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookEvent.Stage;
import dev.banyan.whatsapp.drivers.HookRequest;
import dev.banyan.whatsapp.drivers.SendResult.NotSent;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WahaWebhooksTest {

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    /// Reads an event as if it had just come in.
    static List<HookEvent> read(WahaWorld world, String event, String payload) {
        return read(world, event, payload, world.clock.instant().toEpochMilli());
    }

    private static List<HookEvent> read(WahaWorld world, String event, String payload, long timestamp) {
        String body = "{\"id\":\"evt_1\",\"timestamp\":" + timestamp + ",\"event\":\"" + event + "\",\"session\":\""
                + SESSION + "\",\"me\":{\"id\":\"971500000100@c.us\"},\"payload\":" + payload + "}";
        return world.gateway.read(world.access(), body.getBytes(StandardCharsets.UTF_8));
    }

    private HookRequest webhook() {
        world.linked();
        world.amal().writes("Hello");
        return world.door.requests.getLast();
    }

    private static HookRequest with(HookRequest request, Map<String, String> headers) {
        var all = new HashMap<>(request.headers());
        all.putAll(headers);
        all.values().removeIf(String::isEmpty);
        return new HookRequest(all, request.body());
    }

    private Genuine genuine(HookRequest request) {
        return world.gateway.isGenuine(world.access(), request);
    }

    @Test
    void onlyASignatureOfTheRawBytesWithOurSecretIsGenuine() {
        HookRequest request = webhook();
        assertThat(genuine(request)).isEqualTo(Genuine.YES);

        String signature = request.header("x-webhook-hmac").orElseThrow();
        assertThat(genuine(with(request, Map.of("x-webhook-hmac", signature.toUpperCase(java.util.Locale.ROOT)))))
                .isEqualTo(Genuine.YES);
        assertThat(genuine(with(request, Map.of("x-webhook-hmac", "")))).isEqualTo(Genuine.UNSIGNED);
        assertThat(genuine(with(request, Map.of("x-webhook-hmac", signature.replace('a', 'b')))))
                .isEqualTo(Genuine.NO);
        assertThat(genuine(with(request, Map.of("x-webhook-hmac", signature.substring(2)))))
                .isEqualTo(Genuine.NO);
        assertThat(genuine(with(request, Map.of("x-webhook-hmac-algorithm", "sha256"))))
                .isEqualTo(Genuine.NO);
        var changed = new HookRequest(request.headers(), "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(genuine(changed)).isEqualTo(Genuine.NO);
    }

    @Test
    void repeatsHaveTheSameKeyAndOthersHaveNot() {
        world.linked();
        world.door.answers = 500;
        world.amal().writes("One");
        world.amal().writes("Two");
        world.door.answers = 200;
        world.waha.timePasses(Duration.ofSeconds(2));

        var keys = world.door.requests.stream()
                .skip(world.door.requests.size() - 4)
                .map(world.gateway::repeatKey)
                .toList();
        assertThat(keys.get(0)).isEqualTo(keys.get(2)).isNotEqualTo(keys.get(1));
        assertThat(keys.get(1)).isEqualTo(keys.get(3));
    }

    @Test
    void withoutARequestIdTheEventsIdCountsAndElseTheBytes() {
        HookRequest request = webhook();
        var envelope = FakeJson.read(request.body());
        var bare = new HookRequest(Map.of(), request.body());
        assertThat(world.gateway.repeatKey(bare))
                .isEqualTo(envelope.path("id").asText())
                .startsWith("evt_");

        var old = new HookRequest(Map.of(), "{\"event\":\"message\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(world.gateway.repeatKey(old))
                .hasSize(64)
                .isEqualTo(world.gateway.repeatKey(
                        new HookRequest(Map.of(), old.body().clone())));
        assertThat(world.gateway.repeatKey(new HookRequest(Map.of(), new byte[] {1})))
                .isNotEqualTo(world.gateway.repeatKey(old));
    }

    @ParameterizedTest
    @CsvSource({"1, SENT", "2, DELIVERED", "3, READ", "4, READ"})
    void acksAreStages(int ack, Stage stage) {
        String payload = "{\"id\":\"true_971500000101@c.us_3EB0S\",\"from\":\"971500000101@c.us\",\"fromMe\":true,"
                + "\"ack\":" + ack + "}";

        assertThat(read(world, "message.ack", payload))
                .containsExactly(new HookEvent.Receipt(SESSION, "3EB0S", Optional.empty(), stage));
    }

    @Test
    void acksOfOthersAndPendingOnesOnlyShowThatItLives() {
        assertThat(read(world, "message.ack", "{\"id\":\"false_971500000101@c.us_A\",\"fromMe\":false,\"ack\":2}"))
                .containsExactly(new HookEvent.Alive(SESSION));
        assertThat(read(world, "message.ack", "{\"id\":\"true_971500000101@c.us_A\",\"fromMe\":true,\"ack\":0}"))
                .containsExactly(new HookEvent.Alive(SESSION));
    }

    @Test
    void whatWasReadOnThePhoneIsTold() {
        String payload =
                "{\"id\":\"false_971500000101@c.us_A\",\"from\":\"971500000101@c.us\",\"fromMe\":false,\"ack\":3}";

        assertThat(read(world, "message.ack", payload))
                .singleElement()
                .isInstanceOfSatisfying(HookEvent.Seen.class, seen -> {
                    assertThat(seen.provider()).isEqualTo("A");
                    assertThat(seen.chat().phone()).contains(new Phone("+971500000101"));
                });
    }

    @Test
    void aCallThatNoOneTookIsALine() {
        String call = "\"id\":\"C1\",\"from\":\"971500000101@c.us\",\"timestamp\":1721374000,\"isGroup\":false";

        assertThat(read(world, "call.rejected", "{" + call + ",\"isVideo\":false,\"_data\":{}}"))
                .singleElement()
                .isInstanceOfSatisfying(HookEvent.Message.class, missed -> {
                    assertThat(missed.text()).isEqualTo("📞 Missed call");
                    assertThat(missed.provider()).isEqualTo("call-C1");
                    assertThat(missed.chat().phone()).contains(new Phone("+971500000101"));
                    assertThat(missed.at()).isEqualTo(Instant.ofEpochSecond(1_721_374_000));
                });
        for (String other : List.of(
                "{" + call + ",\"_data\":{\"Reason\":\"rejected_elsewhere\"}}",
                "{" + call.replace("false", "true") + "}",
                "{\"from\":7}")) {
            assertThat(read(world, "call.rejected", other)).containsExactly(new HookEvent.Alive(SESSION));
        }
        assertThat(read(world, "call.accepted", "{" + call + "}")).containsExactly(new HookEvent.Alive(SESSION));
    }

    /// People edit and delete messages on the phone of the number, too. The id says whose message it is.
    @Test
    void whatIsChangedOnOurPhoneIsToldWithoutAContact() {
        Instant now = world.clock.instant();
        String ours = "\"id\":\"true_971500000101@c.us_3EB0S\",\"from\":\"971500000101@c.us\",\"fromMe\":true";

        assertThat(read(world, "message.edited", "{" + ours + ",\"body\":\"New\",\"editedMessageId\":\"3EB0S\"}"))
                .containsExactly(new HookEvent.Edited(SESSION, "3EB0S", ChatAddress.UNKNOWN, "New", now));
        assertThat(read(world, "message.revoked", "{\"after\":{" + ours + "},\"revokedMessageId\":\"3EB0S\"}"))
                .containsExactly(new HookEvent.Deleted(SESSION, "3EB0S", ChatAddress.UNKNOWN, now));
        assertThat(read(world, "message.edited", "{" + ours.replace(",\"fromMe\":true", "") + ",\"body\":\"New\"}"))
                .containsExactly(new HookEvent.Edited(SESSION, "3EB0S", ChatAddress.UNKNOWN, "New", now));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":\"463\",\"until\":\"2026-07-20T09:00:00.000Z\"} | RESTRICTED | 463",
                "{\"code\":475} | RESTRICTED | 475",
                "{\"code\":\"479\"} | MESSAGE | 479",
                "null | MESSAGE | no reason"
            })
    void aRefusalSaysWhy(String error, Why why, String words) {
        String payload = "{\"id\":\"true_971500000101@c.us_3EB0S\",\"from\":\"971500000101@c.us\",\"fromMe\":true,"
                + "\"ack\":-1,\"ackName\":\"ERROR\",\"error\":" + error + "}";

        assertThat(read(world, "message.ack", payload))
                .singleElement()
                .isInstanceOfSatisfying(HookEvent.Undeliverable.class, refused -> {
                    assertThat(refused.provider()).isEqualTo("3EB0S");
                    NotSent not = refused.why();
                    assertThat(not.why()).isEqualTo(why);
                    assertThat(not.reason()).contains(words).endsWith(".");
                    assertThat(not.until().isPresent()).isEqualTo(error.contains("until"));
                });
    }

    @Test
    void aBanSaysWhyAndUntilWhen() {
        world.linked();

        world.waha.bans(SESSION, 104, Duration.ofHours(24));

        assertThat(world.events(HookEvent.StatusChanged.class).getFirst().status())
                .isEqualTo(new NumberStatus(
                        State.BANNED,
                        Optional.empty(),
                        "",
                        "WhatsApp has banned this number for a while: the same message to too many people.",
                        Optional.of(world.clock.instant().plus(Duration.ofHours(24))),
                        ""));
    }

    @Test
    void theEndOfABanIsAlsoReadFromItsText() {
        var events = read(
                world,
                "engine.event",
                "{\"event\":\"events.TemporaryBan\",\"data\":{\"Code\":101,\"Expire\":\"1h30m0s\"}}");

        assertThat(((HookEvent.StatusChanged) events.getFirst()).status().until())
                .contains(world.clock.instant().plus(Duration.ofMinutes(90)));
    }

    @ParameterizedTest
    @CsvSource({"401, UNLINKED", "0, UNLINKED", "403, BANNED", "406, BANNED"})
    void beingLoggedOutIsToldFromBeingBanned(int code, State state) {
        world.linked();

        world.waha.whatsAppRefuses(SESSION, code);

        assertThat(world.events(HookEvent.StatusChanged.class)
                        .getFirst()
                        .status()
                        .state())
                .isEqualTo(state);
    }

    @Test
    void aSessionThatWasTakenOverIsBlockedThoughWahaSaysWorking() {
        world.linked();

        world.waha.sessionIsTakenOver(SESSION);

        assertThat(world.waha.status(SESSION)).isEqualTo("WORKING");
        assertThat(world.events(HookEvent.StatusChanged.class))
                .singleElement()
                .satisfies(event -> assertThat(event.status().state()).isEqualTo(State.BLOCKED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"events.Disconnected", "events.KeepAliveTimeout", "events.StreamError"})
    void eventsOfALostConnectionAreNoSignOfLife(String event) {
        assertThat(read(world, "engine.event", "{\"event\":\"" + event + "\",\"data\":{}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine.event", "label.upsert", "call.received", "group.v2.join", "something.new"})
    void anyOtherEventIsASignOfLife(String event) {
        assertThat(read(world, event, "{\"event\":\"events.Receipt\"}")).containsExactly(new HookEvent.Alive(SESSION));
    }

    @Test
    void codesThatRanOutAreToldFromALogoutByTheStatesBefore() {
        assertThat(stateOf("{\"status\":\"FAILED\",\"statuses\":[{\"status\":\"WORKING\"},{\"status\":\"FAILED\"}]}"))
                .isEqualTo(State.UNLINKED);
        assertThat(stateOf(
                        "{\"status\":\"FAILED\",\"statuses\":[{\"status\":\"WORKING\"},{\"status\":\"SCAN_QR_CODE\"},"
                                + "{\"status\":\"FAILED\"}]}"))
                .isEqualTo(State.GIVEN_UP);
    }

    @Test
    void aRestrictionIsToldByTheEvent() {
        long end = world.clock.instant().plus(Duration.ofHours(2)).getEpochSecond();

        assertThat(stateOf("{\"status\":\"WORKING\",\"data\":{\"isActive\":true,\"timeEnforcementEnds\":" + end + "}}"))
                .isEqualTo(State.RESTRICTED);
        assertThat(stateOf("{\"status\":\"WORKING\",\"data\":{\"cappingStatus\":\"CAPPED\"}}"))
                .isEqualTo(State.RESTRICTED);
        assertThat(stateOf("{\"status\":\"WORKING\",\"data\":{\"reachoutTimelock\":{\"isActive\":false}}}"))
                .isEqualTo(State.WORKING);
    }

    private State stateOf(String payload) {
        return ((HookEvent.StatusChanged) read(world, "session.status", payload).getFirst())
                .status()
                .state();
    }

    @Test
    void statesThatComeAnHourLateSayNothingAndMessagesStayTrue() {
        world.linked();
        world.waha.holdWebhooks();
        world.waha.connectionBreaks(SESSION);
        world.waha.timePasses(Duration.ofMinutes(1));
        var wire = world.amal().writes("Hello");
        world.gateway.send(world.line(), world.text("Hi"), Optional.empty(), Optional.empty());
        world.waha.timePasses(Duration.ofHours(1));

        world.waha.releaseWebhooksInReverse();

        var events = world.events();
        assertThat(events).hasSize(3).noneMatch(HookEvent.StatusChanged.class::isInstance);
        assertThat(events.getLast()).isInstanceOfSatisfying(HookEvent.Message.class, message -> {
            assertThat(message.provider()).isEqualTo(wire);
            assertThat(message.at()).isEqualTo(world.clock.instant().minus(Duration.ofHours(1)));
        });
    }

    @Test
    void aBanThatIsToldLateIsOneAsLongAsItLasts() {
        String payload = "{\"event\":\"events.TemporaryBan\",\"data\":{\"Code\":101,\"Expire\":7200000000000}}";
        long now = world.clock.instant().toEpochMilli();

        assertThat(read(
                        world,
                        "engine.event",
                        payload,
                        now - Duration.ofHours(1).toMillis()))
                .hasSize(1);
        assertThat(read(
                        world,
                        "engine.event",
                        payload,
                        now - Duration.ofHours(3).toMillis()))
                .isEmpty();
    }

    @Test
    void aDeafSessionThatHearsAgainTellsAllAtOnce() {
        world.linked();
        world.waha.goesDeaf(SESSION, FakeSession.Deafness.NO_EVENTS);
        for (int i = 0; i < 20; i++) {
            world.amal().writes("Message " + i);
        }
        assertThat(world.events()).isEmpty();
        assertThat(world.waha.status(SESSION)).isEqualTo("WORKING");

        world.waha.hearsAgain(SESSION);

        assertThat(world.events(HookEvent.Message.class)).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "42",
                "{}",
                "{\"session\":7,\"event\":{},\"payload\":[1]}",
                "{\"session\":\"s\",\"event\":\"session.status\",\"payload\":null}",
                "{\"session\":\"s\",\"event\":\"session.status\"}",
                "{\"session\":\"s\",\"event\":\"presence.update\",\"payload\":{\"id\":7,\"presences\":7}}",
                "{\"session\":{},\"event\":\"message.any\",\"payload\":{\"from\":\"a@c.us\",\"body\":\"x\"}}"
            })
    void nonsenseIsNeverAnException(String body) {
        assertThat(world.gateway.read(world.access(), body.getBytes(StandardCharsets.UTF_8)))
                .allMatch(HookEvent.Alive.class::isInstance);
    }

    /// Every field of real events is replaced by every kind of value.
    @Test
    void brokenFieldsAreNeverAnException() {
        world.linked();
        var amal = world.amal();
        amal.sendsFile("imageMessage", "image/jpeg", "a.jpg", new byte[] {1}, "x");
        amal.replies("Yes", "3EB0", true);
        amal.reacts("3EB0", true, "x");
        amal.edits("3EB0", "x");
        amal.deletes("3EB0");
        amal.types(true);
        world.waha.bans(SESSION, 101, Duration.ofHours(1));
        List<String> bodies = world.door.requests.stream()
                .map(request -> new String(request.body(), StandardCharsets.UTF_8))
                .toList();
        assertThat(bodies).hasSizeGreaterThan(8);

        for (String body : bodies) {
            for (String value : List.of("null", "[]", "{}", "-1", "\"\"", "\"x\"", "1e400", "[[{}]]")) {
                fields(body).forEach(field -> {
                    String broken = body.replaceFirst(
                            "\"" + field + "\":(\"[^\"]*\"|[0-9.E]+|null|true|false)", "\"" + field + "\":" + value);
                    assertThat(world.gateway.read(world.access(), broken.getBytes(StandardCharsets.UTF_8)))
                            .isNotNull();
                });
            }
        }
    }

    private static Stream<String> fields(String body) {
        return java.util.regex.Pattern.compile("\"([A-Za-z_]+)\":")
                .matcher(body)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet())
                .stream();
    }

    @Test
    void ourNumberIsTakenFromTheEvent() {
        done(world.gateway.prepare(world.line()));
        done(world.gateway.start(world.line()));
        world.forgetEvents();
        world.waha.phoneScans(SESSION, SHOP);

        assertThat(world.events(HookEvent.StatusChanged.class)
                        .getLast()
                        .status()
                        .phone())
                .contains(SHOP);
    }
}
