package dev.banyan.pages.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Digests;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.CardStyle;
import java.awt.Font;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Cards look the same on every machine.
class CardFontsTest {

    private static final List<String> NAMES = List.of(
            "Harbour Coffee",
            "Łódź & Čeština Ñandú",
            "Việt Nam",
            "Ελληνικά",
            "Кириллица Ўзбек",
            "مقهى الميناء",
            "בית קפה",
            "हिन्दी कैफ़े",
            "港の珈琲",
            "简体中文 繁體中文",
            "한국어 카페",
            "🚀",
            "👩‍🚀 ❤️ 🇦🇪 Café");

    /// Draws cards as another process on another machine would: one digest per name.
    static final class Drawn {

        private Drawn() {}

        public static void main(String... arguments) throws IOException {
            for (String name : NAMES) {
                System.out.println("card " + HexFormat.of().formatHex(Digests.sha256(draw(name))));
            }
        }
    }

    @Test
    void aCardIsTheSameToTheBitWhateverFontsAndSettingsTheMachineHas(@TempDir Path folder) throws Exception {
        List<String> here = new ArrayList<>();
        for (String name : NAMES) {
            here.add("card " + HexFormat.of().formatHex(Digests.sha256(draw(name))));
        }
        Path nothing = Files.writeString(folder.resolve("none.conf"), "<fontconfig></fontconfig>");
        Path serif = Files.writeString(
                folder.resolve("serif.conf"),
                "<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><alias><family>sans-serif</family><prefer>"
                        + "<family>DejaVu Serif</family></prefer></alias></fontconfig>");

        assertThat(drawnElsewhere(nothing)).as("without any font").isEqualTo(here);
        assertThat(drawnElsewhere(serif, "-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Pacific/Chatham"))
                .as("with other fonts and another language")
                .isEqualTo(here);
    }

    private static List<String> drawnElsewhere(Path fontconfig, String... options) throws Exception {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.add("-Duser.home=" + fontconfig.getParent()); // Java caches the machine's fonts there
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Drawn.class.getName()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("FONTCONFIG_FILE", fontconfig.toString());
        Process process = builder.start();
        List<String> lines = process.inputReader()
                .lines()
                .filter(line -> line.startsWith("card "))
                .toList();
        assertThat(process.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    @Test
    void everyFaceIsOneThatComesWithBanyan() {
        // Java treats two fonts of the same name as one.
        assertThat(CardFonts.bold())
                .extracting(Font::getFontName)
                .allMatch(name -> name.startsWith("Noto "))
                .doesNotHaveDuplicates();
        for (String name : NAMES) {
            CardText text = CardText.of(name, CardFonts.bold()).orElseThrow();
            assertThat(text.text())
                    .as("nothing is left out")
                    .isEqualTo(Normalizer.normalize(name, Normalizer.Form.NFC));
            assertThat(text.runs())
                    .extracting(CardText.Run::font)
                    .allMatch(font -> CardFonts.bold().contains(font));
        }
    }

    @ParameterizedTest
    @CsvSource({"Café, 1", "Café مقهى, 2", "🚀 Café 🚀, 3", "e\u0301, 1", "港の珈琲, 1", "한국어 카페, 3"})
    void signsThatBelongTogetherAreWrittenWithOneFace(String name, int runs) {
        assertThat(CardText.of(name, CardFonts.bold()).orElseThrow().runs()).hasSize(runs);
    }

    /// Part of a name is a different name; a missing emoji is just left out.
    @Test
    void aNameWithALetterThatNoFaceHasIsNotWrittenAtAll() {
        assertThat(CardText.of("Café \uD808\uDC00", CardFonts.bold())).isEmpty();
        assertThat(CardText.of("Café \uDBFF\uDFFD", CardFonts.bold())
                        .orElseThrow()
                        .text())
                .isEqualTo("Café ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u0301", "\u200D"})
    void whereNothingCanBeSeenNothingIsWritten(String name) {
        assertThat(CardText.of(name, CardFonts.bold())).isEmpty();
    }

    private static byte[] draw(String name) throws IOException {
        return new PageCard(
                        name,
                        "links.example/name",
                        name.substring(0, name.offsetByCodePoints(0, 1)),
                        1,
                        CardStyle.of(Appearance.DEFAULT, Tier.PREMIUM),
                        Optional.empty())
                .png(Optional.empty());
    }
}
