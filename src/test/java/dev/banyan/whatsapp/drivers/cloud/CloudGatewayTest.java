package dev.banyan.whatsapp.drivers.cloud;

import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.AMALS;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.done;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.failed;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the Cloud API is and is not: no codes, no sessions, and what it can do.
class CloudGatewayTest {

    private final CloudWorld world = new CloudWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void canDoEverythingButLinkWithACodeCheckNumbersAndUseProxies() {
        var can = world.gateway.capabilities(world.access().connection());

        assertThat(world.gateway.kind()).isEqualTo(DriverKind.CLOUD);
        assertThat(Capability.values())
                .filteredOn(capability -> !can.contains(capability))
                .containsExactlyInAnyOrder(
                        Capability.NUMBER_CHECK,
                        Capability.QR_CODE,
                        Capability.PAIRING_CODE,
                        Capability.PASSKEY,
                        Capability.PROXY);
    }

    @Test
    void saysThatThereAreNoCodesAndAsksNobody() {
        Line line = world.line();

        assertThat(Stream.of(
                                world.gateway.code(line),
                                world.gateway.pairingCode(line, AMALS),
                                world.gateway.passkey(line),
                                world.gateway.answerPasskey(line, "{}"),
                                world.gateway.confirmPasskey(line),
                                world.gateway.addressOf(line, AMALS))
                        .map(answer -> failed(answer).kind()))
                .containsOnly(Trouble.Kind.UNSUPPORTED);
        assertThat(failed(world.gateway.code(line)).sentence()).contains("phone number ID");
        assertThat(world.gateway.codes()).isZero();
        assertThat(world.meta.requests()).isEmpty();
    }

    /// The number stays registered at Meta: it exists without us.
    @Test
    void pausingAndRemovingChangeNothingAtMeta() {
        assertThat(done(world.gateway.pause(world.line()))).isTrue();
        assertThat(done(world.gateway.remove(world.line()))).isTrue();
        assertThat(world.meta.requests()).isEmpty();
    }

    @Test
    void lostMessagesAreFoundByWebhooksAlone() {
        assertThat(done(world.gateway.find(world.line(), world.text("Hello"), Optional.empty(), world.attempt())))
                .isEmpty();
        assertThat(done(world.gateway.history(world.line(), world.clock.instant())))
                .isEmpty();
    }

    @Test
    void aContactIsAddressedByDigitsAndAHiddenOneStaysHidden() {
        assertThat(world.gateway.chat(AMALS)).isEqualTo("971500000101");
        assertThat(done(world.gateway.phoneOf(world.line(), "971500000101"))).contains(AMALS);
        assertThat(done(world.gateway.phoneOf(world.line(), "AE.13491200000000000001")))
                .isEmpty();
    }

    @Test
    void filesHaveMetasLimits() {
        long mib = 1_024 * 1_024;
        assertThat(List.of(Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.DOCUMENT))
                .extracting(Kind::longestFile)
                .containsExactly(5 * mib, 16 * mib, 16 * mib, 100 * mib);
        assertThat(Kind.STICKER.longestFile()).isEqualTo(500 * 1_024);
    }

    @ParameterizedTest
    @CsvSource({
        "https://graph.example, https://graph.example/v26.0, v26.0",
        "https://graph.example/, https://graph.example/v26.0, v26.0",
        "https://graph.example/v25.0, https://graph.example/v25.0, v25.0",
        "https://proxy.example/meta/v26.0/, https://proxy.example/meta/v26.0, v26.0",
        "https://proxy.example/meta, https://proxy.example/meta/v26.0, v26.0",
        "https://v26.0.example, https://v26.0.example/v26.0, v26.0"
    })
    void anAddressMayNameAVersion(String url, String root, String version) {
        GatewayAccess access = world.access(url, CloudWorld.HOOK, "token", Optional.empty());

        assertThat(GraphCalls.root(access)).isEqualTo(root);
        assertThat(GraphCalls.version(access)).isEqualTo(version);
    }

    @Test
    void withoutAnAddressItIsMetasOwn() {
        var connection = world.access().connection();
        var bare = new Connection(
                connection.id(),
                connection.tenant(),
                connection.name(),
                connection.driver(),
                Optional.empty(),
                Optional.empty(),
                false,
                connection.facts(),
                connection.createdAt(),
                connection.updatedAt());

        assertThat(GraphCalls.root(
                        new GatewayAccess(bare, world.access().credentials(), URI.create("https://b.example"))))
                .isEqualTo("https://graph.facebook.com/v26.0");
    }
}
