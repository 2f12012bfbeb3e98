package dev.banyan.whatsapp.drivers.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.drivers.Payloads;
import dev.banyan.whatsapp.drivers.Payloads.Payload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvolutionPayloadsTest {

    static Stream<Payload> payloads() {
        return Payloads.of("evolution");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void webhooksAreUnderstood(Payload payload) {
        assertThat(Payloads.lines(EvolutionWebhooks.read(payload.body(), EvolutionVersion.parse("2.3.7"))))
                .isEqualTo(payload.told());
    }
}
