package dev.banyan.whatsapp.drivers.waha;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.drivers.Payloads;
import dev.banyan.whatsapp.drivers.Payloads.Payload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WahaPayloadsTest {

    private static final Clock THEN = Clock.fixed(Instant.ofEpochSecond(1_784_105_003), ZoneOffset.UTC);

    static Stream<Payload> payloads() {
        return Payloads.of("waha");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void webhooksAreUnderstood(Payload payload) {
        assertThat(Payloads.lines(new WahaWebhooks(THEN).read(payload.body()))).isEqualTo(payload.told());
    }
}
