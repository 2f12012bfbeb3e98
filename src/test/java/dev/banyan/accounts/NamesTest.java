package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0ab", "a--", "a_-", "Client-Brand_1", "abcdefghijklmnopqrstuvwxyz0123", " abc "})
    void goodUsernames(String typed) {
        assertThat(Names.brokenUsername(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "-abc",
                "_abc",
                "a.b",
                "a b c",
                "abcdefghijklmnopqrstuvwxyz01234",
                "müller",
                "аbc",
                "a/b/c",
                "abc\n\ndef",
                "abc\u0000",
                "a@b.c",
                "%61bc",
                "🌿🌿🌿"
            })
    void brokenUsernames(String typed) {
        assertThat(Names.brokenUsername(typed)).map(Invalid::apiMessage).contains("Invalid username format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.co",
                "first.last+tag@sub.example.com",
                "x_y-z@example.museum",
                "O'Brien@example.ie",
                "A@EXAMPLE.COM",
                "1@2.de",
                "maya@exämple.com",
                " maya@example.com ",
                "\u202amaya@example.com\u202c",
                "\u2068maya@example.com\u2069",
                "\ufeffmaya@example.com\u00a0"
            })
    void goodEmails(String typed) {
        assertThat(Names.brokenEmail(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "maya",
                "@example.com",
                "maya@",
                "maya@example",
                "maya@@example.com",
                "ma ya@example.com",
                "maya@exa mple.com",
                "maya@-example.com",
                "maya@example-.com",
                "maya@example..com",
                "maya@.example.com",
                "maya@example.com.",
                "maya@example.com\nBcc: all@example.com",
                "maya@example.com,other@example.com",
                "\"maya\"@example.com",
                "maya@[127.0.0.1]",
                "maya@exä mple.com",
                "jörg@example.com",
                "<maya@example.com>"
            })
    void brokenEmails(String typed) {
        assertThat(Names.brokenEmail(typed)).map(Invalid::apiMessage).contains("Email must look like name@example.com");
    }

    /// However it is typed: it is stored and compared in the form that mail servers know.
    @Test
    void theHostOfAnEmailMayBeInAnyScript() {
        assertThat(List.of("Maya@M\u00dcNCHEN.example", "maya@xn--mnchen-3ya.example", "maya@mu\u0308nchen.example"))
                .extracting(Names::lower)
                .containsOnly("maya@xn--mnchen-3ya.example");
        assertThat(Names.lower("J\u00f6rg")).isEqualTo("j\u00f6rg");
    }

    @Test
    void anEmailHasAnEnd() {
        String domain = ("x".repeat(60) + ".").repeat(3) + "example.com";

        assertThat(Names.brokenEmail("a".repeat(254 - domain.length() - 1) + "@" + domain))
                .isEmpty();
        assertThat(Names.brokenEmail("a".repeat(255 - domain.length() - 1) + "@" + domain))
                .map(Invalid::apiMessage)
                .contains("Email must be 254 characters or less (current: 255)");
    }

    @Test
    void aHostileEmailIsRefusedQuickly() {
        assertThat(Names.brokenEmail("a@" + "a-".repeat(120) + "!")).isPresent();
        assertThat(Names.brokenEmail("a@" + "a.".repeat(120) + "!")).isPresent();
    }

    @Test
    void namesAreKeptInLowerCaseWhateverTheLanguageOfTheServer() {
        assertThat(Names.lower(" MAYA@Example.COM ")).isEqualTo("maya@example.com");
        assertThat(Names.lower("TITLE")).isEqualTo("title");
    }
}
