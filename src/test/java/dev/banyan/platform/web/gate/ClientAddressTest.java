package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.limits.TestLimits;
import org.junit.jupiter.api.Test;

/// The client address that is counted and stored, which clients can't forge.
class ClientAddressTest {

    private static final String VISITOR = "198.51.100.9";
    private static final String INVENTED = "203.0.113.66";

    private final ClientAddress behindTwo =
            new ClientAddress(TestLimits.settings("trusted-proxies", "192.0.2.1, 192.0.2.2"));
    private final ClientAddress open = new ClientAddress(TestLimits.settings());

    @Test
    void withoutATrustedProxyTheHeaderIsNothing() {
        assertThat(open.of(VISITOR, List.of(INVENTED))).isEqualTo(VISITOR);
        assertThat(behindTwo.of(VISITOR, List.of(INVENTED))).isEqualTo(VISITOR);
        assertThat(behindTwo.of(VISITOR, List.of())).isEqualTo(VISITOR);
    }

    @Test
    void aTrustedProxyTellsWhoCame() {
        assertThat(behindTwo.of("192.0.2.1", List.of(VISITOR))).isEqualTo(VISITOR);
        assertThat(behindTwo.of("192.0.2.1", List.of(VISITOR + ", 192.0.2.2"))).isEqualTo(VISITOR);
    }

    @Test
    void aNetworkOfProxiesTellsWhoCame() {
        var behindMany = new ClientAddress(TestLimits.settings("trusted-proxies", "10.42.0.0/16, fd00:5::/32"));
        assertThat(behindMany.of("10.42.7.1", List.of(INVENTED + ", " + VISITOR + ", 10.42.9.9, fd00:5::3")))
                .isEqualTo(VISITOR);
        assertThat(behindMany.of("10.43.0.1", List.of(INVENTED))).isEqualTo("10.43.0.1");
    }

    @Test
    void whatTheVisitorWroteBeforeCountsForNothing() {
        assertThat(behindTwo.of("192.0.2.1", List.of(INVENTED + ", " + VISITOR)))
                .as("a proxy that goes on with the line")
                .isEqualTo(VISITOR);
        assertThat(behindTwo.of("192.0.2.1", List.of(INVENTED, VISITOR)))
                .as("a proxy that adds a line")
                .isEqualTo(VISITOR);
        assertThat(behindTwo.of("192.0.2.1", List.of(INVENTED, VISITOR + ",192.0.2.2")))
                .as("both")
                .isEqualTo(VISITOR);
    }

    @Test
    void aProxyThatTellsNobodyIsTheVisitorItself() {
        for (List<String> nothing : List.of(List.<String>of(), List.of(""), List.of(INVENTED + ", "))) {
            assertThat(behindTwo.of("192.0.2.1", nothing)).as("%s", nothing).isEqualTo("192.0.2.1");
        }
        assertThat(behindTwo.of("192.0.2.1", List.of("9".repeat(200)))).hasSize(45);
    }
}
