package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdnaTest {

    @ParameterizedTest
    @CsvSource({
        "faß.de, xn--fa-hia.de",
        "FASS.de, fass.de",
        "βόλος.com, xn--nxasmm1c.com",
        "ΒΌΛΟΣ.com, xn--nxasmq6b.com",
        "💪.to, xn--ms8h.to",
        "XN--MN8H3K.to, xn--mn8h3k.to",
        "bücher.example, xn--bcher-kva.example",
        "ｅｘａｍｐｌｅ。com, example.com",
        "r3---sn-x.example, r3---sn-x.example",
        "a_b.example, a_b.example"
    })
    void isReadAsBrowsersReadIt(String typed, String ascii) {
        assertThat(Idna.ascii(typed)).contains(ascii);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xn--a.example",
                "xn--zzzzzzzzz.example",
                "a\u00ADאb.example",
                "\u0301a.example",
                "a\u2028.example"
            })
    void whatBrowsersRefuseIsRefused(String typed) {
        assertThat(Idna.ascii(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"xn--fa-hia.de, faß.de", "example.com, example.com", "xn--ms8h.to, 💪.to"})
    void isShownInItsOwnLetters(String ascii, String shown) {
        assertThat(Idna.shown(ascii)).isEqualTo(shown);
    }
}
