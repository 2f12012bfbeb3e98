package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WahaGatewayTest {

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private Set<Capability> capabilities() {
        return world.gateway.capabilities(world.access().connection());
    }

    @ParameterizedTest
    @CsvSource({
        "GOWS, 2026.9.2, true, true, true",
        "NOWEB, 2026.9.2, true, true, false",
        "WEBJS, 2026.9.2, true, false, false",
        "WPP, 2026.8, true, false, false",
        "GOWS, 2026.7.1, false, true, true",
        "GOWS, 2026.7.0, false, true, false",
        "GOWS, 2025.12.3, false, true, false"
    })
    void capabilitiesFollowFromEngineAndVersion(
            String engine, String version, boolean hasStickers, boolean hasLists, boolean hasPasskeys) {
        world.with(engine, version);

        assertThat(capabilities().contains(Capability.STICKER)).isEqualTo(hasStickers);
        assertThat(capabilities().contains(Capability.LIST)).isEqualTo(hasLists);
        assertThat(capabilities().contains(Capability.PASSKEY)).isEqualTo(hasPasskeys);
        assertThat(capabilities())
                .contains(Capability.TEXT, Capability.IMAGE, Capability.QR_CODE, Capability.PROXY)
                .doesNotContain(Capability.TEMPLATE, Capability.BUTTONS);
    }

    @Test
    void whatIsNotKnownCountsAsOld() {
        world.unchecked();

        assertThat(capabilities())
                .contains(Capability.TEXT, Capability.NUMBER_CHECK)
                .doesNotContain(Capability.STICKER, Capability.LIST, Capability.PASSKEY);
    }

    @Test
    void itHasNeitherTemplatesNorAGreeting() {
        assertThat(world.gateway.kind()).isEqualTo(DriverKind.WAHA);
        assertThat(trouble(world.gateway.templates(world.access())).kind()).isEqualTo(Trouble.Kind.UNSUPPORTED);
        assertThat(world.gateway.greeting(world.access(), Map.of("hub.mode", "subscribe")))
                .isEmpty();
    }

    @Test
    void filesHaveLimits() {
        assertThat(WahaSending.longestFile(MessageContent.Kind.IMAGE)).isEqualTo(16L * 1_024 * 1_024);
        assertThat(WahaSending.longestFile(MessageContent.Kind.DOCUMENT)).isEqualTo(32L * 1_024 * 1_024);
        assertThat(WahaSending.longestFile(MessageContent.Kind.TEXT)).isZero();
    }
}
