package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/// The current account: the switcher, and tabs that don't affect each other.
@BrowserTest
class ContextTest {

    private final Window window;
    private final String agency;
    private final String north;
    private final String south;

    ContextTest(Stage stage) {
        window = stage.agency("context", 4);
        agency = window.username();
        north = window.createBrand(agency, agency + "-north", "North Bakery");
        south = window.createBrand(agency, agency + "-south", "South Bakery");
    }

    @Test
    void switcherWorksByKeyboard() {
        window.go("/admin/dashboard?as=" + agency);
        window.find(".switcher").focus();
        window.press("Enter");
        window.assertFocus("#switch-search");
        window.look("switcher");
        window.press("ArrowDown");
        window.press("ArrowDown");
        assertThat(window.button("South Bakery @" + south)).isFocused();
        window.press("n"); // a letter is typed into the search
        window.assertFocus("#switch-search");
        assertThat(window.find("#switch-search")).hasValue("n");
        window.page().keyboard().type("orth");
        assertThat(window.find("#switch-options button")).hasCount(1);
        window.assertSaid("1 brand");
        window.press("Enter");
        window.assertAt("/admin/dashboard?as=" + north);
        assertThat(window.find(".acting-bar")).containsText("North Bakery");

        window.find(".switcher").click();
        window.find("#switch-search").fill("nobody");
        assertThat(window.find("#switch-options")).containsText("No brands match “nobody”.");
        window.press("Escape");
        window.press("Escape");
        assertThat(window.find("#context")).isHidden();
        assertThat(window.find(".switcher")).isFocused();
    }

    @Test
    void theFirstArrowAndEnterTakeTheFirstThatWasFound() {
        window.go("/admin/analytics?as=" + agency);
        window.find(".switcher").focus();
        window.press("Enter");
        window.page().keyboard().type("bakery");
        assertThat(window.find("#switch-options button")).hasCount(2);
        assertThat(window.find("#switch-own")).isHidden();
        window.press("ArrowDown");
        assertThat(window.button("South Bakery @" + south)).isFocused();
        window.press("ArrowDown");
        assertThat(window.button("North Bakery @" + north)).isFocused();
        window.press("Enter");
        window.assertAt("/admin/analytics?as=" + north); // and the section stays

        window.find(".switcher").focus();
        window.press("Enter");
        window.page().keyboard().type("south");
        window.press("ArrowDown"); // faster than the answer
        assertThat(window.button("South Bakery @" + south)).isFocused();
        window.press("Enter");
        window.assertAt("/admin/analytics?as=" + south);
        window.find(".switcher").focus();
        window.press("Enter");
        window.page().keyboard().type(agency);
        assertThat(window.find("#switch-own")).isVisible();
        window.press("Enter");
        window.assertAt("/admin/analytics?as=" + agency);
    }

    @Test
    void switcherShowsTheNewestAndFindsTheOthers() {
        for (int i = 0; i < 8; i++) {
            window.createBrand(agency, agency + "-" + i, "Stall " + i);
        }
        window.go("/admin/dashboard?as=" + agency);
        window.find(".switcher").click();
        assertThat(window.find("#switch-options button")).hasCount(8);
        window.look("switcher-many");
        window.link("show all 10").click();
        window.assertHeading("Switch account");
        assertThat(window.find("#brand-list li")).hasCount(10);
        window.look("switch-account");
        window.type("#search", "north");
        assertThat(window.find("#brand-list li")).hasCount(1);
        window.assertSaid("1 brand shown");
        window.find("#brand-list").getByText("Switch").click();
        window.assertAt("/admin/dashboard?as=" + north);
    }

    @Test
    void tabsStayWithTheirAccounts() {
        String page = window.createPage(north, "Main", "main");
        window.go("/admin/pages/" + page + "?as=" + north);
        Window other = window.anotherTab();
        other.go("/admin/dashboard?as=" + agency);
        other.button("Switch to South Bakery").click(); // new pages now open with South
        other.assertAt("/admin/dashboard?as=" + south);

        window.type("#new-title", "Bread");
        window.type("#new-url", "https://north.example/bread");
        window.press("Enter");
        assertThat(window.find(".link-item")).hasCount(1);
        window.menu("Home").click();
        window.assertAt("/admin/dashboard?as=" + north);
        other.menu("Pages").click();
        assertThat(other.find("main")).containsText("No pages yet");
        other.button("Back to My Account").click();
        window.page().reload();
        assertThat(window.find(".acting-bar")).containsText("North Bakery");
    }

    @Test
    void brandsManageNobody() {
        window.go("/admin/users?as=" + north);
        assertThat(window.find("main"))
                .containsText("This is a sub-account managed by " + agency
                        + ". Authentication and management features are disabled.");
        window.look("users-of-brand");
        window.find("main").getByText("Back to My Account").click();
        window.assertAt("/admin/dashboard?as=" + agency);
    }

    @Test
    void suspendedBrandsCannotBeOpened() {
        window.go("/admin/dashboard?as=" + north);
        Window other = window.anotherTab();
        other.go("/admin/brands?as=" + agency);
        other.button("More actions for North Bakery").click();
        other.find("#menu-" + north).getByText("Suspend…").click();
        assertThat(other.find("dialog[open]")).containsText("This page is temporarily unavailable");
        other.look("suspend-sub-account");
        other.button("Suspend brand").click();
        assertThat(other.find(".toast")).containsText("Brand suspended");
        other.closeTab();
        window.menu("Pages").click();
        window.assertHeading("This account isn't available");
        window.look("error-suspended");
        window.link("Switch account").click();
        window.assertHeading("Switch account");
        window.go("/admin/dashboard");
        assertThat(window.find(".acting-bar")).hasCount(0);
        window.find(".switcher").click();
        assertThat(window.find("#switch-options button:disabled")).containsText("suspended");
        window.press("Escape");
        window.menu("Brands").click();
        assertThat(window.find("#sub-" + north)).containsText("Suspended");
        assertThat(window.button("Switch to North Bakery")).hasCount(0);
        window.look("users-suspended");
        window.go("/" + north).assertHeading("This page is temporarily unavailable");
        window.look("public-suspended");
        window.go("/admin/brands?as=" + agency);
        window.button("Reactivate North Bakery").click();
        assertThat(window.find(".toast")).containsText("Brand reactivated");
        window.button("Switch to North Bakery").click();
        window.assertAt("/admin/dashboard?as=" + north);
    }

    @Test
    void recentOnesComeFirst() {
        window.go("/admin/brands?as=" + agency);
        window.button("Switch to North Bakery").click();
        window.assertAt("/admin/dashboard?as=" + north);
        window.find(".switcher").click();
        assertThat(window.find("#switch-recent button")).containsText(new String[] {"North Bakery"});
        assertThat(window.find("#switch-options button")).containsText(new String[] {"South Bakery"});
        window.look("switcher-recent");
        window.find("#context").getByText("Back to My Account").click();
        window.assertAt("/admin/dashboard?as=" + agency);
        window.go("/admin/context?as=" + agency);
        assertThat(window.find("#results section").nth(1)).containsText("North Bakery");
        window.look("switch-account-recent");
    }

    @Test
    void menuOfAPhoneOpensAndCloses() {
        window.narrow(390, 844);
        window.go("/admin/dashboard?as=" + agency);
        window.button("Menu").click();
        assertThat(window.menu("Brands")).isVisible();
        window.screenshot("menu-phone");
        window.press("Escape");
        assertThat(window.menu("Brands")).isHidden();
        assertThat(window.button("Menu")).isFocused();
    }
}
