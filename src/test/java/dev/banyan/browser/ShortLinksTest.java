package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import org.junit.jupiter.api.Test;

/// The life cycle of short links: created, visited by all kinds of visitors, printed, switched off, imported.
@BrowserTest
class ShortLinksTest {

    private static final String IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

    private final Stage stage;

    ShortLinksTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void aShortLinkIsMadeAndLeadsEachVisitorWhereItShould() {
        Window window = stage.agency("poster", 0);
        String slug = "spring-" + window.username();

        window.go("/admin/dashboard").menu("Short links").click();
        window.assertHeading("Short links");
        window.look("short-links-empty");
        window.find("#create-short-link").focus();
        window.press("Enter");
        window.assertHeading("Create short link");
        assertThat(window.find("#starts")).isHidden();
        window.find("#short-link summary").all().forEach(fold -> fold.click());
        assertThat(window.find("#zone"))
                .hasValue((String) window.page().evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone"));
        window.type("#target", "https://shop.example/spring");
        window.type("#slug", slug);
        window.type("#title", "Spring poster");
        window.type("#tags", "spring poster");
        window.find("#zone").selectOption("Asia/Dubai");
        window.type("#starts", "2026-01-01T09:00");
        window.type("#utm-source", "poster");
        window.find("#rule-device-1").selectOption("ios");
        window.type("#rule-target-1", "https://shop.example/store");
        window.type("#rule-target-2", "https://shop.example/de");
        window.type("#variant-target-1", "https://shop.example/other");
        window.type("#variant-weight-1", "0");
        window.type("#rule-language-2", "d");
        window.button("Create short link").click();

        assertThat(window.find(".banner")).containsText("Rule 2: language must be two or three letters");
        assertThat(window.find("#rule-language-2")).hasAttribute("aria-invalid", "true");
        assertThat(window.find("#rule-language-2-e")).containsText("two or three letters");
        assertThat(window.find("#rule-language-2"))
                .hasAccessibleDescription("language must be two or three letters, such as de.");
        assertThat(window.find("#starts")).hasValue("2026-01-01T09:00");
        assertThat(window.find("#zone")).hasValue("Asia/Dubai");
        window.look("short-link-refused");
        window.type("#rule-language-2", "de");
        window.button("Create short link").click();
        window.assertHeading("Spring poster");
        assertThat(window.find("#starts")).hasValue("2026-01-01T09:00");
        assertThat(window.find("#zone")).hasValue("Asia/Dubai");
        assertThat(window.find(".qr svg")).isVisible();
        window.look("short-link");

        String path = "/l/" + slug;
        assertThat(target(window, path, "", "en")).isEqualTo("https://shop.example/spring?utm_source=poster");
        assertThat(target(window, path, IPHONE, "en")).isEqualTo("https://shop.example/store?utm_source=poster");
        assertThat(target(window, path, "", "de-AT,de;q=0.9")).isEqualTo("https://shop.example/de?utm_source=poster");
        window.type("#weight", "0");
        window.type("#variant-weight-1", "5");
        window.button("Save short link").click();
        assertThat(window.find(".toast")).containsText("Short link saved");
        assertThat(target(window, path, "", "en")).isEqualTo("https://shop.example/other?utm_source=poster");

        Download svg =
                window.page().waitForDownload(() -> window.link("Download SVG").click());
        assertThat(svg.suggestedFilename()).isEqualTo(slug + ".svg");
        Download png =
                window.page().waitForDownload(() -> window.link("Download PNG").click());
        assertThat(png.suggestedFilename()).isEqualTo(slug + ".png");

        window.go("/admin/short-links");
        window.look("short-links");
        window.button("Turn off " + path).focus();
        window.press("Enter");
        assertThat(window.button("Turn on " + path)).isVisible();
        Window visitor = stage.window();
        visitor.go(path).assertHeading("This link is turned off");
        visitor.look("short-link-off");
    }

    @Test
    void aShortLinkOpensWhatsApp() {
        Window window = stage.agency("chats", 0);
        String slug = "chat-" + window.username();
        String master = window.post(
                        "/admin/pools/masters",
                        Map.of("as", window.username(), "displayName", "Amira Nasser", "phone", "+971500000101"))
                .replaceFirst("^/admin/pools/([^/]+)/link.*", "$1");
        window.go("/admin/short-links/new?as=" + window.username());
        assertThat(window.find("#pool")).isHidden();
        window.find("label[for=kind-whatsapp]").click();
        assertThat(window.find("#target")).isHidden();
        window.find("#pool").selectOption(master);
        window.type("#text", "ب".repeat(500));
        window.type("#slug", slug);
        window.button("Create short link").click();
        assertThat(window.find("#text-e")).containsText("This message makes the WhatsApp link too long");
        window.look("short-link-chat-refused");
        window.type("#text", "Hello from the poster");
        window.button("Create short link").click();
        window.assertHeading("/l/" + slug);
        assertThat(window.find("#kind-whatsapp")).isChecked();
        assertThat(window.find(".qr svg")).isVisible();
        window.look("short-link-chat");
        window.go("/admin/short-links?as=" + window.username());
        assertThat(window.find("#short-link-list > li")).containsText("WhatsApp · Amira Nasser");

        Window visitor = stage.window();
        visitor.expectRefusal("/l/" + slug);
        visitor.go("/l/" + slug).assertHeading("We can’t take messages right now");
        visitor.look("short-link-chat-nobody");
        window.post("/admin/pools/" + master + "/link", Map.of("as", window.username()));
        window.post("/admin/pools/" + master + "/link/scan", Map.of("as", window.username()));
        assertThat(target(visitor, "/l/" + slug, "", "en"))
                .isEqualTo("https://wa.me/971500000101?text=Hello%20from%20the%20poster");
    }

    @Test
    void aPasswordALimitAndAnEndHoldVisitorsBackWithoutAScript() {
        Window window = stage.agency("guests", 0);
        String slug = "secret-" + window.username();
        window.go("/admin/short-links/new?as=" + window.username());
        window.type("#target", "http://shop.example/guests");
        window.type("#slug", slug);
        window.find("#short-link summary").all().forEach(fold -> fold.click());
        window.type("#password", "sesame street");
        window.type("#limit", "1");
        window.type("#fallback", "https://shop.example/over");
        window.button("Create short link").click();
        window.assertHeading("/l/" + slug);

        Window visitor = stage.windowWithoutScript();
        visitor.expectWayOut("http://shop.example/guests");
        visitor.go("/l/" + slug);
        visitor.look("short-link-password");
        visitor.type("input[type=password]", "open sesame");
        visitor.press("Enter");
        assertThat(visitor.find("main")).containsText("Wrong password");
        visitor.type("input[type=password]", "sesame street");
        visitor.press("Enter");
        assertThat(visitor.page()).hasURL("http://shop.example/guests");
        assertThat(target(visitor, "/l/" + slug, "", "en")).isEqualTo("https://shop.example/over");

        window.type("#limit", "");
        window.type("#fallback", "");
        window.find("#zone").selectOption("Asia/Dubai");
        window.type("#ends", "2026-01-01T00:00");
        window.button("Save short link").click();
        assertThat(window.find(".toast")).containsText("Short link saved");
        visitor.go("/l/" + slug).assertHeading("This link has ended");
    }

    @Test
    void manyAreTriedThenImportedAndExported() throws IOException {
        Window window = stage.agency("sheets", 0);
        String name = window.username();
        window.go("/admin/short-links/import?as=" + name);
        window.look("short-links-import");
        window.type(
                "#csv",
                "target,title,slug,tags\nhttps://shop.example/a,\"'=1+1\"," + name + "-a,poster\nnot-an-address,B,,\n");
        window.button("Preview changes").click();
        assertThat(window.find("#import-report")).containsText("1 short link can be created, 1 can’t.");
        window.look("short-links-import-tried");
        assertThat(window.page().request().get("/l/" + name + "-a").status()).isEqualTo(404);
        window.button("Create 1 short link").dblclick();
        assertThat(window.find(".toast")).containsText("Short links created. Lines with errors were skipped.");
        assertThat(window.find("#short-link-list > li")).hasCount(1);

        Download file =
                window.page().waitForDownload(() -> window.link("Export").click());
        assertThat(Files.readString(file.path())).contains("https://shop.example/a", name + "-a");
        Locator remove = window.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Delete /l/" + name + "-a…"));
        remove.focus();
        window.press("Enter");
        assertThat(window.find("dialog[open]")).isVisible();
        window.press("Escape");
        assertThat(window.find("dialog[open]")).hasCount(0);
        assertThat(remove).isFocused();
    }

    /// @param agent empty for the window's own
    private static String target(Window window, String path, String agent, String language) {
        RequestOptions request = RequestOptions.create().setMaxRedirects(0).setHeader("Accept-Language", language);
        if (!agent.isEmpty()) {
            request.setHeader("User-Agent", agent);
        }
        APIResponse answer = window.page().request().get(path, request);
        assertThat(answer.status()).isEqualTo(302);
        return Objects.requireNonNull(answer.headers().get("location"));
    }
}
