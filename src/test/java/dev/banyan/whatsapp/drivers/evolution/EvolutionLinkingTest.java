package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.NAME;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.OWN;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.SECRET;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.done;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.HookEvent.CodeChanged;
import dev.banyan.whatsapp.drivers.HookEvent.StatusChanged;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.QrCode;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Instances are made, linked and removed.
class EvolutionLinkingTest {

    private static JsonNode webhook(EvolutionWorld world) {
        return world.fake.instance(NAME).webhook().orElseThrow();
    }

    @Test
    void preparingMakesAnInstanceWithOurWebhook() {
        try (var world = new EvolutionWorld()) {
            NumberStatus status = done(world.gateway.prepare(world.newLine()));

            assertThat(status).isEqualTo(NumberStatus.of(State.STOPPED));
            assertThat(webhook(world).path("url").asText())
                    .isEqualTo(world.hookUrl().toString());
            assertThat(webhook(world).path("headers").path("x-banyan-secret").asText())
                    .isEqualTo(SECRET);
            assertThat(webhook(world).path("webhookByEvents").asBoolean()).isFalse();
            assertThat(webhook(world).path("events").toString()).contains("MESSAGES_UPSERT", "STATUS_INSTANCE");
            assertThat(world.fake.instance(NAME).settings().path("groupsIgnore").asBoolean(true))
                    .isFalse();
            assertThat(world.fake.instance(NAME).memory()).isEqualTo("close");
        }
    }

    @Test
    void preparingTwiceChangesNothing() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            NumberStatus status = done(world.gateway.prepare(world.line()));

            assertThat(status.state()).isEqualTo(State.WORKING);
            assertThat(status.remarks()).isEmpty();
            assertThat(world.fake.requests()).noneMatch(request -> request.startsWith("POST"));
        }
    }

    @Test
    void anotherWebhookIsReplacedAndPeopleAreTold() {
        try (var world = new EvolutionWorld()) {
            world.fake.linkedBefore(NAME, OWN.digits());
            ObjectNode other = FakeAnswer.JSON.createObjectNode();
            other.put("enabled", true).put("url", "https://bot.example/evo?token=private");
            world.fake.instance(NAME).webhook(other);

            NumberStatus status = done(world.gateway.prepare(world.newLine()));

            assertThat(status.state()).isEqualTo(State.WORKING);
            assertThat(status.remarks()).contains("bot.example").doesNotContain("private");
            assertThat(webhook(world).path("url").asText())
                    .isEqualTo(world.hookUrl().toString());
            assertThat(done(world.gateway.prepare(world.newLine())).remarks()).isEmpty();
        }
    }

    @Test
    void ourWebhookIsMendedSilently() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            ((ObjectNode) webhook(world)).putObject("headers").put("x-banyan-secret", "an older one");

            assertThat(done(world.gateway.prepare(world.line())).remarks()).isEmpty();
            assertThat(webhook(world).path("headers").path("x-banyan-secret").asText())
                    .isEqualTo(SECRET);
        }
    }

    @Test
    void aFasterOneWithTheSameNameIsAdopted() {
        try (var world = new EvolutionWorld()) {
            world.fake.linkedBefore(NAME, OWN.digits());
            world.fake.refuses("fetchInstances", 404, "The \"shop dubai\" instance does not exist");

            assertThat(done(world.gateway.prepare(world.newLine())).state()).isEqualTo(State.WORKING);
        }
    }

    private static Line withProxy(EvolutionWorld world, String host) {
        return world.line(
                NAME, Optional.empty(), Optional.of(new Line.Proxy("socks5", host, 1080, "user", "password")));
    }

    @Test
    void theProxyOfANewInstanceIsPassedOn() {
        try (var world = new EvolutionWorld()) {
            done(world.gateway.prepare(withProxy(world, "good.example")));

            assertThat(world.fake.instance(NAME).proxy().orElseThrow().toString())
                    .contains("\"port\":\"1080\"", "\"protocol\":\"socks5\"", "\"username\":\"user\"");
            world.fake.forgetRequests();
            done(world.gateway.prepare(withProxy(world, "good.example")));
            assertThat(world.fake.requests()).noneMatch(request -> request.startsWith("POST"));
        }
    }

    @Test
    void theProxyOfAnExistingInstanceIsSet() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            done(world.gateway.prepare(withProxy(world, "good.example")));

            assertThat(world.fake.instance(NAME).proxy()).isPresent();
        }
    }

    @Test
    void aDeadProxyIsNamed() {
        try (var world = new EvolutionWorld()) {
            Trouble made = trouble(world.gateway.prepare(withProxy(world, "dead.example")));

            assertThat(made.kind()).isEqualTo(Trouble.Kind.REFUSED);
            assertThat(made.sentence()).contains("proxy").doesNotContain("password");
            done(world.gateway.prepare(world.newLine()));
            assertThat(trouble(world.gateway.prepare(withProxy(world, "dead.example"))))
                    .isEqualTo(made);
        }
    }

    @Test
    void startingOffersCodesThatAWebhookTellsOf() {
        try (var world = new EvolutionWorld()) {
            done(world.gateway.prepare(world.newLine()));

            assertThat(done(world.gateway.start(world.newLine())).state()).isEqualTo(State.CODE);

            QrCode code = done(world.gateway.code(world.newLine()));
            assertThat(code.text()).startsWith("2@");
            assertThat(code.number()).isEqualTo(1);
            assertThat(code.of()).isEqualTo(world.gateway.codes());
            assertThat(world.events(CodeChanged.class))
                    .containsExactly(new CodeChanged(NAME, Optional.of(code.text())));
        }
    }

    @Test
    void codesChangeUntilTheyAreUsedUp() {
        try (var world = new EvolutionWorld()) {
            done(world.gateway.prepare(world.newLine()));
            done(world.gateway.start(world.newLine()));
            world.fake.timePasses(world.gateway.codeLasts(1));
            assertThat(done(world.gateway.code(world.newLine())).number()).isEqualTo(2);

            world.fake.timePasses(Duration.ofHours(1));

            assertThat(world.events(CodeChanged.class))
                    .hasSize(world.gateway.codes())
                    .doesNotHaveDuplicates();
            assertThat(world.events())
                    .last()
                    .satisfies(event ->
                            assertThat(event).isEqualTo(new StatusChanged(NAME, NumberStatus.of(State.GIVEN_UP))));
            assertThat(done(world.gateway.status(world.newLine())).state()).isEqualTo(State.GIVEN_UP);
        }
    }

    /// Asking for a code connects a closed instance, which would offer codes for ever.
    @Test
    void askingForACodeNeverStartsAnything() {
        try (var world = new EvolutionWorld()) {
            done(world.gateway.prepare(world.newLine()));

            assertThat(trouble(world.gateway.code(world.newLine())).kind()).isEqualTo(Trouble.Kind.LATER);
            assertThat(world.fake.instance(NAME).memory()).isEqualTo("close");
        }
    }

    @Test
    void itCanBeginAgainAfterTheCodesWereUsedUp() {
        try (var world = new EvolutionWorld()) {
            done(world.gateway.prepare(world.newLine()));
            done(world.gateway.start(world.newLine()));
            world.fake.timePasses(Duration.ofHours(1));

            assertThat(done(world.gateway.prepare(world.newLine())).state()).isEqualTo(State.STOPPED);
            assertThat(done(world.gateway.start(world.newLine())).state()).isEqualTo(State.CODE);
            assertThat(done(world.gateway.code(world.newLine())).number()).isEqualTo(1);
        }
    }

    @Test
    void aScannedCodeLinks() {
        try (var world = new EvolutionWorld()) {
            done(world.gateway.prepare(world.newLine()));
            done(world.gateway.start(world.newLine()));
            world.fake.phoneScans(NAME, OWN.digits());

            assertThat(world.events(StatusChanged.class).getLast().status())
                    .isEqualTo(NumberStatus.working(OWN, "Marina Sweets"));
            assertThat(done(world.gateway.start(world.newLine())).state()).isEqualTo(State.WORKING);
            assertThat(trouble(world.gateway.code(world.newLine())).kind()).isEqualTo(Trouble.Kind.LATER);
        }
    }

    /// The first code may be missing in the answer.
    @Test
    void startingWithoutACodeYetIsStarting() {
        try (var world = new EvolutionWorld()) {
            done(world.gateway.prepare(world.newLine()));
            world.fake.answers("/instance/connect/", 200, "{\"count\":0}");

            assertThat(done(world.gateway.start(world.newLine())).state()).isEqualTo(State.STARTING);
        }
    }

    /// Some errors come with HTTP 200.
    @Test
    void aHiddenErrorIsAnError() {
        try (var world = new EvolutionWorld()) {
            done(world.gateway.prepare(world.newLine()));
            world.fake.answers("/instance/connect/", 200, "{\"error\":true,\"message\":\"[object Object]\"}");

            assertThat(trouble(world.gateway.start(world.newLine())).kind()).isEqualTo(Trouble.Kind.LATER);
        }
    }

    @Test
    void aPairingCodeIsWrittenForPeople() {
        try (var world = new EvolutionWorld()) {
            done(world.gateway.prepare(world.newLine()));

            assertThat(done(world.gateway.pairingCode(world.newLine(), OWN))).matches("PAIR-\\d{4}");
            assertThat(world.fake.requests())
                    .anyMatch(request -> request.endsWith("/instance/connect/shop%20dubai?number=" + OWN.digits()));
        }
    }

    /// An instance that shows QR codes without knowing the number has to begin anew.
    @ParameterizedTest
    @EnumSource(names = {"V2_3_7", "V2_4_0"})
    void aPairingCodeCanBeAskedForWhileQrCodesAreShown(Version version) {
        try (var world = new EvolutionWorld(version)) {
            done(world.gateway.prepare(world.newLine()));
            done(world.gateway.start(world.newLine()));

            String code = done(world.gateway.pairingCode(world.newLine(), OWN));

            assertThat(code).matches("PAIR-\\d{4}");
            assertThat(done(world.gateway.pairingCode(world.newLine(), OWN))).isEqualTo(code);
            world.fake.phoneScans(NAME, OWN.digits());
            assertThat(done(world.gateway.status(world.newLine())).state()).isEqualTo(State.WORKING);
            assertThat(webhook(world).path("url").asText())
                    .isEqualTo(world.hookUrl().toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V2_3_6", "V2_3_7", "V2_4_0"})
    void removingLogsOutAndDeletes(Version version) {
        try (var world = EvolutionWorld.linked(version)) {
            assertThat(done(world.gateway.remove(world.line()))).isTrue();
            assertThat(world.fake.has(NAME)).isFalse();
            assertThat(done(world.gateway.remove(world.line()))).isTrue();
        }
    }

    /// 2.3.6 says that it has logged out when it has not, and refuses to delete what is open.
    @Test
    void removingIsTriedAgainWhereTheLogoutDidNothing() {
        try (var world = EvolutionWorld.linked(Version.V2_3_6)) {
            world.fake.answers("/instance/logout", 200, "{\"status\":\"SUCCESS\",\"error\":false}");

            assertThat(done(world.gateway.remove(world.line()))).isTrue();
            assertThat(world.fake.has(NAME)).isFalse();
        }
    }

    @Test
    void anInstanceThatCannotBeDeletedIsReported() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.refuses("/instance/delete", 400, "broken");
            world.fake.refuses("/instance/delete", 400, "broken");

            assertThat(trouble(world.gateway.remove(world.line())).kind()).isEqualTo(Trouble.Kind.LATER);
        }
    }
}
