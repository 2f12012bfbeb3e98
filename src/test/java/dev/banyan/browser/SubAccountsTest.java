package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.options.SelectOption;
import org.junit.jupiter.api.Test;

/// Managing an agency's sub-accounts on the Users page.
@BrowserTest
class SubAccountsTest {

    private final Stage stage;
    private final Window window;
    private final String agency;
    private final String north;
    private final String south;

    SubAccountsTest(Stage stage) {
        this.stage = stage;
        window = stage.agency("brands", 1);
        agency = window.username();
        north = window.createBrand(agency, agency + "-north", "North Bakery");
        south = window.createBrand(agency, agency + "-south", "South Bakery");
        window.go("/admin/brands?as=" + agency);
    }

    @Test
    void namesAreCheckedWhileOneTypes() {
        window.link("Create brand").click();
        window.find("#sub-username").pressSequentially(north);
        assertThat(window.find("#sub-username-e")).containsText("“" + north + "” is taken. Try " + north + "2");
        assertThat(window.find("#sub-username")).hasAttribute("aria-invalid", "true");
        window.assertSaid("“" + north + "” is taken. Available: " + north + "2, " + north + "3");
        window.look("create-sub-account-live");
        window.field("Display name").fill("Third Bakery");
        window.link(north + "3").click();
        assertThat(window.find("#sub-username")).hasValue(north + "3");
        window.assertFocus("#sub-username");
        window.assertSaid("“" + north + "3” is available.");
        assertThat(window.find("#sub-username[aria-invalid]")).hasCount(0);
        assertThat(window.field("Display name")).hasValue("Third Bakery");
        window.type("#sub-username", "a!");
        assertThat(window.find("#sub-username-e")).containsText("Use 3 to 30 letters, digits");
        window.type("#sub-username", "login");
        assertThat(window.find("#sub-username-e")).containsText("“login” is taken.");
        window.type("#sub-username", "");
        assertThat(window.find("#sub-username-e")).containsText("3 to 30 letters");
    }

    @Test
    void aBrandBeginsWithATemplateAndOpensInTheEditor() {
        String page = window.createPage(north, "North Bakery", "home");
        window.addLink(north, page, "Visit {brand}", "https://example.com/{username}");
        window.go("/admin/brands/templates/new?as=" + agency + "&from=" + north);
        window.type("#template-name", "Bakery");
        window.button("Save template").click();
        assertThat(window.find(".toast")).containsText("Template saved");
        window.look("brand-templates");
        window.go("/admin/brands?as=" + agency);
        window.link("Create brand").click();
        window.find("#sub-name").pressSequentially("Crème " + agency);
        assertThat(window.find("#sub-username")).hasValue(("creme-" + agency).replace('_', '-'));
        window.find("#sub-start").selectOption(new SelectOption().setLabel("Bakery"));
        window.look("create-brand-from-template");
        window.find("dialog .primary").click();
        assertThat(window.find(".toast")).containsText("Brand created");
        window.assertHeading("Crème " + agency);
        assertThat(window.find("#links")).containsText("Visit Crème " + agency);
        assertThat(window.find("main .state.good").first()).hasText("Published");
    }

    @Test
    void drawerShowsAndChangesAll() {
        window.link("North Bakery").click();
        assertThat(window.find("#sub-drawer")).containsText("@" + north);
        assertThat(window.find("#sub-drawer .facts")).containsText("0 of 3");
        assertThat(window.find("#sub-drawer .facts")).containsText("by " + agency + "@brands.example");
        window.assertFocus("#drawer-h");
        window.look("drawer");
        window.type("#edit-email", "nonsense");
        window.find("#edit-email").evaluate("field => field.type = 'text'");
        window.button("Save details").click();
        assertThat(window.find("#edit-email-e")).isVisible();
        window.assertFocus("#edit-email");
        window.look("drawer-refused");
        window.type("#edit-email", "");
        window.type("#edit-name", "North Bakery & Café");
        window.type("#edit-label", "retainer");
        window.type("#edit-notes", "Pays in spring.");
        window.field("Type").selectOption("brand");
        window.button("Save details").click();
        assertThat(window.find(".toast")).containsText("Details saved");
        assertThat(window.find("#sub-" + north)).containsText("North Bakery & Café");
        assertThat(window.find("#sub-" + north)).containsText("label “retainer”");
        window.link("North Bakery & Café").click();
        assertThat(window.field("Type")).hasValue("brand");
        assertThat(window.find("#edit-notes")).hasValue("Pays in spring.");
        window.press("Escape");
        assertThat(window.find("dialog[open]")).hasCount(0);
        assertThat(window.link("North Bakery & Café")).isFocused();
    }

    @Test
    void whatIsDeletedCanBeRestored() {
        window.createPage(north, "Main", "main");
        window.link("North Bakery").click();
        window.find("#sub-drawer .dialog-foot").getByText("Delete…").click(); // opens the next dialog
        assertThat(window.find("#act-dialog")).containsText("Delete “North Bakery”?");
        assertThat(window.find("#act-dialog"))
                .containsText("1 page, 0 links and all its projects and workspaces go with it");
        assertThat(window.find("dialog[open]")).hasCount(1);
        window.look("delete-sub-account");
        window.button("Delete brand").click();
        assertThat(window.find(".toast")).containsText("Brand deleted");
        assertThat(window.find("#usage-t")).hasText("1 of 3 brands used");
        assertThat(window.find("#sub-list li")).hasCount(1);
        Window visitor = stage.window();
        org.assertj.core.api.Assertions.assertThat(
                        visitor.page().navigate("/" + north).status())
                .isEqualTo(404);
        visitor.close();
        window.find("#states").getByText("Deleted").click();
        assertThat(window.find("#sub-list li")).containsText("Deleted, 30 days left");
        window.look("users-deleted");
        window.link("North Bakery").click();
        assertThat(window.find("#sub-drawer")).containsText("restore it with everything in it");
        window.look("drawer-deleted");
        window.press("Escape");
        window.button("Restore North Bakery").click();
        assertThat(window.find(".toast")).containsText("Brand restored");
        assertThat(window.find("#usage-t")).hasText("2 of 3 brands used");
        window.go("/" + north).assertHeading("North Bakery");
    }

    @Test
    void aDeletedOneNeedsRoomToComeBack() {
        window.post("/admin/users/sub-accounts/" + north + "/delete", Map.of("as", agency));
        window.createBrand(agency, agency + "-3", "Third");
        window.createBrand(agency, agency + "-4", "Fourth");
        window.go("/admin/brands?as=" + agency + "&state=deleted");
        window.button("Restore North Bakery").click();
        assertThat(window.find("main .banner.bad")).containsText("3 of 3 brands used.");
        assertThat(window.link("Upgrade to 10-brand pack")).isVisible();
        window.look("restore-refused");
    }

    @Test
    void filterAndOrder() {
        window.post("/admin/users/sub-accounts/" + south + "/suspend", Map.of("as", agency));
        window.find("#states").getByText("Suspended").click();
        assertThat(window.find("#sub-list li")).hasCount(1);
        assertThat(window.find("#sub-list")).containsText("South Bakery");
        window.link("South Bakery").click();
        assertThat(window.find("#sub-drawer")).containsText("Suspended since");
        window.look("drawer-suspended");
        window.press("Escape");
        window.find("#states").getByText("Active").click();
        assertThat(window.find("#sub-list")).not().containsText("South Bakery");
        window.find("#states").getByText("Deleted").click();
        assertThat(window.find("#results")).containsText("No deleted brands");
        window.find("#states").getByText("All").click();
        assertThat(window.find("#sub-list li .who a")).hasText(new String[] {"South Bakery", "North Bakery"});
        window.button("Newest first").click();
        window.look("users-order");
        window.link("By username").click();
        assertThat(window.find("#sub-list li .who a")).hasText(new String[] {"North Bakery", "South Bakery"});
        window.type("#search", "south");
        assertThat(window.find("#sub-list li .who a")).hasText(new String[] {"South Bakery"});
        window.assertAt("/admin/brands?as=" + agency + "&sort=username&q=south");
    }

    @Test
    void longListsHavePages() {
        stage.grant(window.accountId(), "pro", "agency-pro", Map.of("packs25", 3));
        for (int i = 1; i <= 51; i++) {
            window.createBrand(agency, agency + "-" + i, "Stall " + i);
        }
        window.go("/admin/brands?as=" + agency);
        assertThat(window.find("#sub-list li")).hasCount(50);
        window.link("Next").click();
        assertThat(window.find("#sub-list li .who a"))
                .hasText(new String[] {"Stall 1", "South Bakery", "North Bakery"});
        window.link("First page").click();
        assertThat(window.find("#sub-list li .who a").first()).hasText("Stall 51");
        window.go("/admin/context?as=" + agency);
        window.link("Next").click();
        assertThat(window.find("#brand-list li")).hasCount(3);
    }

    @Test
    void allOfItWithoutScript() {
        Window plain = stage.windowWithoutScript();
        plain.signInQuietly(new Login(agency, agency, "a quiet harbour at dawn"));
        plain.go("/admin/brands?as=" + agency);
        plain.link("North Bakery").click();
        plain.assertHeading("North Bakery");
        plain.look("plain-sub-account");
        plain.type("#edit-label", "pilot");
        plain.button("Save details").click();
        assertThat(plain.find("#sub-" + north)).containsText("label “pilot”");
        plain.link("North Bakery").click();
        plain.link("Suspend…").click();
        plain.button("Suspend brand").click();
        assertThat(plain.find("#sub-" + north)).containsText("Suspended");
        plain.link("North Bakery").click();
        plain.link("Delete…").click();
        plain.assertHeading("Delete “North Bakery”?");
        plain.button("Delete brand").click();
        assertThat(plain.find("#sub-list li")).hasCount(1);
        plain.link("Deleted").click();
        plain.button("Restore North Bakery").click();
        assertThat(plain.find(".toast")).containsText("Brand restored");
        assertThat(plain.find("#sub-" + north)).containsText("Suspended"); // unchanged
        plain.go("/admin/context?as=" + agency + "&q=south");
        plain.button("Switch to South Bakery").click();
        assertThat(plain.find(".acting-bar")).containsText("South Bakery");
    }
}
