package dev.banyan.platform.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkedTextTest {

    private static final String MARKS = "\" target=\"_blank\" rel=\"noopener noreferrer nofollow\" dir=\"ltr\">";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "See https://example.com/a?b=1.|'See '|https://example.com/a?b=1|.",
                "(https://example.com/wiki/Tree_(plant))|(|https://example.com/wiki/Tree_(plant)|)",
                "https://example.com, today||https://example.com|, today",
                "HTTP://EXAMPLE.COM/x|''|HTTP://EXAMPLE.COM/x|''",
            })
    void addressesCanBeFollowed(String text, String before, String address, String after) {
        assertThat(LinkedText.of(text).toString())
                .isEqualTo(Objects.requireNonNullElse(before, "") + "<a href=\"" + address + MARKS + address + "</a>"
                        + Objects.requireNonNullElse(after, ""));
    }

    @Test
    void aNameOfTheWebIsAnAddress() {
        assertThat(LinkedText.of("www.example.com!").toString())
                .isEqualTo("<a href=\"https://www.example.com" + MARKS + "www.example.com</a>!");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "maya@www.example.com",
                "https://",
                "ftp://example.com",
                "no address"
            })
    void everythingElseIsText(String text) {
        assertThat(LinkedText.of(text).toString()).isEqualTo(text);
    }

    @Test
    void nothingInItIsMarkup() {
        assertThat(LinkedText.of("<b>https://example.com/\"onmouseover=\"x&y'z</b>")
                        .toString())
                .startsWith("&lt;b&gt;<a href=\"https://example.com/\" target")
                .doesNotContain("<b>", "\"onmouseover=\"x");
    }
}
