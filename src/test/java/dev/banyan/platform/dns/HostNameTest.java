package dev.banyan.platform.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

    @ParameterizedTest
    @CsvSource({
        "links.example.com, links.example.com",
        "  Links.Example.COM , links.example.com",
        "links.example.com., links.example.com",
        "https://links.example.com/, links.example.com",
        "münchen.example, xn--mnchen-3ya.example",
        "XN--MNCHEN-3YA.example, xn--mnchen-3ya.example",
        "例え.テスト, xn--r8jz45g.xn--zckzah",
        "faß.de, xn--fa-hia.de",
        "HTTPS://Faß.De./, xn--fa-hia.de",
        "💪.to, xn--ms8h.to",
        "a-b.c1.example, a-b.c1.example"
    })
    void isWrittenInOneWay(String typed, String host) {
        assertThat(HostName.parse(typed).orElseThrow().value()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example",
                "127.0.0.1",
                "[::1]",
                "links.example.com:8080",
                "links.example.com/about",
                "https://links.example.com/about",
                "ftp://links.example.com",
                "user@links.example.com",
                "*.example.com",
                "links..example.com",
                ".example.com",
                "links.example.com..",
                "-links.example.com",
                "links_.example.com",
                "two words.example",
                "links.example.123",
                "links.example.com?x=1"
            })
    void isRefused(String typed) {
        assertThat(HostName.parse(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00A0links.example.com",
                "links.example.com\u00A0",
                "links.example.com\u200E",
                "\uFEFFlinks.example.com"
            })
    void whatIsCopiedAlongAndNotSeenIsLeftOut(String typed) {
        assertThat(HostName.parse(typed).orElseThrow().value()).isEqualTo("links.example.com");
    }

    @Test
    void threeHundredLabelsAreTooMany() {
        assertThat(HostName.parse("a.".repeat(299) + "example")).isEmpty();
        assertThat(HostName.parse("a".repeat(64) + ".example")).isEmpty();
        assertThat(HostName.parse("a.".repeat(100_000))).isEmpty();
    }

    @Test
    void isShownInItsOwnLetters() {
        assertThat(HostName.parse("xn--mnchen-3ya.example").orElseThrow().shown())
                .isEqualTo("münchen.example");
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, registered",
        "links.example.com, below",
        "example.co.uk, registered",
        "links.example.co.uk, below",
        "co.uk, suffix",
        "com.br, suffix",
        "公司.cn, suffix",
        "例.公司.cn, registered",
        "something.ck, suffix",
        "www.ck, registered",
        "links.www.ck, below",
        "github.io, suffix",
        "maya.github.io, below",
        "brand.example, registered",
        "links.brand.example, below"
    })
    void theListKnowsWhereNamesAreRegistered(String host, String place) {
        HostName name = HostName.parse(host).orElseThrow();
        assertThat(name.isPublicSuffix()).isEqualTo(place.equals("suffix"));
        assertThat(name.isApex()).isEqualTo(place.equals("registered") || host.equals("github.io"));
    }
}
