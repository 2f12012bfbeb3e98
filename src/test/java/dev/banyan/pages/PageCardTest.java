package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        byte[] png = new PageCard(title, "links.example/name", "HC", 1).png();
        assertThat(png.length).isLessThan(120_000);
        BufferedImage drawn = read(png);
        BufferedImage empty = read(new PageCard("", "", "", 1).png());
        assertThat(IntStream.range(100, PageCard.WIDTH - 100)
                        .filter(x -> IntStream.range(360, 470).anyMatch(y -> drawn.getRGB(x, y) != empty.getRGB(x, y)))
                        .count())
                .as("columns with letters in them")
                .isPositive();
    }

    @Test
    void everySkyHasItsColours() throws IOException {
        for (int tone = 1; tone <= 6; tone++) {
            assertThat(PageLook.sky(tone)).containsKeys("sky", "glow", "sun", "far", "mid", "g", "pic", "ink", "soft");
            read(new PageCard("Name", "links.example/name", "N", tone).png());
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
