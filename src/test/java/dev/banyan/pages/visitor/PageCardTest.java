package dev.banyan.pages.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.banyan.accounts.Tier;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceReader;
import dev.banyan.themes.CardStyle;
import dev.banyan.themes.Theme;
import java.awt.Color;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageCardTest {

    private static BufferedImage read(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(PageCard.WIDTH);
        assertThat(image.getHeight()).isEqualTo(PageCard.HEIGHT);
        return image;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Harbour Coffee",
                "مقهى الميناء",
                "\uD83D\uDE80",
                "港の珈琲",
                "A name that goes on and on until it has no room on two lines of the picture, whatever its letters are",
                "Averyverylongnamewithoutanyspaceinitthatgoesonandonandonandonandonandonandonandonandonandon"
            })
    void everyNameCanBeDrawn(String title) throws IOException {
        byte[] png = card(title, Theme.CUSTOM).png(Optional.empty());
        assertThat(png.length).isLessThan(120_000);
        BufferedImage drawn = read(png);
        BufferedImage empty = read(card("", Theme.CUSTOM).png(Optional.empty()));
        assertThat(IntStream.range(100, PageCard.WIDTH - 100)
                        .filter(x -> IntStream.range(360, 470).anyMatch(y -> drawn.getRGB(x, y) != empty.getRGB(x, y)))
                        .count())
                .as("columns with letters in them")
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Harbour Coffee and everything else that is good on a morning",
                "مطعم ومقهى الميناء القديم للمأكولات البحرية والمشروبات الساخنة",
                "هَٰذَا مُقَدَّمٌ مِنْ مَقْهَى الْمِينَاءِ ٱلْقَدِيمِ لِلْمَأْكُولَاتِ الْبَحْرِيَّةِ",
                "पुराने बंदरगाह का समुद्री भोजन और गरम पेय कैफ़े हिन्दी में",
                "Z\u0351\u0351\u0351\u0351\u0351\u0351\u0351\u0351\u0323\u0323\u0323\u0323\u0323\u0323\u0323 deep"
            })
    void aNameKeepsAwayFromTheAddressWhateverItsLetters(String title) throws IOException {
        assertThat(rowsWithInk(title, 546, 556)).as("between name and address").isZero();
        assertThat(rowsWithInk(title, 556, 600)).as("address").isPositive();
        assertThat(rowsWithInk(title, 330, 338)).as("below the picture").isEqualTo(rowsWithInk("Tea", 330, 338));
    }

    @Test
    void aNameInAScriptThatNoFontHasIsReplacedByTheAddressOnce() throws IOException {
        String thai = "ร้านกาแฟท่าเรือ";
        assertThat(rowsWithInk(thai, 360, 470)).as("the address as a name").isPositive();
        assertThat(rowsWithInk(thai, 556, 600)).as("the address a second time").isZero();
    }

    /// People paste letters that look like a font.
    @ParameterizedTest
    @CsvSource({"𝓑𝓻𝓪𝓷𝓭 𝟙,Brand 1", "ᴮʳᵃⁿᵈ,Brand", "Ⓑⓡⓐⓝⓓ,Brand"})
    void lettersOfAnotherShapeAreDrawnPlain(String typed, String plain) throws IOException {
        assertThat(card(typed, Theme.CUSTOM).png(Optional.empty()))
                .isEqualTo(card(plain, Theme.CUSTOM).png(Optional.empty()));
    }

    private static long rowsWithInk(String title, int from, int to) throws IOException {
        BufferedImage drawn = read(card(title, Theme.CUSTOM).png(Optional.empty()));
        BufferedImage empty = read(card("", Theme.CUSTOM).png(Optional.empty()));
        return IntStream.range(from, to)
                .filter(y -> IntStream.range(0, PageCard.WIDTH).anyMatch(x -> drawn.getRGB(x, y) != empty.getRGB(x, y)))
                .count();
    }

    private static PageCard card(String title, Theme theme) {
        var chosen = JsonNodeFactory.instance.objectNode().put("theme", theme.key());
        Appearance look = AppearanceReader.over(Appearance.DEFAULT, chosen).appearance();
        return new PageCard(title, "links.example/name", "HC", 1, CardStyle.of(look, Tier.PREMIUM), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CUSTOM", "LAGOON"}) // which are drawn as a sky
    void aThemesCardHasItsColours(Theme theme) throws IOException {
        PageCard card = card("Harbour Coffee", theme);
        CardStyle look = card.look().orElseThrow();
        BufferedImage drawn = read(card.png(Optional.empty()));
        assertThat(drawn.getRGB(2, 2) & 0xFFFFFF).isEqualTo(look.top().rgb());
        assertThat(drawn.getRGB(2, PageCard.HEIGHT - 1) & 0xFFFFFF)
                .isEqualTo(look.bottom().rgb());
        assertThat(look.top().contrast(look.title())).isGreaterThanOrEqualTo(4.5);
        assertThat(look.top().contrast(look.soft())).isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void ownColoursThatCannotBeReadBecomeBlackOrWhite() {
        var chosen = JsonNodeFactory.instance.objectNode();
        chosen.putObject("wallpaper")
                .put("type", "gradient")
                .put("gradientStart", "#ffffff")
                .put("gradientEnd", "#ffffee");
        chosen.putObject("text").put("titleColor", "#fffff0");
        CardStyle look = CardStyle.of(
                        AppearanceReader.over(Appearance.DEFAULT, chosen).appearance(), Tier.PREMIUM)
                .orElseThrow();
        assertThat(look.title()).hasToString("#000000");
        assertThat(look.bottom()).hasToString("#ffffee");
    }

    @Test
    void thePictureOfThePageStandsForItsInitials() throws IOException {
        var face = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        var pen = face.createGraphics();
        pen.setColor(Color.MAGENTA);
        pen.fillRect(0, 0, 40, 20);
        pen.dispose();
        BufferedImage drawn = read(card("Harbour Coffee", Theme.LAKE).png(Optional.of(face)));
        assertThat(drawn.getRGB(PageCard.WIDTH / 2, 236)).isEqualTo(Color.MAGENTA.getRGB());
    }

    @Test
    void everySkyHasItsColours() throws IOException {
        for (int tone = 1; tone <= 6; tone++) {
            assertThat(PageStyles.sky(tone))
                    .containsKeys("sky", "glow", "sun", "far", "mid", "g", "pic", "ink", "soft");
            read(new PageCard("Name", "links.example/name", "N", tone, Optional.empty(), Optional.empty())
                    .png(Optional.empty()));
        }
    }

    @Test
    void thePreparedOneIsAPictureOfTheSameSize() throws IOException {
        try (var file = PageCard.class.getResourceAsStream("public-card.png")) {
            assertThat(file).isNotNull();
            read(file.readAllBytes());
        }
    }
}
