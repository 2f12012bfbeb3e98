package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.SelectOption;
import org.junit.jupiter.api.Test;

/// All pages work without scripts, which only make them faster.
@BrowserTest
class WithoutScriptTest {

    private final Stage stage;

    WithoutScriptTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void agencyPathNeedsNoScript() {
        Window prepared = stage.agency("plain", 1);
        Login agency = new Login(prepared.username(), prepared.username(), "a quiet harbour at dawn");
        Window window = stage.windowWithoutScript();
        window.go("/login").signIn(agency);
        createBrand(window, agency.username());
        switchTo(window, "Corner Books");
        createPage(window);
        editLinks(window);
        deletePage(window);
        window.button("Back to My Account").click();
        assertThat(window.find(".acting-bar")).hasCount(0);
        window.find("[popovertarget=profile]").click();
        window.button("Sign out").click();
        window.assertAt("/login");
    }

    @Test
    void formSentTwiceDoesItsWorkOnce() {
        Window window = stage.agency("twice", 1);
        String account = window.username();
        Window plain = stage.windowWithoutScript();
        plain.signInQuietly(new Login(account, account, "a quiet harbour at dawn"));
        plain.go("/admin/pages/new?as=" + account);
        plain.field("Name").fill("Main");
        plain.field("Address").fill("main");
        String key = plain.find("input[name=idempotencyKey]").getAttribute("value");
        plain.post("/admin/pages", Map.of("as", account, "name", "Main", "slug", "main", "idempotencyKey", key));
        plain.button("Create page").click();
        plain.assertHeading("Main");

        plain.go("/admin/pages/new?as=" + account);
        String next = plain.find("input[name=idempotencyKey]").getAttribute("value");
        plain.field("Name").fill("Other");
        plain.field("Address").fill("other");
        plain.post("/admin/pages", Map.of("as", account, "name", "Two", "slug", "two", "idempotencyKey", next));
        plain.button("Create page").click();
        plain.assertHeading("Form already sent");
        plain.go("/admin/pages?as=" + account);
        assertThat(plain.find("#page-list li")).hasCount(2);
    }

    private static void createBrand(Window window, String agency) {
        window.menu("Brands").click();
        window.link("Create brand").click();
        window.assertHeading("Create brand");
        window.field("Username").fill("clientbrand1");
        window.field("Display name").fill("Corner Books");
        window.field("Start with").selectOption(new SelectOption().setLabel("No page yet"));
        window.button("Create brand").click();
        assertThat(window.find("#sub-username-e")).containsText("is taken");
        window.look("plain-create-sub-account-refused");
        window.field("Username").fill(agency + "-books");
        window.button("Create brand").click();
        assertThat(window.find(".toast")).containsText("Brand created");
        assertThat(window.find("#sub-list")).containsText("Corner Books");
    }

    private static void switchTo(Window window, String brand) {
        window.find(".switcher").click();
        window.find("#switch-options").getByText(brand).click();
        assertThat(window.find(".acting-bar")).containsText(brand);
    }

    private static void createPage(Window window) {
        window.link("Create page").click();
        window.field("Name").fill("Main");
        window.field("Address").fill("main");
        window.button("Create page").click();
        window.assertHeading("Main");
    }

    private static void editLinks(Window window) {
        for (String title : new String[] {"Novels", "Maps"}) {
            window.type("#new-title", title);
            window.type("#new-url", "https://books.example/" + title);
            window.button("Add link").click();
        }
        assertTitles(window, "Novels", "Maps");
        window.button("Move Maps up").click();
        assertTitles(window, "Maps", "Novels");
        window.find("[aria-label='Show Maps']").click();
        assertThat(window.find(".link-item.off")).containsText("Maps");
        window.link("Edit Novels").click();
        window.type("#edit-title", "Old novels");
        window.button("Save link").click();
        assertTitles(window, "Maps", "Old novels");
        window.button("Delete Maps…").click();
        window.look("plain-editor");
        window.find(".confirm:popover-open").getByText("Delete link").click();
        assertTitles(window, "Old novels");
        window.type("#new-title", "Nothing");
        window.type("#new-url", "nothing");
        window.button("Add link").click();
        assertThat(window.find("#new-url-e")).isVisible();
        assertThat(window.find("#new-title")).hasValue("Nothing");
    }

    private static void deletePage(Window window) {
        window.menu("Pages").click();
        window.link("Create page").click();
        window.field("Name").fill("Sale");
        window.field("Address").fill("sale");
        window.button("Create page").click();
        window.link("Delete page…").click();
        window.assertHeading("Delete “Sale”?");
        window.look("plain-delete-page");
        window.button("Delete page").click();
        assertThat(window.find("#page-list li")).hasCount(1);
    }

    private static void assertTitles(Window window, String... titles) {
        Locator shown = window.find(".link-item .what b");
        assertThat(shown).hasText(titles);
    }
}
