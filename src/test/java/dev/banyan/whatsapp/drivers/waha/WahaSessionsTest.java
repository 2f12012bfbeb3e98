package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SESSION;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.SHOP;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.done;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WahaSessionsTest {

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void checkTellsWhatIsThere() {
        world.waha.hasLinked("other-shop", SHOP);

        var found = done(world.gateway.check(world.access()));

        assertThat(found.version()).contains("2026.9.2");
        assertThat(found.engine()).contains("GOWS");
        assertThat(found.missing()).isEmpty();
        assertThat(found.hookRegistered()).isTrue();
        assertThat(found.numbers()).singleElement().satisfies(number -> {
            assertThat(number.remote()).isEqualTo("other-shop");
            assertThat(number.status()).isEqualTo(NumberStatus.working(SHOP, "Marina Sweets"));
        });
    }

    @Test
    void checkSaysThatAnOldVersionLacksMuch() {
        world.with("NOWEB", "2026.3.1");
        assertThat(done(world.gateway.check(world.access())).missing())
                .singleElement()
                .asString()
                .contains("2026.6.1");

        world.waha.tier = "PLUS";
        assertThat(done(world.gateway.check(world.access())).missing())
                .singleElement()
                .asString()
                .contains("2026.4.3");
    }

    @Test
    void aWrongKeyIsNamed() {
        assertThat(trouble(world.gateway.check(world.access("wrong"))).kind()).isEqualTo(Trouble.Kind.CREDENTIALS);
        assertThat(trouble(world.gateway.prepare(world.lineWithKey("wrong"))).kind())
                .isEqualTo(Trouble.Kind.CREDENTIALS);
        assertThat(trouble(world.gateway.status(world.lineWithKey(""))).kind()).isEqualTo(Trouble.Kind.CREDENTIALS);
    }

    @Test
    void aServerThatIsGoneIsUnreachable() {
        world.waha.kill();

        assertThat(trouble(world.gateway.check(world.access())).kind()).isEqualTo(Trouble.Kind.UNREACHABLE);
    }

    @Test
    void oldServersTellTheirVersionElsewhere() {
        world.waha.faults.next("GET /api/server/version", new FakeFaults.Fault.Answers(404, "{}"));

        assertThat(done(world.gateway.check(world.access())).version()).contains("2026.9.2");
    }

    @Test
    void anotherServerIsNotTakenForWaha() {
        world.waha.faults.next("GET /api/server/version", new FakeFaults.Fault.Answers(200, "<html></html>"));

        assertThat(trouble(world.gateway.check(world.access())).sentence()).contains("no WAHA at this address");
    }

    @Test
    void aNewSessionIsCreatedWithOurWebhookAndIsNotStarted() {
        assertThat(done(world.gateway.prepare(world.line())).state()).isEqualTo(State.STOPPED);

        JsonNode config = world.waha.config(SESSION).orElseThrow();
        assertThat(config.path("webhooks")).hasSize(1);
        JsonNode hook = config.path("webhooks").path(0);
        assertThat(hook.path("url").asText()).isEqualTo(world.access().hook().toString());
        assertThat(hook.path("hmac").path("key").asText()).isEqualTo(WahaWorld.SECRET);
        assertThat(hook.path("events"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        "message.any",
                        "message.ack",
                        "message.reaction",
                        "message.edited",
                        "message.revoked",
                        "poll.vote",
                        "session.status",
                        "call.rejected",
                        "presence.update",
                        "engine.event");
        assertThat(hook.path("retries"))
                .isEqualTo(FakeJson.tree(Map.of("policy", "exponential", "delaySeconds", 2, "attempts", 15)));
        assertThat(config.path("ignore"))
                .isEqualTo(FakeJson.tree(Map.of("status", true, "groups", false, "channels", true, "broadcast", true)));
        assertThat(config.path("metadata").path("banyan.sender").asText()).isEqualTo("marina");
        assertThat(config.has("proxy")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOWEB", "WEBJS"})
    void onlyGowsTellsTheEventsOfItsEngine(String engine) {
        world.with(engine, "2026.9.2");

        done(world.gateway.prepare(world.line()));

        JsonNode config = world.waha.config(SESSION).orElseThrow();
        assertThat(config.path("webhooks").path(0).path("events"))
                .extracting(JsonNode::asText)
                .contains("message.any")
                .doesNotContain("engine.event");
        assertThat(config.path("noweb").path("store").path("enabled").asBoolean())
                .as("Without its store, NOWEB has no history")
                .isEqualTo(engine.equals("NOWEB"));
    }

    @Test
    void theEngineIsAskedForBeforeTheFirstCheck() {
        world.unchecked();

        done(world.gateway.prepare(world.line()));

        assertThat(world.waha
                        .config(SESSION)
                        .orElseThrow()
                        .path("webhooks")
                        .path(0)
                        .path("events"))
                .extracting(JsonNode::asText)
                .contains("engine.event");
    }

    @Test
    void aReadySessionIsNotTouched() {
        world.linked();
        var line = world.line();

        assertThat(done(world.gateway.prepare(line)).state()).isEqualTo(State.WORKING);

        assertThat(world.waha.calls()).noneMatch(call -> call.startsWith("PUT"));
        assertThat(world.events()).isEmpty();
    }

    @Test
    void anAdoptedSessionKeepsItsWebhooksAndSettings() {
        world.waha.hasLinked(SESSION, SHOP);
        ObjectNode config = (ObjectNode) world.waha.config(SESSION).orElseThrow();
        config.put("debug", true).putObject("metadata").put("owner", "amira");
        config.putObject("ignore").put("groups", true);
        config.putArray("webhooks")
                .addObject()
                .put("url", "https://crm.example.ae/waha")
                .putArray("events")
                .add("message");

        assertThat(done(world.gateway.prepare(world.line())).state()).isEqualTo(State.WORKING);

        JsonNode now = world.waha.config(SESSION).orElseThrow();
        assertThat(now.path("webhooks"))
                .extracting(hook -> hook.path("url").asText())
                .containsExactly(
                        "https://crm.example.ae/waha", world.access().hook().toString());
        assertThat(now.path("debug").asBoolean()).isTrue();
        assertThat(now.path("metadata").path("owner").asText()).isEqualTo("amira");
        assertThat(now.path("ignore").path("groups").asBoolean()).isTrue();
    }

    @Test
    void aWebhookWithAnotherSecretOrAnOldAddressOfOursIsReplaced() {
        world.linked();
        ArrayNode hooks = (ArrayNode) world.waha.config(SESSION).orElseThrow().path("webhooks");
        ((ObjectNode) hooks.path(0)).putObject("hmac").put("key", "another");
        ((ObjectNode) hooks.path(0)).put("url", "https://old.example.ae/hooks/whatsapp/" + WahaWorld.CONNECTION);

        done(world.gateway.prepare(world.line()));

        assertThat(world.waha.config(SESSION).orElseThrow().path("webhooks"))
                .singleElement()
                .satisfies(hook -> {
                    assertThat(hook.path("hmac").path("key").asText()).isEqualTo(WahaWorld.SECRET);
                    assertThat(hook.path("url").asText())
                            .isEqualTo(world.access().hook().toString());
                });
    }

    @Test
    void anHttpProxyIsSetAndTakenAwayAgain() {
        var proxy = new Line.Proxy("http", "proxy.example.ae", 3128, "user", "secret");
        done(world.gateway.prepare(world.line(proxy)));
        assertThat(world.waha.config(SESSION).orElseThrow().path("proxy"))
                .isEqualTo(FakeJson.tree(
                        Map.of("server", "proxy.example.ae:3128", "username", "user", "password", "secret")));

        done(world.gateway.prepare(world.line(proxy)));
        assertThat(world.waha.calls()).noneMatch(call -> call.startsWith("PUT"));

        done(world.gateway.prepare(world.line()));
        assertThat(world.waha.config(SESSION).orElseThrow().has("proxy")).isFalse();
    }

    @Test
    void aProxyThatTheGatewaysOperatorHasSetIsKept() {
        world.waha.hasLinked(SESSION, SHOP);
        ((ObjectNode) world.waha.config(SESSION).orElseThrow())
                .putObject("proxy")
                .put("server", "theirs:3128");

        done(world.gateway.prepare(world.line()));

        assertThat(world.waha
                        .config(SESSION)
                        .orElseThrow()
                        .path("proxy")
                        .path("server")
                        .asText())
                .isEqualTo("theirs:3128");
    }

    @Test
    void otherProxiesAreRefused() {
        var proxy = new Line.Proxy("socks5", "proxy.example.ae", 1080, "", "");

        assertThat(trouble(world.gateway.prepare(world.line(proxy))))
                .isEqualTo(
                        new Trouble(Trouble.Kind.UNSUPPORTED, "WAHA can use HTTP proxies only. Choose another proxy."));
        assertThat(world.waha.config(SESSION)).isEmpty();
    }

    @Test
    void oneCallTellsTheStatesOfAllNumbers() {
        world.waha.hasLinked("shop-one", SHOP);
        world.waha.hasLinked("shop-two", new Phone("+971500000200"));
        done(world.gateway.pause(world.line("shop-two")));
        int before = world.waha.calls().size();

        var states = done(world.gateway.statuses(
                world.access(), List.of(world.line("shop-one"), world.line("shop-two"), world.line("forgotten"))));

        assertThat(states)
                .containsEntry("shop-one", NumberStatus.working(SHOP, "Marina Sweets"))
                .containsEntry("shop-two", NumberStatus.of(State.STOPPED))
                .containsEntry("forgotten", NumberStatus.of(State.STOPPED));
        assertThat(world.waha.calls()).hasSize(before + 1);
    }

    @Test
    void anUnknownSessionIsStopped() {
        assertThat(done(world.gateway.status(world.line())).state()).isEqualTo(State.STOPPED);
    }

    @Test
    void aLostConnectionIsStartingAndComesBack() {
        var line = world.linked();
        world.waha.connectionBreaks(SESSION);
        assertThat(done(world.gateway.status(line)).state()).isEqualTo(State.STARTING);

        world.waha.timePasses(Duration.ofMinutes(1));

        assertThat(done(world.gateway.status(line)).state()).isEqualTo(State.WORKING);
    }

    @Test
    void failureIsToldApartByWhetherTheNumberWasLinked() {
        done(world.gateway.prepare(world.line()));
        done(world.gateway.start(world.line()));
        world.waha.timePasses(Duration.ofSeconds(160));
        assertThat(done(world.gateway.status(world.line())).state()).isEqualTo(State.GIVEN_UP);

        done(world.gateway.start(world.line()));
        world.waha.phoneScans(SESSION, SHOP);
        world.waha.phoneRemovesTheDevice(SESSION);
        assertThat(done(world.gateway.status(world.line())).state()).isEqualTo(State.UNLINKED);
    }

    @Test
    void aRestrictionHasAnEndAndIsOverThen() {
        var line = world.linked();
        var end = world.clock.instant().plus(Duration.ofHours(3));
        world.waha.restricts(SESSION, end);

        var status = done(world.gateway.status(line));
        assertThat(status.state()).isEqualTo(State.RESTRICTED);
        assertThat(status.until()).contains(end);
        assertThat(status.phone()).contains(SHOP);
        assertThat(status.reason()).contains("463");

        world.waha.timePasses(Duration.ofHours(3));
        assertThat(done(world.gateway.status(line)).state())
                .as("WAHA keeps what it has seen last")
                .isEqualTo(State.WORKING);
    }

    @Test
    void usedUpNewChatsAreARestrictionAndWarningsARemark() {
        var line = world.linked();
        world.waha.session(SESSION).capping = FakeJson.object()
                .put("cappingStatus", "FIRST_WARNING")
                .put("totalQuota", 1000)
                .put("usedQuota", 640);
        assertThat(done(world.gateway.status(line)).remarks())
                .isEqualTo("WhatsApp warns: 640 of 1,000 new chats are used up.");

        var end = world.clock.instant().plus(Duration.ofDays(9));
        world.waha.caps(SESSION, end);
        assertThat(done(world.gateway.status(line)))
                .isEqualTo(new NumberStatus(
                        State.RESTRICTED, Optional.of(SHOP), "Marina Sweets", WahaStates.CAPPED, Optional.of(end), ""));
    }

    @Test
    void aPausedNumberReconnectsWithoutACode() {
        var line = world.linked();
        done(world.gateway.pause(line));
        assertThat(done(world.gateway.status(line)).state()).isEqualTo(State.STOPPED);

        assertThat(done(world.gateway.start(line)).state()).isEqualTo(State.WORKING);
        assertThat(done(world.gateway.restart(line)).state()).isEqualTo(State.WORKING);
    }

    @Test
    void aServerThatHasLostItsSessionsGetsThemBack() {
        world.linked();
        world.waha.kill();
        assertThat(trouble(world.gateway.status(world.line())).kind()).isEqualTo(Trouble.Kind.UNREACHABLE);
        world.waha.restartEmpty();

        assertThat(done(world.gateway.start(world.line())).state()).isEqualTo(State.CODE);
        assertThat(world.waha.config(SESSION).orElseThrow().path("webhooks")).hasSize(1);
    }

    @Test
    void aServerThatRestartsBringsItsSessionsBackByItself() {
        world.linked();
        world.waha.kill();
        assertThat(trouble(world.gateway.status(world.line())).kind()).isEqualTo(Trouble.Kind.UNREACHABLE);
        world.waha.restart();

        assertThat(done(world.gateway.status(world.line())).state()).isEqualTo(State.WORKING);
        assertThat(world.events()).last().isInstanceOf(dev.banyan.whatsapp.drivers.HookEvent.StatusChanged.class);
    }

    @Test
    void removingLogsOutAndDeletesAndMayBeRepeated() {
        var line = world.linked();

        assertThat(done(world.gateway.remove(line))).isTrue();

        assertThat(world.waha.calls())
                .containsSubsequence("POST /api/sessions/shop-dubai/logout", "DELETE /api/sessions/shop-dubai");
        assertThat(world.waha.config(SESSION)).isEmpty();
        assertThat(done(world.gateway.remove(line))).isTrue();
        assertThat(done(world.gateway.pause(line))).isTrue();
    }

    @Test
    void aSessionThatCanNotLogOutIsDeletedAllTheSame() {
        var line = world.linked();
        world.waha.faults.next("/logout", new FakeFaults.Fault.Answers(500, "{}"));

        assertThat(done(world.gateway.remove(line))).isTrue();
        assertThat(world.waha.config(SESSION)).isEmpty();

        assertThat(trouble(world.gateway.remove(world.lineWithKey("wrong"))).kind())
                .isEqualTo(Trouble.Kind.CREDENTIALS);
    }
}
