package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.options.RequestOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Public pages in a browser: every theme, and opening locks without a script.
@BrowserTest
class PublicPagesTest {

    private static final String TARGET = "http://vault.example/inside";

    private final Stage stage;
    private final Window owner;
    private final String account;
    private final String pageId;

    PublicPagesTest(Stage stage) {
        this.stage = stage;
        owner = stage.agency("public", 1);
        account = owner.username();
        pageId = owner.createPage(account, "Main", "main");
    }

    private void put(String route, Map<String, Object> body) {
        APIResponse answer = owner.page()
                .request()
                .put(
                        "/api/admin/" + route + "?pageId=" + pageId,
                        RequestOptions.create().setData(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static Map<String, Object> link(String title, Map<String, Object> more) {
        var link = new java.util.HashMap<String, Object>(
                Map.of("operation", "add", "title", title, "url", "https://shop.example/" + title.length()));
        link.putAll(more);
        return link;
    }

    private void rich() {
        put(
                "UpdateLinks",
                Map.of(
                        "groups",
                        List.of(
                                Map.of("operation", "add", "title", "Places", "layout", "grid", "order", 5),
                                Map.of(
                                        "operation",
                                        "add",
                                        "title",
                                        "Questions",
                                        "layout",
                                        "stack",
                                        "collapsed",
                                        true,
                                        "order",
                                        6))));
        String groups = owner.page()
                .request()
                .get("/api/admin/GetLinks?pageId=" + pageId)
                .text();
        var ids = java.util.regex.Pattern.compile("\"id\":\"([^\"]+)\"")
                .matcher(groups)
                .results()
                .map(id -> id.group(1))
                .toList();
        put(
                "UpdateLinks",
                Map.of(
                        "links",
                        List.of(
                                link("Order beans online", Map.of("layout", "featured", "order", 1)),
                                link("Photos of the week", Map.of("icon", "instagram", "order", 2)),
                                link("Breakfast, from seven on", Map.of("icon", "☕", "order", 3, "animation", "pulse")),
                                link(
                                        "Whisky evening",
                                        Map.of("order", 4, "lock", Map.of("enabled", true, "type", "age"))),
                                link("Quay 4", Map.of("groupId", ids.get(0), "icon", "📍")),
                                link("Old harbour", Map.of("groupId", ids.get(0))),
                                link("Do you ship abroad?", Map.of("groupId", ids.get(1))))));
        put(
                "UpdateAppearance",
                Map.of(
                        "header",
                        Map.of(
                                "displayName",
                                "Harbour Coffee",
                                "bio",
                                "Beans roasted on Tuesdays, poured every day.")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "air",
                "blocks",
                "lake",
                "mineral",
                "agate",
                "astrid",
                "aura",
                "bloom",
                "breeze",
                "honeycomb"
            })
    void everyThemeAtTwoSizes(String theme) {
        rich();
        if (!theme.equals("default")) {
            put("UpdateAppearance", Map.of("theme", theme));
        }
        Window visitor = stage.window();
        visitor.go("/" + account).assertHeading("Harbour Coffee");
        visitor.find("summary").click();
        assertThat(visitor.find("details a")).isVisible();
        visitor.look("theme-" + theme);
    }

    private void lock(Map<String, Object> lock) {
        put(
                "UpdateLinks",
                Map.of(
                        "links",
                        List.of(Map.of("operation", "add", "title", "The vault", "url", TARGET, "lock", lock))));
    }

    @Test
    void aCodeOpensALinkWithoutAScript() {
        lock(Map.of("enabled", true, "type", "code", "code", "Sesame", "message", "Ask at the bar."));
        Window visitor = stage.windowWithoutScript();
        visitor.go("/" + account);
        visitor.find(".locked").click();
        visitor.assertHeading("The vault");
        assertThat(visitor.find("main")).containsText("Ask at the bar.");
        visitor.look("locked-link");
        visitor.find("#code").fill("sesame");
        visitor.find("button").click();
        assertThat(visitor.find("[role=alert]")).containsText("Wrong code.");
        visitor.look("locked-link-wrong");
        visitor.expectWayOut(TARGET);
        visitor.find("#code").fill("Sesame");
        visitor.find("button").click();
        assertThat(visitor.page()).hasURL(TARGET);
        visitor.go("/" + account);
        visitor.find(".locked").click();
        assertThat(visitor.page()).hasURL(TARGET); // asked only once
    }

    @Test
    void ageIsAskedFor() {
        lock(Map.of("enabled", true, "type", "age"));
        Window visitor = stage.window();
        visitor.go("/" + account);
        visitor.find(".locked").focus();
        visitor.press("Enter");
        visitor.assertHeading("The vault");
        visitor.look("locked-link-age");
        visitor.expectWayOut(TARGET);
        visitor.button("I’m 18 or older").focus();
        visitor.press("Enter");
        assertThat(visitor.page()).hasURL(TARGET);
    }

    @Test
    void aSensitiveLinkIsConfirmedWithoutAScript() {
        lock(Map.of("enabled", true, "type", "sensitive", "message", "Not for the faint of heart."));
        Window visitor = stage.windowWithoutScript();
        visitor.go("/" + account);
        visitor.find(".locked").click();
        assertThat(visitor.find("main")).containsText("Not for the faint of heart.");
        visitor.look("locked-link-sensitive");
        visitor.expectWayOut(TARGET);
        visitor.find("main button").click();
        assertThat(visitor.page()).hasURL(TARGET);
    }

    @Test
    void aLookIsChosenWithoutAScript() {
        Window plain = stage.windowWithoutScript();
        plain.page().context().addCookies(owner.page().context().cookies());
        plain.go("/admin/pages/" + pageId + "/appearance?as=" + account);
        plain.find("input[name=theme][value=lake]").check();
        plain.find("#look-displayName").fill("By the lake");
        plain.button("Save changes").last().click();
        assertThat(plain.find("input[name=theme][value=lake]")).isChecked();
        plain.look("plain-appearance");
        plain.go("/" + account).assertHeading("By the lake");
    }

    @Test
    void codesForPrint() {
        owner.addLink(account, pageId, "Shop", "https://shop.example/");
        owner.go("/admin/pages/" + pageId + "/qr?as=" + account).assertHeading("QR codes");
        assertThat(owner.find(".qr svg")).isVisible();
        owner.look("qr-codes");
    }
}
