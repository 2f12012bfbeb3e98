package dev.banyan.themes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Invalid;
import dev.banyan.themes.Appearance.WallpaperType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppearanceTest {

    private static final String OURS = "https://links.example";

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Input that might break out of a stylesheet, a tag or an attribute.
    private static final List<String> PAYLOADS = List.of(
            "#fff;}body{display:none",
            "#ffffff</style><script>alert(1)</script>",
            "red",
            "url(javascript:alert(1))",
            "expression(alert(1))",
            "#12345g",
            "#ffffff ",
            "\\23 ffffff",
            "javascript:alert(1)",
            "https://a.example/\"onload=\"x",
            "https://a.example/x'y",
            "https://a.example/);}*{display:none",
            "http://a.example/<script>",
            "data:text/html,<script>alert(1)</script>",
            "//a.example/x.png");

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException failure) {
            throw new AssertionError(failure);
        }
    }

    private static AppearanceReader.Reading read(String text) {
        return AppearanceReader.over(Appearance.DEFAULT, json(text));
    }

    @Test
    void theDefaultsAreThoseOfTheContract() {
        assertThat(AppearanceDocument.tree(Appearance.DEFAULT)).isEqualTo(json("""
                {'theme':'custom','customTheme':true,
                 'header':{'profileImageLayout':'classic','titleStyle':'text','logoUrl':null,'displayName':null,
                   'bio':null},
                 'profileImageUrl':null,
                 'wallpaper':{'type':'fill','color':'#ffffff','gradientStart':null,'gradientEnd':null,
                   'gradientDirection':180,'patternType':null,'patternColor':null,'imageUrl':null,'videoUrl':null,
                   'blur':0,'opacity':1.0},
                 'buttons':{'type':'solid','cornerRadius':'rounded','shadow':'none','backgroundColor':'#e4e5e6',
                   'textColor':'#010101','borderColor':null,'hoverEffect':'none'},
                 'text':{'titleFont':'inter','bodyFont':'inter','titleColor':'#010101','pageTextColor':'#010101',
                   'titleSize':'small','usernameOpacity':0.9,'bioOpacity':0.8},
                 'hideFooter':false,'buttonStyle':'rounded','fontFamily':'inter','layoutStyle':'centered',
                 'colors':{'primary':'#000000','secondary':'#666666','background':'#ffffff',
                   'buttonBackground':'#000000','buttonText':'#ffffff'}}"""));
    }

    @Test
    void aSubsetChangesWhatItNamesAndNullClearsWhatMayBeEmpty() {
        Appearance full = read("""
                {'theme':'aura','header':{'displayName':'Sea & Salt','bio':'Fish\\nand chips',
                 'logoUrl':'https://a.example/l.png'},'wallpaper':{'type':'gradient','gradientStart':'#112233',
                 'gradientEnd':'#445566','gradientDirection':45,'patternType':'honey','opacity':0.5},
                 'buttons':{'borderColor':'#ABCDEF'},'customGradient':{'start':'#000000','end':'#ffffff'}}""").appearance();

        Appearance after = AppearanceReader.over(full, json("""
                {'header':{'bio':null},'wallpaper':{'gradientEnd':null},'buttons':null,'text':null,'unknown':7,
                 'pageId':'x','customGradient':null}""")).appearance();

        assertThat(after.theme()).isEqualTo(Theme.AURA);
        assertThat(after.header().displayName()).contains("Sea & Salt");
        assertThat(after.header().bio()).isEmpty();
        assertThat(after.header().logo()).contains(new Picture("https://a.example/l.png", ""));
        assertThat(after.wallpaper().gradientStart()).contains(HexColor.of("#112233"));
        assertThat(after.wallpaper().gradientEnd()).isEmpty();
        assertThat(after.wallpaper().gradientDirection()).isEqualTo(45);
        assertThat(after.buttons()).isEqualTo(full.buttons());
        assertThat(full.legacy().gradient()).isPresent();
        assertThat(after.legacy().gradient()).isEmpty();
    }

    @Test
    void theWholeObjectComesBackAsItWas() {
        Appearance look = read("""
                {'theme':'bloom','wallpaper':{'type':'image','imageUrl':'https://a.example/w.jpg'},'hideFooter':true,
                 'profileImageUrl':'https://a.example/p.png'}""").appearance();
        ObjectNode sent = AppearanceDocument.tree(look);

        AppearanceReader.Reading back = AppearanceReader.over(look, sent);

        assertThat(back.invalid()).isEmpty();
        assertThat(back.appearance()).isEqualTo(look);
    }

    private static Appearance withPicture(String id) {
        return Appearance.DEFAULT.withProfileImage(Optional.of(new Picture("https://a.example/p.png", id)));
    }

    @Test
    void theColumnKeepsCopiesAndNeverFails() {
        Appearance look = withPicture("id-1");

        assertThat(AppearanceDocument.read(AppearanceDocument.write(look))).isEqualTo(look);
        for (String broken : List.of("", "{", "[]", "7", "null", "{\"theme\":7,\"wallpaper\":[],\"text\":\"x\"}")) {
            assertThat(AppearanceDocument.read(broken)).as(broken).isEqualTo(Appearance.DEFAULT);
        }
    }

    @Test
    void anAddressThatStaysKeepsItsCopyAndAnotherOneHasNone() {
        Appearance look = withPicture("id-1");

        assertThat(AppearanceReader.over(look, json("{'profileImageUrl':'https://a.example/p.png'}"))
                        .appearance()
                        .profileImage())
                .contains(new Picture("https://a.example/p.png", "id-1"));
        assertThat(AppearanceReader.over(look, json("{'profileImageUrl':'https://a.example/q.png'}"))
                        .appearance()
                        .profileImage())
                .contains(new Picture("https://a.example/q.png", ""));
        assertThat(AppearanceReader.over(look, json("{'profileImageUrl':''}"))
                        .appearance()
                        .profileImage())
                .isEmpty();
    }

    /// Every leaf of the tree in turn: refused values change nothing, and accepted ones never reach the stylesheet.
    @Test
    void payloadsAreRefusedOrAreTextsThatNoStylesheetHolds() {
        List<String> texts = List.of("header.displayName", "header.bio");
        for (String path : leaves()) {
            for (String payload : PAYLOADS) {
                AppearanceReader.Reading reading = AppearanceReader.over(Appearance.DEFAULT, at(path, payload));
                if (texts.contains(path)) {
                    assertThat(reading.invalid()).isEmpty();
                } else {
                    assertThat(reading.invalid())
                            .as(path + " = " + payload)
                            .extracting(Invalid::field)
                            .containsExactly(path);
                    assertThat(reading.appearance()).isEqualTo(Appearance.DEFAULT);
                }
                String css =
                        PageStyle.of(reading.appearance(), Tier.ENTERPRISE, 2).css();
                assertThat(css).doesNotContain(payload);
            }
        }
    }

    private static List<String> leaves() {
        var paths = new ArrayList<String>();
        AppearanceDocument.tree(Appearance.DEFAULT).properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                entry.getValue().fieldNames().forEachRemaining(name -> paths.add(entry.getKey() + "." + name));
            } else {
                paths.add(entry.getKey());
            }
        });
        return paths;
    }

    private static ObjectNode at(String path, String value) {
        ObjectNode root = JSON.createObjectNode();
        String[] steps = path.split("\\.");
        ObjectNode node = steps.length == 2 ? root.putObject(steps[0]) : root;
        node.put(steps[steps.length - 1], value);
        return root;
    }

    @Test
    void numbersHaveBounds() {
        for (String wrong : List.of(
                "{'wallpaper':{'blur':101}}",
                "{'wallpaper':{'blur':-1}}",
                "{'wallpaper':{'opacity':1.01}}",
                "{'wallpaper':{'gradientDirection':361}}",
                "{'text':{'bioOpacity':-0.1}}",
                "{'text':{'usernameOpacity':1e400}}")) {
            assertThat(read(wrong).invalid()).as(wrong).hasSize(1);
        }
        assertThat(read("{'header':{'displayName':'" + "x".repeat(101) + "'}}").invalid())
                .extracting(Invalid::apiMessage)
                .containsExactly("header.displayName must be 100 characters or less (current: 101)");
        assertThat(read("{'header':{'bio':'" + "x".repeat(501) + "'}}").invalid())
                .hasSize(1);
    }

    @Test
    void aLowerTierSeesLessAndKeepsAll() {
        Appearance look = read("""
                {'theme':'agate','header':{'profileImageLayout':'hero','titleStyle':'logo',
                 'logoUrl':'https://a.example/l.png'},'text':{'titleSize':'large'},'hideFooter':true,
                 'wallpaper':{'type':'video','videoUrl':'https://a.example/v.mp4'}}""").appearance();

        assertThat(AppearanceTiers.shown(look, Tier.PREMIUM)).isEqualTo(look);
        assertThat(AppearanceTiers.exceeds(look, Tier.PRO)).isFalse();
        assertThat(AppearanceTiers.videoExceeds(look, Tier.PRO)).isTrue();
        assertThat(AppearanceTiers.exceeds(look, Tier.FREE)).isTrue();
        Appearance shown = AppearanceTiers.shown(look, Tier.FREE);
        assertThat(shown.theme()).isEqualTo(Theme.CUSTOM);
        assertThat(shown.wallpaper().type()).isEqualTo(WallpaperType.FILL);
        assertThat(AppearanceTiers.beyond(shown, Tier.FREE)).isEmpty();
        ObjectNode told = AppearanceDocument.publicTree(look, Tier.FREE, OURS);
        assertThat(told.path("theme").asText()).isEqualTo("default");
        assertThat(told.path("wallpaper").path("type").asText()).isEqualTo("fill");
        assertThat(told.path("wallpaper").has("videoUrl")).isFalse();
        assertThat(told.toString()).doesNotContain("null");
    }

    /// Without a copy of ours nothing is loaded; only the owner sees the original address.
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            image    | PREMIUM | true  | image    | /media/w | -
            image    | PREMIUM | false | fill     | -        | -
            image    | PRO     | true  | fill     | -        | -
            blur     | PREMIUM | true  | blur     | /media/w | -
            blur     | PREMIUM | false | blur     | -        | -
            video    | PREMIUM | true  | video    | -        | /media/v
            video    | PREMIUM | false | fill     | -        | -
            video    | PRO     | true  | fill     | -        | -
            gradient | PREMIUM | true  | gradient | -        | -
            """, delimiter = '|')
    void visitorsProgramsAreSentNowhereElse(
            String type, Tier tier, boolean here, String shown, @Nullable String image, @Nullable String video) {
        String copies = here ? "'copies':{'logo':'l','image':'w','video':'v'}," : "";
        Appearance look = AppearanceDocument.read(
                ("{" + copies + """
                'theme':'custom','profileImageUrl':'https://a.example/p.png','header':{'titleStyle':'logo',
                 'logoUrl':'https://a.example/l.png'},'wallpaper':{'type':'TYPE','gradientStart':'#112233',
                 'gradientEnd':'#445566','imageUrl':'https://a.example/w.jpg','videoUrl':'https://a.example/v.mp4'}}""").replace("TYPE", type).replace('\'', '"'));

        ObjectNode told = AppearanceDocument.publicTree(look, tier, OURS);

        assertThat(told.toString()).doesNotContain("a.example", "null");
        assertThat(told.at("/header/logoUrl").asText()).isEqualTo(here ? OURS + "/media/l" : "");
        assertThat(told.at("/wallpaper/type").asText()).isEqualTo(shown);
        assertThat(told.at("/wallpaper/imageUrl").asText()).isEqualTo(image == null ? "" : OURS + image);
        assertThat(told.at("/wallpaper/videoUrl").asText()).isEqualTo(video == null ? "" : OURS + video);
        assertThat(told.path("buttons").isObject()).isTrue();
        assertThat(AppearanceDocument.tree(look).at("/wallpaper/imageUrl").asText())
                .isEqualTo("https://a.example/w.jpg");
    }

    @Test
    void whatWasThereMayBeSentBackAfterADowngradeAndMoreOfItIsRefused() {
        Appearance before = read("{'theme':'agate','hideFooter':true}").appearance();
        Appearance other = before.withTheme(Theme.AURA);

        assertThat(AppearanceTiers.newlyBeyond(before, before, Tier.FREE)).isEmpty();
        assertThat(AppearanceTiers.newlyBeyond(before, other, Tier.FREE))
                .extracting(AppearanceTiers.Need::sentence)
                .containsExactly(
                        "The themes Agate, Astrid, Aura, Bloom, Breeze and Honeycomb need the Pro plan or higher");
    }

    @Test
    void ourOwnLookNeedsNoStyleAndTheFieldsMakeTheirs() {
        assertThat(PageStyle.of(Appearance.DEFAULT, Tier.FREE, 2).css()).isEmpty();
        assertThat(PageStyle.of(Appearance.DEFAULT, Tier.FREE, 2).attributes()).containsEntry("data-theme", "default");

        PageStyle style = PageStyle.of(
                read("{'wallpaper':{'color':'#102030'},'text':{'titleFont':'playfair'}}")
                        .appearance(),
                Tier.FREE,
                2);

        assertThat(style.css())
                .contains("html{color-scheme:dark;background:#102030}", "--title-font:'Playfair Display'");
        assertThat(style.fonts())
                .containsExactlyInAnyOrder(
                        "/ui/fonts/inter-latin-wght-normal.woff2?v=" + FontFiles.VERSION,
                        "/ui/fonts/playfair-display-latin-700-normal.woff2?v=" + FontFiles.VERSION);
    }

    private static String css(String document) {
        return PageStyle.of(read(document).appearance(), Tier.PRO, 2).css();
    }

    /// Once, one font turned the whole page white and grey.
    @Test
    void aFontAloneChangesTheFontAlone() {
        PageStyle style = PageStyle.of(read("{'text':{'titleFont':'playfair'}}").appearance(), Tier.FREE, 2);

        assertThat(style.sky()).isTrue();
        assertThat(style.scene()).isTrue();
        assertThat(style.byDay()).isFalse();
        assertThat(style.css())
                .startsWith("@font-face{font-family:'Playfair Display'")
                .endsWith("body{--title-font:'Playfair Display',Georgia,'Times New Roman',serif;}");
        assertThat(css("{'text':{'bodyFont':'lato'}}"))
                .endsWith("body{--body-font:'Lato',system-ui,-apple-system,sans-serif;"
                        + "--title-font:system-ui,-apple-system,sans-serif;}");
        assertThat(css("{'buttons':{'cornerRadius':'pill'}}")).isEqualTo("body{--radius:2rem;}");
        assertThat(css("{'text':{'titleSize':'large'}}"))
                .startsWith("body{--title-size:")
                .doesNotContain("#");
    }

    @Test
    void aThemeWearsWhatIsThePagesOwnAndNothingElse() {
        String lake = css("{'theme':'lake'}");
        assertThat(css("{'theme':'lake','text':{'titleFont':'playfair'}}")).isEqualTo(lake);

        String own = css("{'theme':'lake','overrides':['text.titleFont'],'text':{'titleFont':'playfair',"
                + "'bodyFont':'oswald','titleColor':'#ff0000'},'buttons':{'backgroundColor':'#00ff00'}}");

        assertThat(own)
                .startsWith(lake)
                .contains("--title-font:'Playfair Display'")
                .doesNotContain("Oswald", "ff0000");
        assertThat(own).doesNotContain("00ff00");
        assertThat(css("{'theme':'lake','overrides':['wallpaper'],'wallpaper':{'color':'#fff0e0'}}"))
                .contains("background:#fff0e0", "body::before{content:none}");
    }

    @Test
    void anotherThemeIsWornAsItIsAndLagoonIsTheLookWithoutAnySetting() {
        Appearance own = read("{'theme':'lake','overrides':['text.titleFont'],'text':{'titleFont':'playfair'}}")
                .appearance();
        assertThat(AppearanceDocument.tree(own).path("overrides").toString()).isEqualTo("[\"text.titleFont\"]");
        assertThat(AppearanceDocument.read(AppearanceDocument.write(own))).isEqualTo(own);
        assertThat(AppearanceReader.over(own, json("{'text':{'bodyFont':'lato'}}"))
                        .appearance()
                        .overrides())
                .containsExactly(ThemeOverride.TITLE_FONT);

        Appearance lagoon =
                AppearanceReader.over(own, json("{'theme':'lagoon'}")).appearance();

        assertThat(lagoon.overrides()).isEmpty();
        assertThat(PageStyle.of(lagoon, Tier.FREE, 2).css()).isEmpty();
        assertThat(PageStyle.of(lagoon, Tier.FREE, 2).attributes())
                .isEqualTo(PageStyle.of(Appearance.DEFAULT, Tier.FREE, 2).attributes());
        for (String wrong : List.of("'x'", "['x']", "[7]", "{}")) {
            assertThat(read("{'overrides':" + wrong + "}").invalid())
                    .as(wrong)
                    .extracting(Invalid::field)
                    .containsExactly("overrides");
        }
    }

    /// Fields that the sky's own colours follow are written out, so that none of them moves along.
    @Test
    void aColourHoldsByDayAndByNight() {
        PageStyle style = PageStyle.of(
                read("{'theme':'lagoon','overrides':['text.pageTextColor'],'text':{'pageTextColor':'#401020'}}")
                        .appearance(),
                Tier.FREE,
                2);

        assertThat(style.byDay()).isTrue();
        assertThat(style.scene()).isTrue();
        assertThat(style.css())
                .contains("--ink:#401020;", "--title-ink:#0f252b;", "--btn-ink:#0f252b;", "html{color-scheme:light}");
    }

    /// A picture that is not fetched yet is not shown, and visitors never load it from its original server.
    @Test
    void nothingPointsOutside() {
        Appearance look = read("""
                {'theme':'custom','profileImageUrl':'https://a.example/p.png','header':{'titleStyle':'logo',
                 'logoUrl':'https://a.example/l.png'},'wallpaper':{'type':'image',
                 'imageUrl':'https://a.example/w.jpg','videoUrl':'https://a.example/v.mp4'}}""").appearance();

        PageStyle style = PageStyle.of(look, Tier.ENTERPRISE, 2);

        assertThat(style.toString()).doesNotContain("a.example");
        assertThat(style.avatar()).isEmpty();
        assertThat(style.logo()).isEmpty();
    }
}
