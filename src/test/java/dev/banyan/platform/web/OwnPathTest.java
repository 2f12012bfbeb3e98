package dev.banyan.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPathTest {

    @Test
    void aPathOfThisServerStaysAsItIs() {
        assertThat(OwnPath.of("/admin/users?q=a%20b&order=name#list")).contains("/admin/users?q=a%20b&order=name#list");
    }

    /// Browsers send these unescaped; the redirect must be a valid address.
    @ParameterizedTest
    @CsvSource({
        "/admin/users?q=a|b, /admin/users?q=a%7Cb",
        "/admin/users?q=`{a}^, /admin/users?q=%60%7Ba%7D%5E",
        "/a<b>\"c, /a%3Cb%3E%22c",
    })
    void whatAnAddressCannotHoldIsEscaped(String sent, String written) {
        assertThat(OwnPath.of(sent)).contains(written);
        assertThat(OwnPath.of(sent).map(URI::create)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "//evil.example/",
                "https://evil.example/",
                "/\\evil.example",
                "/a b",
                "/a%",
                "/a%00",
                "/[",
                "/a#b#c",
            })
    void whatIsNoPathOfThisServerIsNone(String sent) {
        assertThat(OwnPath.of(sent)).isEmpty();
    }
}
