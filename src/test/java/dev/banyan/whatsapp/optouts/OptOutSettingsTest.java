package dev.banyan.whatsapp.optouts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutSettingsTest {

    private static final OptOutSettings DEFAULT = OptOutSettings.DEFAULT;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop",
                "STOP",
                " Stop! ",
                "stop.",
                "*STOP*",
                "ＳＴＯＰ",
                "Stop…",
                "stop 🙏",
                "opt  out",
                "Unsubscribe",
                "arret",
                "Arrêt",
                "ARRÊT!!",
                "stopp",
                "BAJA",
                "إيقاف",
                "ايقاف",
                "إِيقَاف.",
                "\u200Fإيقاف\u200F",
                "Стоп",
                "退订"
            })
    void aWordOptsOut(String text) {
        assertThat(DEFAULT.isOut(text)).isTrue();
        assertThat(DEFAULT.isIn(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "!", "please stop", "stop it", "stopping", "non-stop", "don’t stop", "The bus stop", "st op"
            })
    void anythingElseDoesNot(String text) {
        assertThat(DEFAULT.isOut(text)).isFalse();
    }

    @Test
    void aLongTextIsNoWord() {
        assertThat(DEFAULT.isOut("stop" + " ".repeat(5_000))).isFalse();
    }

    @Test
    void wordsOptInAgain() {
        assertThat(DEFAULT.isIn("Start!")).isTrue();
        assertThat(DEFAULT.isIn("restart")).isFalse();
    }

    @Test
    void theDefaultsAreGood() {
        assertThat(DEFAULT.broken()).isEmpty();
    }

    @Test
    void badSettingsSayWhatIsWrong() {
        assertThat(fields(new OptOutSettings(List.of(), List.of(), "", "", 20))).containsExactly("outWords");
        assertThat(fields(new OptOutSettings(List.of("!"), List.of("x".repeat(61)), "", "", 20)))
                .containsExactly("outWords", "inWords");
        assertThat(fields(new OptOutSettings(List.of("Stop"), List.of("stop."), "", "", 20)))
                .containsExactly("inWords");
        assertThat(fields(new OptOutSettings(List.of("a\nb"), List.of(), "x".repeat(1_001), "\u0000", 20)))
                .containsExactly("outWords", "outAnswer", "inAnswer");
        assertThat(fields(new OptOutSettings(List.of("stop"), List.of(), "", "", -1)))
                .containsExactly("firstContactsPerDay");
        assertThat(fields(new OptOutSettings(List.of("stop"), List.of(), "", "", 10_001)))
                .containsExactly("firstContactsPerDay");
        assertThat(fields(new OptOutSettings(
                        java.util.stream.IntStream.range(0, 51)
                                .mapToObj(i -> "word" + i)
                                .toList(),
                        List.of(),
                        "",
                        "",
                        0)))
                .containsExactly("outWords");
    }

    private static List<String> fields(OptOutSettings settings) {
        return settings.broken().stream().map(Invalid::field).toList();
    }
}
