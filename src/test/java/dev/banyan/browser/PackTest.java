package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// The number of brands of an agency, and the message when the limit is reached.
@BrowserTest
class PackTest {

    private final Stage stage;

    PackTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void fullPackIsSaidAndALargerOneMakesRoom() {
        Window window = stage.agency("pack", 1);
        String agency = window.username();
        for (int i = 1; i <= 2; i++) {
            window.createBrand(agency, agency + "-" + i, "Brand " + i);
        }
        window.go("/admin/brands?as=" + agency);
        window.link("Create brand").click();
        assertThat(window.find("dialog[open]")).containsText("Brand 3 of 3 in your Agency-Pro pack");
        window.type("#sub-username", agency + "-4");
        window.type("#sub-name", "Brand 4");
        window.createBrand(agency, agency + "-3", "Brand 3"); // meanwhile, in another window
        window.press("Enter");
        assertThat(window.find("dialog .banner")).containsText("All 3 brands are used.");
        window.look("create-sub-account-full");

        window.go("/admin/brands?as=" + agency);
        assertThat(window.find("#limit")).containsText("Your 3-pack is full: 3 of 3 used.");
        assertThat(window.button("Create brand")).isDisabled();
        window.look("users-full");

        stage.grant(window.accountId(), 2);
        window.page().reload();
        assertThat(window.find("#usage-t")).hasText("3 of 6 brands used");
        window.createBrand(agency, agency + "-4", "Brand 4");
        window.page().reload();
        assertThat(window.find("#sub-list li")).hasCount(4);
    }

    @Test
    void permissionWithoutPackIsExplained() {
        Window window = stage.agency("packless", 0);
        window.go("/admin/brands?as=" + window.username());
        assertThat(window.find("#limit")).containsText("Add a pack to create brands.");
        window.look("users-no-pack");
    }

    @Test
    void operatorIsToldWhichNumberIsWrong() {
        Window somebody = stage.window();
        somebody.registerQuietly(stage.newcomer("plan"));
        Window operator = stage.window();
        operator.signInQuietly(stage.server().operator());
        operator.go("/operator/accounts/" + somebody.accountId());
        operator.field("10-packs").evaluate("field => field.removeAttribute('max')");
        operator.field("10-packs").fill("100");
        operator.button("Save plan").click();
        assertThat(operator.find("#packs10-e")).containsText("Enter a number from 0 to 99.");
        operator.assertFocus("#packs10");
        operator.look("operator-account-refused");
    }

    @Test
    void searchFindsBrandsAndKeepsTheFocus() {
        Window window = stage.agency("search", 1);
        String agency = window.username();
        window.createBrand(agency, agency + "-north", "North Bakery");
        window.createBrand(agency, agency + "-south", "South Bakery");
        window.go("/admin/brands?as=" + agency);
        window.find("#search").pressSequentially("north");
        assertThat(window.find("#sub-list li")).hasCount(1);
        window.assertSaid("1 brand shown");
        window.assertFocus("#search");
        window.assertAt("/admin/brands?as=" + agency + "&q=north");
        window.type("#search", "nobody");
        assertThat(window.find("#results")).containsText("No brands match “nobody”");
        window.assertSaid("No brands match");
        window.look("users-nothing-found");
        window.link("Clear search").click();
        assertThat(window.find("#sub-list li")).hasCount(2);
    }

    @Test
    void colourSchemeStaysOnThePage() {
        Window window = stage.agency("colours", 1);
        window.go("/admin/pages?as=" + window.username());
        window.button("Dark").click();
        window.assertAt("/admin/pages?as=" + window.username());
        assertThat(window.find("html[data-theme=dark]")).hasCount(1);
        assertThat(window.button("Dark")).hasAttribute("aria-pressed", "true");
        window.button("Auto").click();
        assertThat(window.find("html[data-theme]")).hasCount(0);
        window.post("/theme", Map.of("theme", "dark", "back", "https://elsewhere.example/"));
    }
}
