package dev.banyan.themes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class ContrastTest {

    private static Appearance look(String document) {
        return AppearanceReader.over(Appearance.DEFAULT, AppearanceTest.json(document))
                .appearance();
    }

    private static List<String> fields(String document) {
        return Contrast.check(look(document), 2).stream()
                .map(Contrast.Unreadable::field)
                .toList();
    }

    @Test
    void whatIsReadableIsNotWarnedOf() {
        assertThat(fields("{}")).isEmpty();
        assertThat(fields("{'wallpaper':{'color':'#fafafa'}}")).isEmpty();
        assertThat(fields("{'theme':'lake','text':{'titleColor':'#ffffff'}}")).isEmpty();
    }

    @Test
    void theNearestColourThatPassesEverywhereIsOffered() {
        Contrast.Unreadable bad = Contrast.check(look("""
                {'wallpaper':{'type':'gradient','gradientStart':'#ffffff','gradientEnd':'#ffe08a'},
                 'text':{'titleColor':'#e0b000'}}"""), 2).getFirst();
        assertThat(bad.field()).isEqualTo("text.titleColor");
        HexColor better = bad.better().orElseThrow();
        assertThat(better.contrast(HexColor.WHITE)).isGreaterThanOrEqualTo(4.5);
        assertThat(better.contrast(HexColor.of("#ffe08a"))).isGreaterThanOrEqualTo(4.5);
        assertThat(HexColor.of("#e0b000").contrast(better))
                .as("no further than needed")
                .isLessThan(4.5);
    }

    @Test
    void buttonsAreLookedAtAsTheyAreDrawn() {
        assertThat(fields("{'buttons':{'backgroundColor':'#202020'}}")).containsExactly("buttons.textColor");
        assertThat(fields("{'buttons':{'backgroundColor':'#202020','type':'outline'}}"))
                .isEmpty();
        assertThat(fields("{'wallpaper':{'color':'#101010'},'buttons':{'type':'glass'}}"))
                .containsExactly("text.titleColor", "text.pageTextColor", "buttons.textColor");
    }

    @Test
    void whereNothingPassesNothingIsOffered() {
        assertThat(Contrast.check(look("""
                {'wallpaper':{'type':'gradient','gradientStart':'#000000','gradientEnd':'#ffffff'}}"""), 2))
                .isNotEmpty()
                .allMatch(bad -> bad.better().isEmpty());
    }

    @Test
    void faintTextCountsAsItIsSeen() {
        assertThat(fields("{'text':{'bioOpacity':0.2}}")).containsExactly("text.pageTextColor");
    }

    @Test
    void whatIsOwnIsMeasuredOnWhatTheThemeDraws() {
        assertThat(fields("{'text':{'titleFont':'playfair'}}")).isEmpty();
        assertThat(fields("{'theme':'lake','overrides':['text.titleFont']}")).isEmpty();
        assertThat(fields("{'theme':'lake','overrides':['text.titleColor'],'text':{'titleColor':'#203040'}}"))
                .containsExactly("text.titleColor");
        assertThat(fields("{'theme':'lake','overrides':['wallpaper']}"))
                .containsExactly("text.titleColor", "text.pageTextColor");
        assertThat(fields("{'theme':'lagoon','overrides':['buttons.backgroundColor'],"
                        + "'buttons':{'backgroundColor':'#202020'}}"))
                .containsExactly("buttons.textColor");
    }

    @Test
    void picturesAreForTheEye() {
        assertThat(Contrast.isUnknown(look("{'wallpaper':{'type':'image'}}"))).isTrue();
        assertThat(Contrast.isUnknown(look("{'theme':'air','wallpaper':{'type':'image'}}")))
                .isFalse();
    }
}
