package dev.banyan.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com",
        "' HTTPS://Example.COM:8443/Hook?a=b ', https://example.com:8443/Hook?a=b",
        "https://bücher.example/ü, https://xn--bcher-kva.example/ü",
        "'\u200Bhttps://example.com/hook\u200B', https://example.com/hook",
        "http://localhost:3000, http://localhost:3000",
        "http://waha:3000/, http://waha:3000/",
        "http://[FD00::1]:80/x, http://[FD00::1]:80/x",
        "http://10.0.0.1/, http://10.0.0.1/",
        "https://example.com./x, https://example.com./x",
        "http://example.com:65535, http://example.com:65535",
        "http://example.com:/, http://example.com/",
    })
    void isReadAsTyped(String typed, String read) {
        assertThat(OutboundAddress.uri(typed)).contains(URI.create(read));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://example.com | begins with https:// or http://",
                "example.com | begins with https:// or http://",
                "https://user:secret@example.com | without a username",
                "https://exam ple.com | without spaces",
                "https://example.com:0 | port from 1 to 65535",
                "https://example.com:70000 | port from 1 to 65535",
                "https://example.com:port/x | port from 1 to 65535",
                "https://example.com:99999999999999 | port from 1 to 65535",
                "https:///path | name of a host",
                "http://2130706433 | name of a host",
                "http://0x7f.1 | name of a host",
                "http://256.1.1.1 | name of a host",
                "http://[::1 | name of a host",
                "http://[fe80::1%25eth0] | name of a host",
                "http://a..b | name of a host",
                "http://my_app:3000/hook | without an underscore",
                "http://-a.example | name of a host",
                "https://example.com/% | special characters",
            })
    void isToldWhatIsWrong(String typed, String why) {
        assertThat(OutboundAddress.read(typed))
                .isInstanceOfSatisfying(
                        OutboundAddress.Read.Bad.class,
                        bad -> assertThat(bad.why()).contains(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp.example.com", "localhost", "10.0.0.1", "fd00::1", "[fd00::1]", "bücher.example"})
    void hostsAreNamesAndAddresses(String host) {
        assertThat(OutboundAddress.host(host)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:25", "http://a", "a/b", "1.2.3", "[a]", "a@b", ":", "[", "]", "[]"})
    void othersAreNot(String host) {
        assertThat(OutboundAddress.host(host)).isEmpty();
    }

    /// Whatever is typed, and whatever of it was accepted: the client never throws.
    @Property(tries = 300)
    void whatIsReadCanBeCalled(@ForAll @From("addresses") String typed) {
        Optional<URI> read = OutboundAddress.uri(typed);
        read.ifPresent(uri -> {
            assertThat(uri.getHost()).isNotNull();
            assertThat(OutboundAddress.uri(uri.toString())).contains(uri);
            assertThat(LocalHttp.none().send(call(uri, Duration.ofMillis(500)), _ -> {}))
                    .isNotNull();
            LocalHttp.none().refused("url", uri.getHost());
        });
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> host = Arbitraries.oneOf(
                Arbitraries.of(
                        "127.0.0.1", "[::1]", "localhost", "10.1", "0x7f000001", "a_b", "ü", "a.", ".", "[::]", "%41"),
                Arbitraries.strings().withCharRange('!', '~').ofMaxLength(12),
                Arbitraries.strings().alpha().ofMinLength(60).ofMaxLength(300));
        Arbitrary<String> port = Arbitraries.of("", ":", ":0", ":1", ":65535", ":65536", ":-1", ":4294967297", ":x");
        Arbitrary<String> rest = Arbitraries.of("", "/", "/%", "?a=b#c", "/ü", "\\x", "/{x}", "/a b");
        return net.jqwik.api.Combinators.combine(Arbitraries.of("http://", "HTTPS://", "http:", ""), host, port, rest)
                .as((scheme, name, number, end) -> scheme + name + number + end);
    }

    /// Addresses that were stored before they were read here.
    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:70000/", "http://127.0.0.1:0/", "http:/x", "mailto:x", "http://a_b:1/", "x"})
    void anImpossibleAddressIsAnOutcome(String stored) {
        assertThat(LocalHttp.client().send(call(URI.create(stored), Eventually.LONGEST), _ -> {}))
                .isInstanceOf(HttpOutcome.Unreachable.class);
    }

    @Test
    void whatIsNotCalledIsRefusedWhenItIsEntered() {
        assertThat(LocalHttp.client().refused("url", "10.0.0.1"))
                .hasValueSatisfying(invalid -> assertThat(invalid.apiMessage()).contains("BANYAN_OUTBOUND_ALLOW"));
        assertThat(LocalHttp.client().refused("url", "[fd00::1]")).isPresent();
        assertThat(LocalHttp.client().refused("url", "127.0.0.1")).isEmpty();
        assertThat(LocalHttp.none().refused("url", "localhost")).isPresent();
        assertThat(LocalHttp.none().refused("url", "unknown.invalid")).isEmpty();
        assertThat(LocalHttp.none()
                        .refusedAmong(java.util.List.of("10.0.0.1", "localhost", "8.8.8.8", "unknown.invalid")))
                .containsExactlyInAnyOrder("10.0.0.1", "localhost");
        assertThat(LocalHttp.none().isRefusedAddress("[::1]")).isTrue();
        assertThat(LocalHttp.none().isRefusedAddress("localhost")).isFalse();
    }

    private static HttpCall call(URI uri, Duration limit) {
        return new HttpCall(
                "GET", uri, Map.of(), Optional.empty(), new HttpCall.Limits(limit, limit, limit, 1_000, 1_000));
    }
}
