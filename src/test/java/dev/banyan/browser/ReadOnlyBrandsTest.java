package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an agency sees when it has more brands than its plan allows.
@BrowserTest
class ReadOnlyBrandsTest {

    private final Stage stage;
    private final Window window;
    private final String agency;
    private final String north;

    ReadOnlyBrandsTest(Stage stage) {
        this.stage = stage;
        window = stage.agency("shrink", 1);
        agency = window.username();
        north = window.createBrand(agency, agency + "-north", "North Bakery");
        window.createBrand(agency, agency + "-south", "South Bakery");
        window.createPage(north, "Main", "main");
    }

    @Test
    void brandsInExcessCanBeLookedAtAndNotChanged() {
        stage.grant(window.accountId(), "pro", "agency-pro", Map.of());
        window.go("/admin/brands?as=" + agency);
        assertThat(window.find("#limit")).containsText("Your plan includes 0 brands, and you have 2.");
        assertThat(window.find("#sub-" + north)).containsText("Read-only until ");
        window.look("users-read-only");
        window.link("North Bakery").click();
        assertThat(window.find("#sub-drawer")).containsText("Your plan has no room for this brand.");
        assertThat(window.button("Save details")).hasCount(0);
        window.look("drawer-read-only");
        window.press("Escape");

        window.button("Switch to North Bakery").click();
        window.assertAt("/admin/dashboard?as=" + north);
        assertThat(window.find("#read-only")).containsText("This brand is read-only until ");
        window.look("read-only");
        window.menu("Pages").click();
        assertThat(window.find("#read-only a")).hasAttribute("href", "/admin/subscription?as=" + agency);
        window.link("Create page").click();
        window.expectRefusal("/admin/pages");
        window.field("Name").fill("Sale");
        window.field("Address").fill("sale");
        window.press("Enter");
        assertThat(window.find("dialog .banner.bad")).containsText("Nothing was saved.");
        assertThat(window.find("dialog .banner.bad")).containsText("This sub-account is read-only until ");
        window.press("Escape");
        window.find(".switcher").click();
        assertThat(window.find("#context")).containsText("read-only until ");
        window.go("/" + north).assertHeading("North Bakery"); // visitors see no difference

        stage.grant(window.accountId(), 1);
        window.go("/admin/dashboard?as=" + north);
        assertThat(window.find("#read-only")).hasCount(0);
    }

    @Test
    void brandsAreStillThereWhenThePermissionIsGone() {
        stage.grant(window.accountId(), "pro", "none", Map.of());
        window.go("/admin/brands?as=" + agency);
        assertThat(window.find("#limit")).containsText("This account no longer has an agency permission.");
        assertThat(window.find("#limit")).containsText("2 brands are read-only");
        assertThat(window.find("#sub-list li")).hasCount(2);
        assertThat(window.link("Create brand")).hasCount(0);
        window.look("users-permission-gone");
        window.go("/admin/users/sub-accounts/new?as=" + agency);
        assertThat(window.find("main")).containsText("No agency permission.");
        window.look("create-sub-account-no-permission");
    }
}
