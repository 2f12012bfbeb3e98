package dev.banyan.pages.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.PublishedPage;
import dev.banyan.themes.Theme;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The language of public pages, and their icon.
@QuarkusTest
class PageLanguageTest {

    private static final TestClient VISITOR = TestClient.anonymous();
    private static final Pattern ENGLISH = Pattern.compile("[A-Za-z]{2,}");
    private static final Pattern SAID = Pattern.compile("(?:aria-label|content)=\"([^\"/:]*)\"");

    @Inject
    PublishedPage published;

    private TestWorld world() {
        return published.world();
    }

    private TestClient acme() {
        return TestClient.of(world().acme());
    }

    private void agencyChooses(String language) {
        Answer answer = acme().put("/api/admin/UpdateLanguage", Map.of("language", language));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("language").asText("")).isEqualTo(language);
    }

    private void brandChooses(String language) {
        Answer answer = acme().put(
                        "/api/admin/UpdateSubAccount",
                        Map.of("subAccountId", published.north().id().toString(), "language", language));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().at("/subAccount/language").asText()).isEqualTo(language);
    }

    private Answer look(String document) {
        return acme().put(
                        "/api/admin/UpdateAppearance?UserId="
                                + published.north().id(),
                        TestClient.parse(document));
    }

    /// Looks twice: the second answer is from memory.
    private String page() {
        String first = VISITOR.get(published.home()).text();
        assertThat(VISITOR.get(published.home()).text()).isEqualTo(first);
        return first;
    }

    @Test
    void aPageHasItsOwnLanguageOrItsBrandsOrItsAgencys() {
        assertThat(page()).contains("<html lang=\"en\" dir=\"ltr\">", "Made with Banyan", "No links here yet.");
        agencyChooses("de");
        assertThat(page()).contains("<html lang=\"de\" dir=\"ltr\">", "Erstellt mit Banyan");
        brandChooses("ar");
        assertThat(page()).contains("<html lang=\"ar\" dir=\"rtl\">");
        assertThat(look("{\"language\":\"fr\"}").status()).isEqualTo(200);
        assertThat(page()).contains("<html lang=\"fr\" dir=\"ltr\">", "Créé avec Banyan");
        JsonNode look = acme().get(
                        "/api/admin/GetAppearance?UserId=" + published.north().id())
                .json();
        assertThat(look.path("language").asText()).isEqualTo("fr");
        assertThat(VISITOR.get("/api/public/GetUserProfile?username="
                                + published.north().username())
                        .json()
                        .path("language")
                        .asText())
                .isEqualTo("fr");

        assertThat(look("{\"language\":null}").status()).isEqualTo(200);
        assertThat(page()).contains("<html lang=\"ar\"");
        brandChooses("");
        assertThat(page()).contains("<html lang=\"de\"");
        agencyChooses("");
        assertThat(page()).contains("<html lang=\"en\"");
    }

    @Test
    void onlyLanguagesThatAreThereCanBeChosen() {
        assertThat(acme().put("/api/admin/UpdateLanguage", Map.of("language", "xx"))
                        .text())
                .contains("language must be one of en, ar, fr, de, pt, es");
        assertThat(acme().put("/api/admin/UpdateLanguage", Map.of()).status()).isEqualTo(400);
        assertThat(look("{\"language\":\"xx\"}").text()).contains("language must be one of en, ar, fr, de, pt, es");
    }

    @Test
    void itIsChosenWhereTheProfileTheBrandAndTheLookAreChanged() {
        String account = world().acme().username();
        assertThat(acme().get("/admin/settings").text()).contains("name=\"language\"", ">Español</option>");
        Answer saved = acme().form("/admin/settings/profile", "as", account, "displayName", "Acme", "language", "es");
        assertThat(saved.status()).as(saved.toString()).isEqualTo(303);
        assertThat(acme().get("/admin/settings").text()).contains("value=\"es\" lang=\"es\" selected");
        assertThat(acme().form("/admin/settings/profile", "as", account, "displayName", "Acme II")
                        .status())
                .isEqualTo(303);
        assertThat(page()).as("a form without it changes nothing").contains("<html lang=\"es\"");

        String brand = "/admin/users/sub-accounts/" + published.north().id();
        assertThat(acme().form(brand, "as", account, "displayName", "North", "type", "client", "language", "pt")
                        .status())
                .isEqualTo(303);
        assertThat(page()).contains("<html lang=\"pt\"");
        assertThat(acme().get(brand).text()).contains("value=\"pt\" lang=\"pt\" selected");
        assertThat(acme().form(brand, "as", account, "displayName", "North", "type", "client", "language", "xx")
                        .text())
                .contains("Choose a language.");
    }

    @Test
    void aNewBrandBeginsWithTheLanguageOfTheOneThatItCopies() {
        assertThat(look("{\"language\":\"ar\"}").status()).isEqualTo(200);
        String copy = world().name("copy");
        Answer made = acme().post(
                        "/api/admin/CreateSubAccount",
                        Map.of(
                                "username",
                                copy,
                                "displayName",
                                "Copy",
                                "copyFrom",
                                published.north().username()));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(VISITOR.get("/" + copy).text()).contains("<html lang=\"ar\" dir=\"rtl\">");
    }

    /// Asserts that a page is all in Arabic, but for names.
    private void assertArabic(Answer page, int status, String... names) {
        assertThat(page.status()).as(page.toString()).isEqualTo(status);
        assertThat(page.text()).contains("<html lang=\"ar\" dir=\"rtl\">");
        String said = SAID.matcher(page.text().replaceAll("<meta name=\"(viewport|robots|twitter:card)\"[^>]*>", ""))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining(" "));
        String text = said + " "
                + page.text()
                        .replaceAll("(?s)<(script|style|svg)\\b.*?</\\1>", " ")
                        .replaceAll("<[^>]*>", " ")
                        .replaceAll("&[a-z0-9#]+;", " ");
        for (String name : names) {
            text = text.replace(name, " ");
        }
        assertThat(ENGLISH.matcher(text).results().map(found -> found.group()))
                .as(text)
                .isEmpty();
    }

    @Test
    void noEnglishWordOfOursIsLeft() {
        brandChooses("ar");
        published.looks(TestClient.parse("{\"shareButton\":true,\"header\":{\"displayName\":\"شمال\"}}"));
        published.icon("email", "mailto:hello@people.example");
        published.icon("website", "https://people.example/");
        published.showManager();
        String name = published.north().username();
        String agency = world().acme().username();
        assertArabic(
                VISITOR.get(published.home()),
                200,
                name,
                agency,
                "Banyan",
                "QR",
                "WhatsApp",
                "profile",
                "http",
                "localhost",
                "png");

        Link code = published.locked("رمز", "https://vault.example/", LinkLock.Type.CODE, "Sesame");
        Link age = published.locked("عمر", "https://vault.example/", LinkLock.Type.AGE, "");
        Link sensitive = published.locked("حساس", "https://vault.example/", LinkLock.Type.SENSITIVE, "");
        Link call = published.add("هاتف", "tel:+971500000101");
        published.looks(TestClient.parse("{\"header\":{\"displayName\":\"شمال\"}}"));
        assertArabic(VISITOR.get(published.home()), 200, name, agency, "Banyan", "profile");
        for (Link link : List.of(code, age, sensitive, call)) {
            assertArabic(VISITOR.get("/go/" + link.id()), 200, name);
        }
        assertArabic(VISITOR.form("/go/" + code.id(), "code", "wrong"), 422, name);
        for (int i = 0; i < 30; i++) {
            Answer answer = VISITOR.form("/go/" + code.id(), "code", "wrong");
            assertArabic(answer, answer.status() == 429 ? 429 : 422, name);
        }

        assertArabic(VISITOR.get(published.home() + "/nowhere"), 404, "Banyan");
        published.setStatus("suspended");
        assertArabic(VISITOR.get(published.home()), 404, "Banyan");
        assertArabic(VISITOR.get("/go/" + call.id()), 404, "Banyan");
    }

    @Test
    void aShortLinkSaysWhyNotInTheLanguageOfItsAccount() {
        brandChooses("ar");
        Answer made = acme().put(
                        "/api/admin/updateShortLinks?UserId="
                                + published.north().id(),
                        Map.of(
                                "shortLinks",
                                List.of(
                                        Map.of(
                                                "operation",
                                                "add",
                                                "targetUrl",
                                                "https://a.example/",
                                                "password",
                                                "Sesame 4"),
                                        Map.of(
                                                "operation",
                                                "add",
                                                "targetUrl",
                                                "https://b.example/",
                                                "startsAt",
                                                "2099-01-01T08:00:00Z"))));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        String locked = made.json().at("/created/0/slug").asText();
        String later = made.json().at("/created/1/slug").asText();
        assertArabic(VISITOR.get("/l/" + locked), 200);
        assertArabic(VISITOR.form("/l/" + locked, "password", "wrong"), 403);
        assertArabic(VISITOR.get("/l/" + later), 404, "UTC");
    }

    // Icons

    private BufferedImage icon() {
        String html = page();
        Matcher link = Pattern.compile("<link rel=\"icon\" type=\"image/png\" href=\"(/media/icon/[^\"]+)\">")
                .matcher(html);
        assertThat(link.find()).as(html).isTrue();
        assertThat(html).contains("<link rel=\"apple-touch-icon\" href=\"" + link.group(1) + "\">");
        Answer answer = VISITOR.get(link.group(1));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).contains("image/png");
        try {
            return ImageIO.read(new ByteArrayInputStream(answer.bytes()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void theIconIsTheBrandsOwn() throws IOException {
        BufferedImage letters = icon();
        assertThat(letters.getWidth()).isEqualTo(PageIcon.SIDE);
        assertThat(letters.getHeight()).isEqualTo(PageIcon.SIDE);
        Set<Integer> colors = new HashSet<>();
        for (int x = 0; x < PageIcon.SIDE; x++) {
            colors.add(letters.getRGB(x, PageIcon.SIDE / 2));
        }
        assertThat(colors).as("letters on a ground").hasSizeGreaterThan(1);

        var red = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        var pen = red.createGraphics();
        pen.setPaint(java.awt.Color.RED);
        pen.fillRect(0, 0, 300, 200);
        pen.dispose();
        var png = new ByteArrayOutputStream();
        ImageIO.write(red, "png", png);
        Answer uploaded = acme().multipart(
                        "/admin/pages/" + published.page() + "/appearance",
                        Map.of("as", published.north().username()),
                        "avatar",
                        "red.png",
                        "image/png",
                        png.toByteArray());
        assertThat(uploaded.status()).as(uploaded.toString()).isLessThan(400);
        var drawn = new java.awt.Color(icon().getRGB(10, 10));
        assertThat(drawn.getRed()).isGreaterThan(250);
        assertThat(drawn.getGreen() + drawn.getBlue()).isLessThan(10);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void itIsDrawnInEveryTheme(Theme theme) {
        published.looks(TestClient.parse("{\"theme\":\"" + theme.key() + "\"}"));
        assertThat(icon().getWidth()).isEqualTo(PageIcon.SIDE);
    }

    @Test
    void withoutFontsItIsDrawnWithoutLetters() throws IOException {
        var icon = new PageIcon("AB", 2, Optional.empty(), Optional.empty());
        BufferedImage plain = ImageIO.read(new ByteArrayInputStream(icon.plain()));
        assertThat(plain.getRGB(90, 90)).isEqualTo(plain.getRGB(1, 1));
    }
}
