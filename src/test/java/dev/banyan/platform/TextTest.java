package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    private static final Text NAME = Text.line("displayName", "Display name", 10);
    private static final Text BIO = Text.optional("bio", "Bio", 10, true);

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "0123456789", "Ünï 麵包", "<b>&\"</b>", "'; DROP --", "🌿🌿🌿🌿🌿🌿🌿🌿🌿🌿", "👩‍🍳 chef"})
    void whatPeopleWriteIsGood(String typed) {
        assertThat(NAME.check(typed)).isEqualTo(new Text.Checked.Good(typed));
        assertThat(NAME.broken(typed)).isEmpty();
    }

    @Test
    void whiteSpaceAtTheEndsIsCutBeforeLengthsAreCompared() {
        assertThat(NAME.check(" \t\u00A0 0123456789\u3000\n")).isEqualTo(new Text.Checked.Good("0123456789"));
        assertThat(NAME.check("\u2800\u3164 0123456789\u202F\u2007")).isEqualTo(new Text.Checked.Good("0123456789"));
        assertThat(NAME.check("0123\u00A04567\u00A08 9")).isInstanceOf(Text.Checked.Bad.class);
    }

    @Test
    void aRequiredTextMustNotBeEmpty() {
        assertThat(NAME.broken("")).contains(new Invalid("displayName", "Display name is required"));
        assertThat(NAME.broken(" \n ")).contains(new Invalid("displayName", "Display name is required"));
        assertThat(BIO.broken("  ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200B",
                "\u200E\u200F",
                " \u2060\uFEFF ",
                "\u200D\u200C",
                "\u00AD",
                "\u034F",
                "\u3164",
                "\u115F\u1160\uFFA0",
                "\u180E",
                "\uFE0F",
                "\uDB40\uDC41",
                "\u17B4",
                "\u00A0\u2007",
                "\u2800",
                "\u202E"
            })
    void whatCannotBeSeenIsEmpty(String typed) {
        assertThat(NAME.broken(typed)).contains(new Invalid("displayName", "Display name is required"));
        assertThat(BIO.check(typed)).isEqualTo(new Text.Checked.Good(""));
        assertThat(Text.clean(typed)).isEmpty();
    }

    /// Keyboards of Hebrew and Arabic, and clipboards, leave them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200Fנועה",
                "\u200E נועה\u200E",
                "נועה\u061C",
                "\u2068נועה\u2069",
                "\u202Bנועה\u202C",
                "\uFEFFנועה\u200B\u200D"
            })
    void marksThatDoNothingAtAnEndAreCut(String typed) {
        assertThat(NAME.check(typed)).isEqualTo(new Text.Checked.Good("נועה"));
        assertThat(Text.clean(typed)).isEqualTo("נועה");
    }

    @ParameterizedTest
    @ValueSource(strings = {"❤️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👩‍🍳", "می‌رود", "a\u200Bb"})
    void whatBelongsToATextStays(String typed) {
        assertThat(NAME.check(typed)).isEqualTo(new Text.Checked.Good(typed));
    }

    @Test
    void aTextBelowItsShortestLengthIsBroken() {
        var text = new Text("code", "Code", 3, 10, false);

        assertThat(text.broken("ab")).contains(new Invalid("code", "Code must be at least 3 characters"));
    }

    @Test
    void lengthsAreCountedInCodePoints() {
        assertThat(NAME.broken("🌿".repeat(10))).isEmpty();
        assertThat(NAME.broken("🌿".repeat(11)))
                .contains(new Invalid("displayName", "Display name must be 10 characters or less (current: 11)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\u0007b",
                "a\u001Bb",
                "a\u007Fb",
                "a\u0085b",
                "a\u009Fb", // control characters
                "a\tb", // not a line break, but it breaks a line of a table
                "a\u202Eb",
                "a\u202Ab",
                "a\u2066b",
                "a\u2069b",
                "a\u200Eb",
                "a\u200Fb",
                "a\u061Cb", // direction
                "a\u2028b",
                "a\u2029b", // other line separators
                "a\uFEFFb",
                "a\uFFFEb",
                "a\uFFFFb",
                "a\uD83Fb", // not characters
                "a\uFFFDb" // the replacement for broken UTF-8
            })
    void whatBreaksAPageOrDeceivesAReaderIsBroken(String typed) {
        for (Text text : new Text[] {NAME, BIO}) {
            assertThat(text.broken(typed))
                    .map(Invalid::apiMessage)
                    .contains(text.label() + " must not contain control characters or characters that change the"
                            + " reading direction");
        }
    }

    @Test
    void lineBreaksAreGoodWhereTheyAreAllowed() {
        assertThat(BIO.broken("one\ntwo\r\n3")).isEmpty();
        assertThat(NAME.broken("one\ntwo")).isPresent();
        assertThat(NAME.broken("one\rtwo")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "'Amal \u202Eknab ruoY\u202C', 'Amal knab ruoY'",
        "'Your\u200B \u2066Bank\u2069', 'Your Bank'",
        "'photo\u202Egpj.exe', photogpj.exe",
        "'\u200FAmal\u00A0\u2028\n Rahimi\u0007', 'Amal Rahimi'",
        "'\u3164\u2060\u200E', ''",
        "'A\u00ADm\uFEFFal\uDB40\uDD01', Amal",
        "'\uD83D\uDC69\u200D\uD83D\uDCBB \u2764\uFE0F', '\uD83D\uDC69\u200D\uD83D\uDCBB \u2764\uFE0F'",
        "'\u0646\u0645\u06CC\u200C\u062E', '\u0646\u0645\u06CC\u200C\u062E'",
        "'abcdefghi jklm\u202E', 'abcdefghi'"
    })
    void aNameFromOutsideShowsAllThatItIs(String given, String name) {
        int longest = name.equals("abcdefghi") ? 10 : 40;
        assertThat(Text.name(given, longest)).isEqualTo(name);
    }
}
