package dev.banyan.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AddressRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicAddressesTest {

    private static final PublicAddresses ADDRESSES = new PublicAddresses(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressesThatAreNotPublicAreNotCalled(String literal) {
        assertThat(ADDRESSES.mayBeCalled(InetAddress.ofLiteral(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::101:101",
                "::ffff:1.1.1.1"
            })
    void publicOnesAre(String literal) {
        assertThat(ADDRESSES.mayBeCalled(InetAddress.ofLiteral(literal))).isTrue();
    }

    @Test
    void theOperatorMayAllowSome() {
        var allowing = new PublicAddresses(List.of(range("10.1.0.0/16"), range("::1"), range("192.168.1.20")));

        assertThat(allowing.mayBeCalled(InetAddress.ofLiteral("10.1.255.3"))).isTrue();
        assertThat(allowing.mayBeCalled(InetAddress.ofLiteral("::1"))).isTrue();
        assertThat(allowing.mayBeCalled(InetAddress.ofLiteral("192.168.1.20"))).isTrue();
        assertThat(allowing.mayBeCalled(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(allowing.mayBeCalled(InetAddress.ofLiteral("192.168.1.21"))).isFalse();
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/x", "1.2.3", "::1/129"})
    void otherTextsAreNoRanges(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }
}
