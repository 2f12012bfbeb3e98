package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.AMAL;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.AMAL_JID;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.NAME;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.drivers.Gateway.Genuine;
import dev.banyan.whatsapp.drivers.HookRequest;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whether webhooks are genuine, and whether they repeat.
class EvolutionSignaturesTest {

    private final EvolutionWorld world = EvolutionWorld.linked(Version.V2_3_7);
    private final FakeContact amal = world.fake.contact(NAME, AMAL.digits(), "Amal");

    @AfterEach
    void close() {
        world.close();
    }

    private Genuine genuine(Map<String, String> headers) {
        return world.gateway.isGenuine(world.access(), new HookRequest(headers, new byte[0]));
    }

    @Test
    void theGatewayRepeatsOurHeader() {
        amal.writes("Hello");
        world.fake.settle();

        assertThat(world.hooks)
                .isNotEmpty()
                .allMatch(hook -> world.gateway.isGenuine(world.access(), hook) == Genuine.YES);
        assertThat(genuine(Map.of("x-banyan-secret", SECRET + "x"))).isEqualTo(Genuine.NO);
        assertThat(genuine(Map.of("x-banyan-secret", ""))).isEqualTo(Genuine.NO);
        assertThat(genuine(Map.of("x-banyan-secret", "wrong", "authorization", "Bearer a.b.c")))
                .isEqualTo(Genuine.NO);
    }

    /// The key in the body is no proof: every webhook that anyone has seen contains it.
    @Test
    void withoutHeaderAndTokenItIsUnsigned() {
        String token = world.fake.instance(NAME).token();
        var request = new HookRequest(
                Map.of("apikey", token), ("{\"apikey\":\"" + token + "\"}").getBytes(StandardCharsets.UTF_8));

        assertThat(world.gateway.isGenuine(world.access(), request)).isEqualTo(Genuine.UNSIGNED);
        assertThat(genuine(Map.of("authorization", "Basic eDp5"))).isEqualTo(Genuine.UNSIGNED);
    }

    @Test
    void aTokenSignedWithOurSecretIsGenuineForADay() {
        ObjectNode webhook = (ObjectNode) world.fake.instance(NAME).webhook().orElseThrow();
        webhook.putObject("headers").put("jwt_key", SECRET);
        amal.writes("Hello");
        world.fake.settle();
        HookRequest hook = world.hooks.getFirst();

        assertThat(hook.header("authorization").orElseThrow()).startsWith("Bearer ");
        assertThat(world.gateway.isGenuine(world.access(), hook)).isEqualTo(Genuine.YES);
        world.clock.forward(Duration.ofHours(24));
        assertThat(world.gateway.isGenuine(world.access(), hook)).isEqualTo(Genuine.YES);
        world.clock.forward(Duration.ofHours(1));
        assertThat(world.gateway.isGenuine(world.access(), hook)).isEqualTo(Genuine.NO);
    }

    @Test
    void aTokenSignedOtherwiseIsNot() {
        ObjectNode webhook = (ObjectNode) world.fake.instance(NAME).webhook().orElseThrow();
        webhook.putObject("headers").put("jwt_key", "another");
        amal.writes("Hello");
        world.fake.settle();

        assertThat(world.gateway.isGenuine(world.access(), world.hooks.getFirst()))
                .isEqualTo(Genuine.NO);
        // {"alg":"none"}.{"exp":9999999999}.
        assertThat(genuine(Map.of("authorization", "Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjk5OTk5OTk5OTl9.")))
                .isEqualTo(Genuine.NO);
        assertThat(genuine(Map.of("authorization", "Bearer x"))).isEqualTo(Genuine.NO);
    }

    @Test
    void repeatsHaveTheSameKeyAndOthersDoNot() {
        String id = amal.writes("Hello");
        amal.writes("Hello");
        amal.edits(id, "Hello!");
        amal.edits(id, "Hello!!");
        world.fake.acksEarly(NAME, "3EB01", AMAL_JID, "SERVER_ACK");
        world.fake.acksEarly(NAME, "3EB01", AMAL_JID, "READ");
        world.fake.settle();
        var keys = world.hooks.stream().map(world.gateway::repeatKey).toList();

        assertThat(keys).hasSize(6).doesNotHaveDuplicates();
        assertThat(keys).allMatch(key -> key.matches("[0-9a-f]{64}"));
        HookRequest first = world.hooks.getFirst();
        String later = new String(first.body(), StandardCharsets.UTF_8)
                .replaceFirst("date_time\":\"....", "date_time\":\"2027");
        assertThat(world.gateway.repeatKey(new HookRequest(Map.of(), later.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(keys.getFirst());
        assertThat(world.gateway.repeatKey(new HookRequest(Map.of(), "nonsense".getBytes(StandardCharsets.UTF_8))))
                .matches("[0-9a-f]{64}");
    }
}
