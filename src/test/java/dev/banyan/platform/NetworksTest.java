package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.x",
        "2001:db8:1:2::3, 2001:db8:1:x",
        "::1, ::1:x",
        "maya@example.com, maya@example.com",
        "203.0.113.7 a-link, 203.0.113.x a-link",
        "a-link 2001:db8:1:2::3, a-link 2001:db8:1:x",
    })
    void addressesLoseTheirLastPart(String words, String shown) {
        assertThat(Networks.shortenedIn(words)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:1:2::3, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:2:ffff:0:0:9, 2001:db8:1:2:0:0:0:0",
        "2001:DB8:1:3::3, 2001:db8:1:3:0:0:0:0",
        "::ffff:203.0.113.7, 203.0.113.7",
        "a-link 2001:db8:1:2::3, a-link 2001:db8:1:2:0:0:0:0",
        "zzzz-x a:b, zzzz-x a:b",
        "maya@example.com, maya@example.com",
    })
    void anIpv6NetworkIsCountedAsOne(String words, String counted) {
        assertThat(Networks.countedIn(words)).isEqualTo(counted);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24, 203.0.113.7, true",
        "203.0.113.0/24, 203.0.114.7, false",
        "203.0.113.8/29, 203.0.113.15, true",
        "203.0.113.8/29, 203.0.113.16, false",
        "203.0.113.7, 203.0.113.7, true",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "203.0.113.0/24, ::ffff:203.0.113.9, true",
        "203.0.113.0/24, nonsense, false",
    })
    void aNetworkHasTheAddressesThatBeginLikeIt(String network, String ip, boolean has) {
        assertThat(Networks.isNetwork(network)).isTrue();
        assertThat(Networks.contains(network, ip)).isEqualTo(has);
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.0/33", "203.0.113.0/-1", "203.0.113.0/", "example.com", "203.0.113", "2001:db8::/129", "/24"
    })
    void whatIsNoNetworkIsNone(String text) {
        assertThat(Networks.isNetwork(text)).isFalse();
        assertThat(Networks.contains(text, "203.0.113.7")).isFalse();
    }
}
