package dev.banyan.pages.looks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import dev.banyan.themes.Pictures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class AppearanceResourceTest {

    @Inject
    TestWorld world;

    @Inject
    Pictures pictures;

    @Inject
    TestClock clock;

    private TestClient acme = TestClient.anonymous();
    private String page = "";

    @BeforeEach
    void acmeHasAPage() {
        acme = TestClient.of(world.acme());
        Answer created = acme.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"));
        assertThat(created.status()).as(created.toString()).isEqualTo(200);
        page = acme.get("/api/admin/GetPages").json().at("/pages/0/id").asText();
    }

    private JsonNode look() {
        Answer answer = acme.get("/api/admin/GetAppearance?pageId=" + page);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private Answer update(Object body) {
        return acme.put("/api/admin/UpdateAppearance?pageId=" + page, body);
    }

    private void updated(Object body) {
        Answer answer = update(body);
        assertThat(answer.text()).isEqualTo("{\"message\":\"Appearance updated successfully\"}");
    }

    @Test
    void theAnswerHasTheContractsFields() {
        JsonNode look = look();
        assertThat(TestClient.keys(look))
                .contains("pageId", "theme", "customTheme", "header", "profileImageUrl", "socialIcons", "wallpaper")
                .contains("buttons", "text", "hideFooter", "buttonStyle", "fontFamily", "layoutStyle", "colors")
                .doesNotContain("exceedsTierLimit", "videoExceedsTierLimit");
        assertThat(look.at("/theme").asText()).isEqualTo("custom");
        assertThat(look.at("/header/displayName").asText()).isEqualTo(world.name("acme"));
        assertThat(look.at("/pageId").asText()).isEqualTo(page);
        assertThat(acme.get("/admin/getappearance").json()).isEqualTo(look);
    }

    @Test
    void theWholeObjectMayBeSentBack() {
        updated(Map.of("socialIcons", List.of(icon("instagram", "https://instagram.example/acme"))));
        JsonNode before = look();
        ObjectNode sent = before.deepCopy();

        updated(sent);

        assertThat(look()).isEqualTo(before);
    }

    @Test
    void aFieldThatNoAppearanceHasIsNamed() {
        Map.of(
                        "{\"titleColor\":\"red\"}",
                        "Unknown field: titleColor. Did you mean text.titleColor?",
                        "{\"type\":\"solid\"}",
                        "Unknown field: type. Did you mean wallpaper.type or buttons.type?",
                        "{\"text\":{\"color\":\"#ff0000\"}}",
                        "Unknown field: text.color",
                        "{\"theme\":\"air\",\"__proto__\":{}}",
                        "Unknown field: __proto__",
                        "{\"socialIcons\":[{\"id\":\"x\",\"link\":\"y\"}]}",
                        "Unknown field: socialIcons[0].link",
                        "{}",
                        "Send at least one field of the appearance",
                        "{\"pageId\":\"" + page + "\"}",
                        "Send at least one field of the appearance")
                .forEach((body, error) -> {
                    Answer answer = acme.put("/api/admin/UpdateAppearance", body);
                    assertThat(answer.status()).as(body).isEqualTo(400);
                    assertThat(answer.error()).isEqualTo(error);
                });
    }

    @Test
    void thePageMayBeNamedInWhatIsSentBack() {
        String second = acme.post("/api/admin/CreatePage", Map.of("slug", "second", "name", "Second"))
                .json()
                .at("/page/id")
                .asText();
        String theme = look().path("theme").asText();
        assertThat(acme.put("/api/admin/UpdateAppearance", Map.of("pageId", second, "theme", "mineral"))
                        .status())
                .isEqualTo(200);

        assertThat(acme.get("/api/admin/GetAppearance?pageId=" + second)
                        .json()
                        .path("theme")
                        .asText())
                .isEqualTo("mineral");
        assertThat(look().path("theme").asText()).as("the default page").isEqualTo(theme);
    }

    @Test
    void anAccountWithoutAPageHasNoAppearance() {
        TestClient solo = TestClient.of(world.solo());
        assertThat(solo.get("/api/admin/GetAppearance").status()).isEqualTo(404);
        assertThat(solo.put("/api/admin/UpdateAppearance", Map.of("theme", "air"))
                        .status())
                .isEqualTo(404);
        assertThat(solo.get("/api/admin/GetAppearance?pageId=" + page).status()).isEqualTo(404);
        assertThat(solo.put("/api/admin/UpdateAppearance?pageId=" + page, Map.of("theme", "air"))
                        .status())
                .isEqualTo(404);
        assertThat(TestClient.anonymous().get("/api/admin/GetAppearance").status())
                .isEqualTo(401);
    }

    @Test
    void aSubsetChangesThePageAndNullClears() {
        updated(Map.of("theme", "lake", "header", Map.of("displayName", "Blue <b>House</b>", "bio", "By the\nwater")));
        assertThat(look().at("/header/displayName").asText()).isEqualTo("Blue <b>House</b>");
        assertThat(look().at("/theme").asText()).isEqualTo("lake");

        updated(TestClient.parse("{\"header\":{\"bio\":null,\"displayName\":null},\"wallpaper\":null}"));
        assertThat(look().at("/header/bio").isNull()).isTrue();
        assertThat(look().at("/header/displayName").asText()).isEqualTo(world.name("acme"));
        assertThat(look().at("/theme").asText()).isEqualTo("lake");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"theme":"red"}                                     | theme
            {"wallpaper":{"color":"#fff"}}                      | wallpaper.color
            {"wallpaper":{"color":"#ffffff;}*{x:y"}}            | wallpaper.color
            {"wallpaper":{"type":"cinema"}}                     | wallpaper.type
            {"wallpaper":{"blur":101}}                          | wallpaper.blur
            {"wallpaper":7}                                     | wallpaper
            {"buttons":{"textColor":"</style>"}}                | buttons.textColor
            {"text":{"titleFont":"comic"}}                      | text.titleFont
            {"profileImageUrl":"javascript:alert(1)"}           | profileImageUrl
            {"header":{"displayName":"a\\u202eb"}}              | header.displayName
            {"hideFooter":"yes"}                                | hideFooter
            {"profileImageUrl":"http://127.0.0.1:1/a.png"}      | profileImageUrl
            {"profileImageUrl":"http://169.254.169.254/latest"} | profileImageUrl
            {"wallpaper":{"imageUrl":"http://[::1]/a.png"}}     | wallpaper.imageUrl
            """)
    void whatBreaksARuleIsNamedAndNothingChanges(String body, String field) {
        JsonNode before = look();
        Answer answer = update(TestClient.parse(body));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
        assertThat(answer.error()).startsWith(field);
        assertThat(look()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"theme":"agate"}                           | FREE | PRO
            {"theme":"honeycomb"}                       | FREE | PRO
            {"header":{"profileImageLayout":"hero"}}    | FREE | PRO
            {"header":{"titleStyle":"logo"}}            | FREE | PRO
            {"text":{"titleSize":"large"}}              | FREE | PRO
            {"hideFooter":true}                         | FREE | PRO
            {"fontFamily":"playfair"}                   | FREE | PRO
            {"wallpaper":{"type":"image"}}              | PRO  | PREMIUM
            {"wallpaper":{"type":"video"}}              | PRO  | PREMIUM
            """)
    void whatTheTierHasNotIsRefusedWithItsName(String body, Tier without, Tier with) {
        world.tier(world.acme(), without);
        Answer refused = update(TestClient.parse(body));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
        assertThat(refused.error()).contains(with.label() + " plan");
        assertThat(refused.json().path("upgradeRequired").asBoolean()).isTrue();

        world.tier(world.acme(), with);
        updated(TestClient.parse(body));
        world.tier(world.acme(), without);
        boolean video = body.contains("video");
        boolean drawn = !body.contains("fontFamily");
        assertThat(look().has("exceedsTierLimit")).isEqualTo(drawn && !video);
        assertThat(look().has("videoExceedsTierLimit")).isEqualTo(video);
        updated(look());
    }

    @Test
    void textFontsTakeNoTier() {
        world.tier(world.acme(), Tier.FREE);
        updated(Map.of("theme", "mineral", "text", Map.of("titleFont", "playfair", "bodyFont", "raleway")));
        assertThat(look().at("/text/titleFont").asText()).isEqualTo("playfair");
        assertThat(look().at("/text/bodyFont").asText()).isEqualTo("raleway");
    }

    private static Map<String, Object> icon(String platform, String url) {
        return Map.of("operation", "add", "platform", platform, "url", url);
    }

    private Answer icons(Object... steps) {
        return update(Map.of("socialIcons", List.of(steps)));
    }

    @Test
    void socialIconsAreTheAccountsAndChangeByOperations() {
        assertThat(icons(icon("instagram", "https://a.example/1"), icon("email", "mailto:us@acme.example"))
                        .status())
                .isEqualTo(200);
        assertThat(acme.post("/api/admin/CreatePage", Map.of("slug", "second", "name", "Second"))
                        .status())
                .isEqualTo(200);
        JsonNode shown = acme.get("/api/admin/GetAppearance").json().path("socialIcons");
        assertThat(shown.findValuesAsText("platform")).containsExactly("instagram", "email");
        assertThat(shown.findValuesAsText("order")).containsExactly("0", "1");
        String first = shown.at("/0/id").asText();

        assertThat(icons(Map.of("id", first, "order", 5, "active", false)).status())
                .isEqualTo(200);
        assertThat(look().path("socialIcons").findValuesAsText("platform")).containsExactly("email", "instagram");
        assertThat(look().at("/socialIcons/1/active").asBoolean()).isFalse();
        assertThat(icons(Map.of("operation", "REMOVE", "id", first), Map.of("operation", "remove", "id", "gone"))
                        .status())
                .isEqualTo(200);
        assertThat(look().path("socialIcons")).hasSize(1);
    }

    @Test
    void aWrongIconChangesNothing() {
        assertThat(icons(icon("x", "https://a.example/"), icon("<b>", "https://a.example/"))
                        .error())
                .startsWith("socialIcons[1]: platform");
        assertThat(icons(icon("x", "javascript:alert(1)")).status()).isEqualTo(400);
        assertThat(icons(Map.of("platform", "x")).error()).isEqualTo("socialIcons[0]: id is required");
        assertThat(icons(Map.of("operation", "turn", "id", "x")).status()).isEqualTo(400);
        assertThat(icons(Map.of("id", "unknown", "active", true)).status()).isEqualTo(404);
        for (int i = 0; i < IconBatch.MOST; i++) {
            assertThat(icons(icon("x", "https://a.example/" + i)).status()).isEqualTo(200);
        }
        assertThat(icons(icon("x", "https://a.example/more")).error()).contains("at most 20");
        assertThat(look().path("socialIcons")).hasSize(IconBatch.MOST);
    }

    private static byte[] picture(int width, int height, String format) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        try (var out = new ByteArrayOutputStream()) {
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Answer upload(TestClient client, String use, byte[] bytes) {
        return client.multipart(
                "/admin/pages/" + page + "/appearance",
                Map.of("as", world.name("acme")),
                use,
                "x.png",
                "image/png",
                bytes);
    }

    @Test
    void aPictureIsServedByUsAndGivenBackAsItsAddress() throws IOException {
        Answer done = upload(acme, "avatar", picture(1_400, 700, "png"));
        assertThat(done.status()).as(done.toString()).isEqualTo(303);

        String address = look().path("profileImageUrl").asText();
        assertThat(acme.get("/api/admin/GetProfile").json().path("avatar").asText())
                .as("the account's, too")
                .isEqualTo(address);
        String path = address.substring(address.indexOf("/media/"));
        Answer served = TestClient.anonymous().get(path);
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.contentType()).isEqualTo("image/jpeg");
        assertThat(served.header("Cache-Control")).contains("public, max-age=31536000, s-maxage=3600, immutable");
        assertThat(served.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(served.header("Content-Security-Policy").orElse("")).startsWith("default-src 'none'");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(served.bytes()));
        assertThat(image.getWidth()).isEqualTo(512);
        assertThat(image.getHeight()).isEqualTo(256);
        updated(look());
        assertThat(look().path("profileImageUrl").asText()).isEqualTo(address);

        Answer part = TestClient.anonymous().with("Range", "bytes=0-3").get(path);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).hasSize(4);
        assertThat(part.header("Content-Range")).contains("bytes 0-3/" + served.bytes().length);
        Answer none = TestClient.anonymous().with("Range", "bytes=99999999-").get(path);
        assertThat(none.status()).isEqualTo(416);
        assertThat(TestClient.anonymous().get("/media/unknown").status()).isEqualTo(404);
    }

    @Test
    void aClosedBrandsPicturesAreShownToThoseWhoManageItOnly() {
        TestWorld.Brand brand = world.brand(world.acme(), "shut", "Shut");
        String as = "?UserId=" + brand.id();
        acme.post("/api/admin/CreatePage" + as, Map.of("slug", "first", "name", "First"));
        String own =
                acme.get("/api/admin/GetPages" + as).json().at("/pages/0/id").asText();
        acme.multipart(
                "/admin/pages/" + own + "/appearance",
                Map.of("as", brand.username()),
                "avatar",
                "x.png",
                "image/png",
                picture(40, 40, "png"));
        String address = acme.get("/api/admin/GetAppearance" + as + "&pageId=" + own)
                .json()
                .path("profileImageUrl")
                .asText();
        String path = address.substring(address.indexOf("/media/"));
        assertThat(TestClient.anonymous().get(path).status()).isEqualTo(200);

        acme.post("/api/admin/UpdateSubAccountStatus", Map.of("subAccountId", brand.id(), "status", "suspended"));
        shownToManagersOnly(path);
        acme.json("DELETE", "/api/admin/DeleteSubAccount", Map.of("subAccountId", brand.id(), "confirmDelete", true));
        shownToManagersOnly(path);

        acme.post("/api/admin/RestoreSubAccount", Map.of("subAccountId", brand.id()));
        acme.post("/api/admin/UpdateSubAccountStatus", Map.of("subAccountId", brand.id(), "status", "active"));
        assertThat(TestClient.anonymous().get(path).status()).isEqualTo(200);
    }

    private void shownToManagersOnly(String path) {
        for (TestClient stranger : List.of(TestClient.anonymous(), TestClient.of(world.rival()))) {
            assertThat(stranger.get(path).status()).isEqualTo(404);
            assertThat(stranger.with("Range", "bytes=0-3").get(path).status()).isEqualTo(404);
        }
        Answer shown = acme.get(path);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.header("Cache-Control")).contains("private, no-store");
    }

    /// The owner gets the original address, visitors that of our copy.
    @Test
    void visitorsProgramsGetOurAddresses() {
        assertThat(upload(acme, "logo", picture(10, 10, "png")).status()).isEqualTo(303);
        String ours = look().at("/header/logoUrl").asText();
        String given = "https://outside.example/logo.png";
        world.sql("UPDATE appearances SET look = replace(look, ?, ?) WHERE page_id = ?", ours, given, page);
        assertThat(look().at("/header/logoUrl").asText()).isEqualTo(given);

        Answer told = TestClient.anonymous().get("/api/public/GetUserProfile?username=" + world.name("acme"));
        assertThat(told.text()).doesNotContain("outside.example");
        assertThat(told.json().at("/appearance/header/logoUrl").asText()).isEqualTo(ours);
    }

    @Test
    void anotherAccountsPictureIsNotTaken() {
        upload(acme, "avatar", picture(10, 10, "png"));
        String address = look().path("profileImageUrl").asText();
        TestClient rival = TestClient.of(world.rival());
        rival.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"));

        assertThat(rival.put("/api/admin/UpdateAppearance", Map.of("profileImageUrl", address))
                        .status())
                .isEqualTo(400);
        assertThat(upload(rival, "avatar", picture(10, 10, "png")).status()).isEqualTo(404);
        updated(Map.of("profileImageUrl", address));
    }

    @Test
    void whatIsNoPictureIsRefused() {
        byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".getBytes();
        for (byte[] bytes : List.of(svg, new byte[] {1, 2, 3})) {
            Answer refused = upload(acme, "avatar", bytes);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        }
        assertThat(upload(acme, "avatar", new byte[0]).status())
                .as("no file was chosen")
                .isEqualTo(303);
        assertThat(look().path("profileImageUrl").isNull()).isTrue();
        world.tier(world.acme(), Tier.FREE);
        assertThat(upload(acme, "logo", picture(10, 10, "png")).status()).isEqualTo(422);
    }

    private String uploaded() {
        assertThat(upload(acme, "avatar", picture(10, 10, "png")).status()).isEqualTo(303);
        String address = look().path("profileImageUrl").asText();
        return address.substring(address.indexOf("/media/"));
    }

    @Test
    void whatNoPageNamesAnyMoreGoesAfterADay() {
        String first = uploaded();
        String second = uploaded();
        pictures.removeUnnamed();
        assertThat(TestClient.anonymous().get(first).status()).isEqualTo(200);

        clock.forward(Duration.ofHours(25));
        pictures.removeUnnamed();
        assertThat(TestClient.anonymous().get(first).status()).isEqualTo(404);
        assertThat(TestClient.anonymous().get(second).status()).isEqualTo(200);
    }

    @Test
    void anAccountKeepsAsManyAsItsTierSays() {
        world.tier(world.acme(), Tier.FREE);
        for (int i = 0; i < 20; i++) {
            uploaded();
        }
        Answer refused = upload(acme, "avatar", picture(10, 10, "png"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("The Free plan stores up to 20 pictures and videos");
    }

    @Test
    void typefacesAreOurs() {
        Answer font = TestClient.anonymous().get("/ui/fonts/playfair-display-latin-700-normal.woff2?v=5.3.0");
        assertThat(font.status()).isEqualTo(200);
        assertThat(font.contentType()).isEqualTo("font/woff2");
        assertThat(font.header("Cache-Control").orElse("")).contains("immutable");
        assertThat(TestClient.anonymous().get("/ui/fonts/inter-LICENSE.txt").text())
                .contains("SIL Open Font License");
    }

    @Test
    void aPictureIsCutAsTheFormSaysAndRemovedWithIt() throws IOException {
        Answer done = acme.multipart(
                "/admin/pages/" + page + "/appearance",
                Map.of(
                        "as",
                        world.name("acme"),
                        "displayName",
                        "Cut",
                        "avatarZoom",
                        "200",
                        "avatarX",
                        "0",
                        "avatarY",
                        "0"),
                "avatar",
                "x.png",
                "image/png",
                picture(1_200, 400, "png"));
        assertThat(done.status()).as(done.toString()).isEqualTo(303);
        assertThat(look().at("/header/displayName").asText()).isEqualTo("Cut");
        String address = look().path("profileImageUrl").asText();
        BufferedImage cut = ImageIO.read(new ByteArrayInputStream(TestClient.anonymous()
                .get(address.substring(address.indexOf("/media/")))
                .bytes()));
        assertThat(List.of(cut.getWidth(), cut.getHeight())).containsExactly(200, 200);

        save("avatarRemove", "true");
        assertThat(look().path("profileImageUrl").isNull()).isTrue();
    }

    // Themes, and what a page has of its own on top of one

    private void save(String... fields) {
        var all = new java.util.ArrayList<>(List.of("as", world.name("acme")));
        all.addAll(List.of(fields));
        Answer answer = acme.form("/admin/pages/" + page + "/appearance", all.toArray(String[]::new));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
    }

    private String form() {
        return acme.get("/admin/pages/" + page + "/appearance?as=" + world.name("acme"))
                .text();
    }

    private String publicPage() {
        return TestClient.anonymous().get("/" + world.name("acme")).text();
    }

    private static String value(String html, String field) {
        return html.replaceAll("(?s).*name=\"" + field + "\" value=\"([^\"]*)\".*", "$1");
    }

    /// The case: one font, through the form, with all fields as a browser sends them.
    @Test
    void aFontChangesThatFontAndIsGivenBack() {
        String before = publicPage();
        String form = form();
        assertThat(form).contains("name=\"theme\" value=\"lagoon\" checked", "From the theme (system font)");

        save(
                "theme", "lagoon",
                "filledFor", value(form, "filledFor"),
                "titleFont", "playfair",
                "bodyFont", "theme",
                "buttonType", "theme",
                "wallpaperType", "theme",
                "titleColor", value(form, "titleColor"),
                "pageColor", value(form, "pageColor"),
                "buttonColor", value(form, "buttonColor"),
                "buttonText", value(form, "buttonText"),
                "borderColor", value(form, "borderColor"),
                "groundColor", value(form, "groundColor"),
                "opacity", "100");

        assertThat(look().path("overrides").toString()).isEqualTo("[\"text.titleFont\"]");
        assertThat(publicPage()
                        .replaceAll("@font-face[^\n]*?body\\{--title-font:[^}]*}", "")
                        .replaceAll("ETag.*", ""))
                .isEqualTo(before);
        assertThat(form()).contains("Reset to the theme");

        save("theme", "lagoon", "filledFor", "lagoon", "titleFont", "playfair", "reset", "text");
        assertThat(look().has("overrides")).isFalse();
        assertThat(publicPage()).isEqualTo(before);
    }

    @Test
    void aThemeIsChosenWithoutWhatTheOneBeforeHad() {
        save("theme", "lagoon", "filledFor", "lagoon", "titleColor", "#123456");
        assertThat(look().path("overrides").toString()).isEqualTo("[\"text.titleColor\"]");
        String form = form();
        assertThat(value(form, "titleColor")).isEqualTo("#123456");

        save("theme", "blocks", "filledFor", "lagoon", "titleColor", "#123456", "bodyFont", "lato");
        assertThat(look().path("theme").asText()).isEqualTo("blocks");
        assertThat(look().path("overrides").toString()).isEqualTo("[\"text.bodyFont\"]");
        assertThat(value(form(), "buttonColor")).as("as it is drawn").isEqualTo("#ffffff");

        save("theme", "custom", "filledFor", "blocks");
        assertThat(look().at("/wallpaper/color").asText())
                .as("it stays as drawn")
                .isEqualTo("#ffd23f");
        assertThat(look().at("/text/bodyFont").asText()).isEqualTo("lato");
        save("theme", "lagoon", "filledFor", "custom");
        assertThat(publicPage()).contains("class=\"scene\"");
    }

    @Test
    void aWallpaperFieldAloneSaysWhichWallpaperIsMeant() {
        save("theme", "lagoon", "filledFor", "lagoon", "wallpaperType", "theme", "gradientStart", "#fff0e0");
        assertThat(look().at("/wallpaper/type").asText()).isEqualTo("gradient");
        assertThat(look().path("overrides").toString()).isEqualTo("[\"wallpaper\"]");
        assertThat(publicPage()).doesNotContain("class=\"scene\"");
        save("theme", "lagoon", "filledFor", "lagoon", "reset", "wallpaper");
        assertThat(publicPage()).contains("class=\"scene\"");
    }

    /// The fields below follow the theme that is chosen, before anything is saved.
    @Test
    void anotherThemeFillsTheFields() {
        assertThat(tried("theme", "lake", "filledFor", "lagoon"))
                .contains("id=\"look-sections\" hx-swap-oob=\"true\"", "name=\"filledFor\" value=\"lake\"", "#1a616c");
        assertThat(tried("theme", "lake", "filledFor", "lake")).doesNotContain("look-sections");
    }

    // Previews while the form is filled in

    private String tried(String... fields) {
        var all = new java.util.ArrayList<>(List.of("as", world.name("acme")));
        all.addAll(List.of(fields));
        Answer answer = acme.form("/admin/pages/" + page + "/appearance/tried", all.toArray(String[]::new));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.text();
    }

    private static String preview(String html) {
        return html.replaceAll("(?s).*<iframe id=\"preview\" src=\"([^\"]+)\".*", "$1")
                .replace("&amp;", "&");
    }

    @Test
    void whatIsTypedIsDrawnAndNotSaved() {
        JsonNode before = look();
        String html = tried(
                "theme", "custom", "displayName", "Sea <b>Salt", "groundColor", "#fff9e0", "titleColor", "#ffe9a0");
        assertThat(html).contains("The title is hard to read", "name=\"fix\"");
        Answer drawn = acme.get(preview(html));
        assertThat(drawn.status()).isEqualTo(200);
        assertThat(drawn.text()).contains("Sea &lt;b&gt;Salt", "#fff9e0");
        assertThat(look()).isEqualTo(before);
        assertThat(acme.get(preview(html).replaceAll("&look=.*", "")).text()).doesNotContain("#fff9e0");

        String half = tried("theme", "custom", "groundColor", "#ff");
        assertThat(half).contains("wallpaper.color must be").doesNotContain("<iframe");
        world.tier(world.acme(), Tier.FREE);
        assertThat(tried("theme", "agate")).contains("This can’t be saved yet", "plan");
        assertThat(TestClient.of(world.rival())
                        .form("/admin/pages/" + page + "/appearance/tried", "as", world.name("rival"))
                        .status())
                .isEqualTo(404);
        assertThat(TestClient.of(world.rival()).get(preview(html)).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "eJwDAAAAAAE", "%3Cscript%3E"})
    void whatIsNoDraftShowsWhatIsSaved(String look) {
        assertThat(acme.get("/admin/pages/" + page + "/preview?as=" + world.name("acme") + "&look=" + look)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void thePictureIsTheLogoOfTheQrCode() throws IOException {
        String codes = "/admin/pages/" + page + "/qr";
        String as = "?as=" + world.name("acme");
        assertThat(acme.get(codes + as).text()).doesNotContain("name=\"logo\"");
        upload(acme, "avatar", picture(300, 300, "png"));

        assertThat(acme.get(codes + as + "&logo=true").text()).contains("<image", "name=\"logo\"", "&amp;logo=true");
        assertThat(acme.get(codes + ".svg" + as + "&logo=true").text()).contains("data:image/png;base64,");
        BufferedImage code = ImageIO.read(new ByteArrayInputStream(
                acme.get(codes + ".png" + as + "&logo=true").bytes()));
        var middle = new Color(code.getRGB(code.getWidth() / 2, code.getHeight() / 2));
        assertThat(middle.getRed()).as(middle.toString()).isGreaterThan(250);
        assertThat(middle.getBlue()).as(middle.toString()).isLessThan(5);
    }

    @Test
    void thePictureOfABrandIsInAllListsOfBrands() throws IOException {
        String list = "/admin/brands?as=" + world.name("acme");
        assertThat(acme.get(list).text()).doesNotContain("<img class=\"avatar\"");
        String brand = world.north().username();
        String of = "?UserId=" + world.north().id();
        acme.post("/api/admin/CreatePage" + of, Map.of("name", "Home", "slug", "home"));
        String ofBrand =
                acme.get("/api/admin/GetPages" + of).json().at("/pages/0/id").asText();
        Answer done = acme.multipart(
                "/admin/pages/" + ofBrand + "/appearance",
                Map.of("as", brand),
                "avatar",
                "x.png",
                "image/png",
                picture(100, 100, "png"));
        assertThat(done.status()).as(done.toString()).isEqualTo(303);
        String picture = "<img class=\"avatar\" src=\"/media/";
        String inSwitcher = "<img class=\"avatar s\" src=\"/media/";
        assertThat(acme.get(list).text()).containsOnlyOnce(picture).contains(inSwitcher);
        assertThat(acme.get("/admin/dashboard").text()).contains(picture, inSwitcher);
        assertThat(acme.get("/admin/context").text()).contains(picture);
        assertThat(acme.get("/admin/context/options").text()).contains(inSwitcher);
        assertThat(acme.get("/admin/pages?as=" + brand).text()).contains(picture);
    }

    @Test
    void theListOfBrandsShowsTheirPages() {
        String list = "/admin/brands?as=" + world.name("acme");
        String of = "?UserId=" + world.north().id();
        assertThat(acme.get(list).text()).doesNotContain("/media/card/");
        acme.post("/api/admin/CreatePage" + of, Map.of("name", "Home", "slug", "home"));
        String id =
                acme.get("/api/admin/GetPages" + of).json().at("/pages/0/id").asText();
        acme.put("/api/admin/UpdatePage" + of, Map.of("id", id, "published", true));

        String preview = listed(list);
        assertThat(preview).startsWith("/media/card/" + id + ".png?v=");
        assertThat(TestClient.anonymous().get(preview).contentType()).isEqualTo("image/png");

        acme.put("/api/admin/UpdateAppearance" + of, Map.of("theme", "bloom"));
        assertThat(listed(list))
                .as("of another look")
                .startsWith("/media/card/")
                .isNotEqualTo(preview);

        acme.put("/api/admin/UpdatePage" + of, Map.of("id", id, "published", false));
        assertThat(acme.get(list).text()).doesNotContain("/media/card/");
    }

    private String listed(String list) {
        return acme.get(list).text().replaceFirst("(?s).*<img src=\"(/media/card/[^\"]+)\".*", "$1");
    }

    // Pictures of links

    private String aLink() {
        acme.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(Map.of("operation", "add", "title", "A", "url", "https://a.example/"))));
        return acme.get("/api/admin/GetLinks").json().at("/links/0/id").asText();
    }

    private Answer thumbnail(TestClient client, String as, String link, byte[] bytes) {
        return client.multipart(
                "/admin/pages/" + page + "/links/" + link + "/picture",
                Map.of("as", world.name(as), "act", "set"),
                "picture",
                "x.png",
                "image/png",
                bytes);
    }

    @Test
    void aLinksPictureIsUploadedShownAndRemoved() {
        String link = aLink();
        assertThat(thumbnail(acme, "acme", link, picture(800, 600, "png")).status())
                .isEqualTo(303);
        String address =
                acme.get("/api/admin/GetLinks").json().at("/links/0/thumbnail").asText();
        String path = address.substring(address.indexOf("/media/"));
        assertThat(TestClient.anonymous().get(path).status()).isEqualTo(200);
        assertThat(TestClient.anonymous().get("/" + world.name("acme")).text())
                .contains("<img class=\"thumb\" src=\"" + path);
        assertThat(acme.get("/admin/pages/" + page + "?as=" + world.name("acme") + "&edit=" + link)
                        .text())
                .contains(path);
        // Clients send back what they received.
        Answer echoed = acme.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(Map.of("operation", "update", "id", link, "thumbnail", address))));
        assertThat(echoed.status()).as(echoed.toString()).isEqualTo(200);
        assertThat(TestClient.of(world.rival())
                        .put(
                                "/api/admin/UpdateLinks",
                                Map.of("links", List.of(Map.of("operation", "update", "id", link, "title", "Mine"))))
                        .status())
                .isEqualTo(404);
        assertThat(thumbnail(TestClient.of(world.rival()), "rival", link, picture(8, 6, "png"))
                        .status())
                .isEqualTo(404);
        assertThat(thumbnail(acme, "acme", link, new byte[] {1, 2, 3}).status()).isEqualTo(422);
        assertThat(thumbnail(acme, "acme", link, new byte[Pictures.LARGEST + 1]).status())
                .isIn(413, 422);

        acme.form("/admin/pages/" + page + "/links/" + link + "/picture", "as", world.name("acme"), "act", "remove");
        assertThat(acme.get("/api/admin/GetLinks").json().at("/links/0").has("thumbnail"))
                .isFalse();
        assertThat(TestClient.anonymous().get("/" + world.name("acme")).text()).doesNotContain("/media/" + path);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1/a.png",
        "http://169.254.169.254/latest",
        "http://[::1]/a.png",
        "http://localhost/a.png",
        "https://10.1.2.3/a.png"
    })
    void aLinksPictureIsFetchedFromNoPrivateAddress(String address) {
        String link = aLink();
        Answer refused = acme.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(Map.of("operation", "update", "id", link, "thumbnail", address))));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo("links[0].thumbnail");
        assertThat(acme.get("/api/admin/GetLinks").text()).doesNotContain(address);
    }
}
