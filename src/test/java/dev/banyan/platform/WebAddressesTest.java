package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://example.com",
                "HTTPS://EXAMPLE.COM/PATH",
                " https://example.com ",
                "https://example.com:8443/a?b=c&d=%20#e",
                "https://a.b.c.example.museum/",
                "https://xn--bcher-kva.example",
                "https://bücher.example/straße?größe=1",
                "https://faß.de/",
                "https://💪.to/",
                "https://xn--mn8h3k.to",
                "https://example.com?no=path",
                "https://example.com#part",
                "https://shop.xn--p1ai/",
                "https://example.com/\"><script>alert(1)</script>",
                "https://example.com/@somebody",
                "https://example.com/a b",
                "https://example.com/a\u00A0b?c d",
                "https://exa_mple.com/",
                "https://_my_shop.example.com/",
                "\u200Bhttps://example.com/\u200B",
                "\uFEFFhttps://example.com\u200E",
                "https://example.com:65535/",
                "https://example.com:080/x",
                "https://example.com:/",
                "https://example.com./x"
            })
    void goodAddresses(String url) {
        assertThat(WebAddresses.broken(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt://example.com/%0Aalert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:msgbox",
                "file:///etc/passwd",
                "ftp://example.com",
                "mailto:maya@example.com",
                "tel:+4912345",
                "//example.com",
                "example.com",
                "https:example.com",
                "https:/example.com",
                "https:///example.com",
                "https://",
                "https:\\\\example.com"
            })
    void brokenAddresses(String url) {
        assertThat(WebAddresses.broken(url))
                .map(Invalid::apiMessage)
                .contains("URL must begin with http:// or https:// and name a host such as example.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://user@example.com                  | a user name or password
            https://example.com@evil.example          | a user name or password
            https://example.com:secret@evil.example/  | a user name or password
            https://example.com\\@evil.example        | \\
            https:\\\\example.com                     | must begin with http
            https://exa mple.com                      | a space in its host
            https://exam%70le.com/                    | “%” in its host
            https://example.com,evil.example/         | “,” in its host
            https://example.com:99999/                | a port from 1 to 65535
            https://example.com:123456/               | a port from 1 to 65535
            https://example.com:0                     | a port from 1 to 65535
            https://localhost                         | a name such as example.com, not to localhost
            http://localhost:8080/                    | not to localhost
            https://example                           | not to example
            http://192.168.1.10/menu                  | not to 192.168.1.10
            https://127.0.0.1/                        | not to 127.0.0.1
            https://[::1]:8443/                       | not to [::1]
            https://2130706433/                       | not to 2130706433
            https://0x7f.1/                           | not to 0x7f.1
            https://.example.com                      | not to .example.com
            https://example..com                      | not to example..com
            https://-example.com                      | not to -example.com
            https://example-.com                      | not to example-.com
            https://example.c                         | not to example.c
            https://example.123                       | not to example.123
            https://example.com:port/                 | not to example.com:port
            """)
    void whatIsWrongIsSaid(String url, String what) {
        assertThat(WebAddresses.broken(url))
                .map(Invalid::apiMessage)
                .hasValueSatisfying(message -> assertThat(message).contains(what));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/a b?c d#e f, https://example.com/a%20b?c%20d#e%20f",
        "<https://example.com/a>, https://example.com/a",
        "<URL:https://example.com/a>, https://example.com/a",
        "“https://example.com/a”, https://example.com/a",
        "\"https://example.com/a\", https://example.com/a",
        "https://example.com/a\u00A0b, https://example.com/a%C2%A0b",
        "\u200B https://exa\u200Bmple.com/\u00ADx\uFEFF\u200F , https://example.com/x",
        "https://example.com/👨\u200D👩, https://example.com/👨\u200D👩",
        "https://example.com/%20?a=%3D+b, https://example.com/%20?a=%3D+b"
    })
    void anAddressIsStoredAsItLeads(String typed, String stored) {
        assertThat(WebAddresses.clean(typed)).isEqualTo(stored);
    }

    /// An attempt to keep the server busy.
    @Test
    void endlessBlanksAreCutShort() {
        assertThat(WebAddresses.broken("https://example.com/" + " ".repeat(1_000_000) + "x"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/\r\nSet-Cookie: a=b",
                "https://example.com/\u0000",
                "https://example.com/\u202Egpj.exe",
                "https://example.com/\t"
            })
    void charactersThatBreakAHeaderOrDeceiveAReader(String url) {
        assertThat(WebAddresses.broken(url + "x")).isPresent();
    }

    @Test
    void anAddressHasAnEnd() {
        String start = "https://example.com/";

        assertThat(WebAddresses.broken(start + "x".repeat(2_048 - start.length())))
                .isEmpty();
        assertThat(WebAddresses.broken(start + "x".repeat(2_049 - start.length())))
                .map(Invalid::apiMessage)
                .contains("URL must be 2048 characters or less (current: 2049)");
        assertThat(WebAddresses.broken("")).map(Invalid::apiMessage).contains("URL is required");
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.com/path, example.com",
        "HTTPS://Shop.Example.COM:8443, shop.example.com",
        "https://shop.example.com.:/x, shop.example.com",
        "https://bücher.example, xn--bcher-kva.example",
        "https://ｅｘａｍｐｌｅ.com, example.com"
    })
    void visitorsAreShownTheHost(String url, String host) {
        assertThat(WebAddresses.shownHost(url)).isEqualTo(host);
    }

    @Test
    void whereItLedBeforeIsKnown() {
        assertThat(WebAddresses.formerHost("https://faß.de:8443/x")).contains("fass.de");
        assertThat(WebAddresses.formerHost("https://fass.de/ß")).isEmpty();
        assertThat(WebAddresses.formerHost("https://bücher.example/")).isEmpty();
        assertThat(WebAddresses.formerHost("https://💪.to/")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/a?b=c#d, https://example.com/a?b=c#d",
        "https://example.com/%C3%BC, https://example.com/%C3%BC",
        "https://example.com/straße?größe=🌿, https://example.com/stra%C3%9Fe?gr%C3%B6%C3%9Fe=%F0%9F%8C%BF",
        "https://bücher.example:8443/ü, https://xn--bcher-kva.example:8443/%C3%BC",
        "https://faß.de/ß, https://xn--fa-hia.de/%C3%9F",
        "https://FASS.de/, https://fass.de/",
        "https://💪.to:8443, https://xn--ms8h.to:8443"
    })
    void aHeaderCarriesOnlyVisibleAscii(String url, String header) {
        assertThat(WebAddresses.forHeader(url)).isEqualTo(header).isPrintable();
    }
}
