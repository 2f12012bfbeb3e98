package dev.banyan.whatsapp.drivers.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.drivers.Payloads;
import dev.banyan.whatsapp.drivers.Payloads.Payload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CloudPayloadsTest {

    static Stream<Payload> payloads() {
        return Payloads.of("cloud");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void webhooksAreUnderstood(Payload payload) {
        assertThat(Payloads.lines(CloudWebhooks.read(payload.body(), Optional.of(FakeCloud.WABA), Instant.EPOCH)))
                .isEqualTo(payload.told());
    }
}
