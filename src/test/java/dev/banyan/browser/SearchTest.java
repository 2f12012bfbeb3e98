package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/// Search and help by keyboard alone, and areas that the sidebar hides.
@BrowserTest
class SearchTest {

    private final Stage stage;
    private final Window window;
    private final String agency;
    private final String north;

    SearchTest(Stage stage) {
        this.stage = stage;
        window = stage.agency("search", 2);
        agency = window.username();
        north = window.createBrand(agency, agency + "-north", "North Bakery");
        window.createPage(north, "Autumn menu", "autumn");
        window.createPage(agency, "Autumn fair", "fair");
    }

    @Test
    void theQuestionMarkOpensHelpForThePage() {
        window.go("/admin/short-links?as=" + agency);
        window.press("?");
        window.assertFocus("#help a >> nth=0");
        assertThat(window.find("#help")).containsText("Banyan 0.1.0");
        window.look("help");
        window.press("Enter");
        window.assertAt("/docs/guides/agency-owner#share-a-short-link");

        window.go("/admin/short-links?as=" + agency);
        window.press("/");
        window.page().keyboard().type("?");
        assertThat(window.find("#palette-q")).hasValue("?");
        assertThat(window.find("#help")).isHidden();
    }

    @Test
    void theKeyboardAloneFindsAndOpens() {
        window.go("/admin/analytics?as=" + agency);
        window.press("Control+k");
        assertThat(window.find("#palette")).isVisible();
        window.assertFocus("#palette-q");
        window.page().keyboard().type("autu");
        assertThat(window.find("#palette [role=option]")).hasCount(3); // the last one leads to all results
        assertThat(window.find("#palette-all")).hasText("All results for “autu”");
        assertThat(window.find("#palette-said")).hasText("2 results");
        assertThat(window.find("#palette-q")).hasAttribute("aria-expanded", "true");
        assertThat(window.find("#palette [aria-selected=true]")).hasCount(1);
        window.look("search");
        String first = window.find("#palette [aria-selected=true]").textContent();
        window.press("ArrowDown");
        assertThat(window.find("#palette [aria-selected=true]")).not().hasText(first);
        window.press("ArrowDown");
        assertThat(window.find("#palette-all")).hasAttribute("aria-selected", "true");
        window.press("ArrowDown"); // round to the first
        assertThat(window.find("#palette [aria-selected=true]")).hasText(first);
        window.assertFocus("#palette-q");
        window.press("Escape");
        assertThat(window.find("#palette")).isHidden();

        window.press("/");
        window.assertFocus("#palette-q");
        window.page().keyboard().type("menu");
        window.press("Enter"); // faster than the answer
        window.assertHeading("Autumn menu");
        assertThat(window.find(".acting-bar")).containsText("North Bakery");
        window.page().waitForLoadState(); // a key before the scripts run is lost

        window.press("Control+k");
        window.assertFocus("#palette-q");
        window.page().keyboard().type("create bra");
        assertThat(window.find("#palette [aria-selected=true]")).containsText("Create brand");
        window.press("Enter");
        window.assertHeading("Create brand");
    }

    @Test
    void whatWasOpenedComesFirstTheNextTime() {
        window.go("/admin/analytics?as=" + agency);
        window.press("Control+k");
        window.page().keyboard().type("fair");
        assertThat(window.find("#palette-said")).hasText("1 result");
        window.press("Enter");
        window.assertHeading("Autumn fair");
        window.page().waitForLoadState();

        window.go("/admin/dashboard?as=" + agency);
        window.press("Control+k");
        assertThat(window.find("#palette-opened")).hasText("Recently opened");
        assertThat(window.find("#palette [aria-selected=true]")).containsText("Autumn fair");
        window.look("search-recent");
        window.press("Enter");
        window.assertHeading("Autumn fair");
    }

    @Test
    void aSlashIsTypedWhereOneTypes() {
        window.go("/admin/short-links/new?as=" + agency);
        window.find("main input[type=text], main input[type=url]").first().focus();
        window.page().keyboard().type("/");
        assertThat(window.find("#palette")).isHidden();
    }

    @Test
    void aSlashRightAfterEscapeOpensItAgain() {
        window.go("/admin/analytics?as=" + agency);
        window.press("Control+k");
        window.assertFocus("#palette-q");
        window.page().evaluate("""
                () => {
                    const field = document.getElementById("palette-q");
                    document.getElementById("palette").close();
                    // The browser moves the focus away only when it draws.
                    field.dispatchEvent(new KeyboardEvent("keydown", {key: "/", bubbles: true, cancelable: true}));
                }""");
        assertThat(window.find("#palette")).isVisible();
    }

    @Test
    void itWorksWithoutAScript() {
        Window plain = stage.windowWithoutScript();
        plain.signInQuietly(new Login(agency, agency, "a quiet harbour at dawn"));
        plain.go("/admin/dashboard?as=" + agency);
        plain.find(".jump").click();
        plain.assertHeading("Search");
        plain.find("#search").fill("menu");
        plain.press("Enter");
        plain.link("Autumn menu").click();
        plain.assertHeading("Autumn menu");
    }

    @Test
    void hiddenAreasLeaveTheSidebarAndAreFound() {
        window.go("/admin/settings?as=" + agency);
        window.field("Short links").uncheck();
        window.button("Save changes to navigation").click();
        assertThat(window.find(".toast")).containsText("Navigation saved");
        assertThat(window.menu("Short links")).hasCount(0);
        assertThat(window.menu("Settings")).hasCount(1);
        window.look("navigation-settings");
        window.press("/");
        window.page().keyboard().type("short links");
        assertThat(window.find("#palette [role=option]").first()).isVisible();
        window.find("#palette [role=option][href^='/admin/short-links']").last().click();
        window.assertHeading("Short links");
        assertThat(window.menu("Short links")).hasAttribute("aria-current", "page");
    }
}
