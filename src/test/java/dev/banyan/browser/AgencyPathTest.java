package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import org.junit.jupiter.api.Test;

/// The main workflow of the product, as done by a person.
@BrowserTest
class AgencyPathTest {

    private static final String MENU = "http://harbour.example/menu";

    private final Stage stage;

    AgencyPathTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void newAgencyBringsABrandOnline() {
        Login anna = stage.newcomer("anna");
        Window window = stage.window();
        register(window, anna);
        seeWhatANewAccountHas(window);
        becomeAgency(window, anna);
        String brand = createBrand(window, anna);
        switchTo(window, brand);
        String editor = createPage(window);
        fillPage(window);
        visit(window, brand);
        seeTheClick(window, editor);
        switchBack(window, anna);
        signOut(window);
    }

    private static void register(Window window, Login person) {
        window.go("/");
        window.assertAt("/login");
        window.link("Create an account").click();
        window.assertAt("/register");
        window.assertFocus("#email");
        window.field("Email").fill(person.email());
        window.field("Username").fill(person.username());
        window.field("Password").fill(person.password());
        window.button("Create account").click();
        window.assertAt("/admin/dashboard");
    }

    private static void seeWhatANewAccountHas(Window window) {
        assertThat(window.find("main")).containsText("No pages yet");
        window.look("dashboard-new");
        window.menu("Brands").click();
        assertThat(window.find("main")).containsText("No agency permission");
        window.look("users-no-permission");
        window.menu("Pages").click();
        assertThat(window.find("main")).containsText("No pages yet");
        window.look("pages-none");
    }

    private void becomeAgency(Window window, Login agency) {
        Window operator = stage.window();
        operator.go("/login").signIn(stage.server().operator());
        operator.assertAt("/operator");
        operator.menu("Accounts").click();
        operator.type("#search", agency.username());
        assertThat(operator.find("#results tbody tr")).hasCount(1);
        operator.assertSaid("1 account shown");
        operator.assertFocus("#search");
        operator.link(agency.username()).click();
        operator.find("#tier").selectOption("pro");
        operator.field("Agency permission").selectOption("agency-pro");
        operator.field("3-packs").fill("1");
        operator.button("Save plan").click();
        assertThat(operator.find(".toast")).containsText("Plan saved");
        assertThat(operator.find(".facts")).containsText("0 of 3");
        operator.close();

        window.menu("Brands").click();
        assertThat(window.find("#usage-t")).hasText("0 of 3 brands used");
        assertThat(window.find("main")).containsText("No brands yet");
        window.look("users-none");
    }

    private static String createBrand(Window window, Login agency) {
        Locator create = window.link("Create brand");
        create.focus();
        window.press("Enter");
        window.assertFocus("#sub-name");
        window.look("create-sub-account");
        window.press("Escape");
        assertThat(window.find("dialog[open]")).hasCount(0);
        assertThat(create).isFocused();

        create.click();
        window.field("Username").fill("clientbrand1");
        window.field("Display name").fill("Harbour Coffee");
        window.field("Start with").selectOption(new SelectOption().setLabel("No page yet"));
        window.find("dialog .primary").click();
        assertThat(window.find("#sub-username-e")).containsText("“clientbrand1” is taken.");
        window.assertFocus("#sub-username");
        assertThat(window.field("Display name")).hasValue("Harbour Coffee");
        window.look("create-sub-account-refused");

        String brand = agency.username() + "-harbour";
        window.field("Username").fill(brand);
        window.press("Enter");
        assertThat(window.find(".toast")).containsText("Brand created");
        window.assertSaid("Brand created");
        assertThat(window.find("#sub-" + brand)).containsText("Harbour Coffee");
        assertThat(window.find("#usage-t")).hasText("1 of 3 brands used");
        return brand;
    }

    private static void switchTo(Window window, String brand) {
        window.button("Switch to Harbour Coffee").click();
        window.assertAt("/admin/dashboard?as=" + brand);
        assertThat(window.find(".acting-bar")).containsText("Managing: Harbour Coffee");
        assertThat(window.menu("Brands")).hasCount(0);
        window.look("dashboard-of-new-brand");
    }

    private static String createPage(Window window) {
        window.link("Create page").click();
        window.assertFocus("#new-name");
        window.field("Name").fill("Main");
        window.field("Address").fill("Not an address");
        window.find("dialog .primary").click();
        window.assertFocus("#new-slug");
        window.look("create-page-refused");
        window.field("Address").fill("main");
        window.press("Enter");
        assertThat(window.find(".toast")).containsText("Page created");
        window.assertHeading("Main");
        window.look("editor-empty");
        return window.path();
    }

    private static void fillPage(Window window) {
        window.type("#new-title", "Menu");
        window.type("#new-url", MENU);
        window.press("Enter");
        assertThat(window.find(".link-item")).hasCount(1);
        window.assertSaid("Link added");
        window.assertFocus("#new-title");
        window.type("#new-title", "Visit");
        window.type("#new-url", "maps.example/harbour");
        window.press("Enter");
        assertThat(window.find(".link-item")).hasCount(2);
        assertThat(window.page().frameLocator("#preview").locator("b")).hasText(new String[] {"Menu", "Visit"});
    }

    private static void visit(Window window, String brand) {
        Window visitor = window.anotherTab();
        visitor.go("/" + brand);
        visitor.assertHeading("Harbour Coffee");
        visitor.expectWayOut(MENU);
        visitor.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Menu harbour.example"))
                .click();
        assertThat(visitor.page()).hasURL(MENU);
        visitor.closeTab();
    }

    private static void seeTheClick(Window window, String editor) {
        window.go(editor);
        var clicks = window.find(".link-item").first().locator(".clicks");
        for (int looks = 0; looks < 50 && !clicks.textContent().strip().equals("1 click"); looks++) {
            window.go(editor); // clicks are written once a second
        }
        assertThat(clicks).hasText("1 click");
        window.look("editor");
        window.menu("Home").click();
        assertThat(window.find(".figures > div:has(dt:text-is('Link clicks')) > dd")
                        .first())
                .hasText("1");
    }

    private static void switchBack(Window window, Login agency) {
        window.button("Back to My Account").click();
        window.assertAt("/admin/dashboard?as=" + agency.username());
        assertThat(window.find(".acting-bar")).hasCount(0);
        window.look("dashboard-of-agency");
    }

    private static void signOut(Window window) {
        window.find("[popovertarget=profile]").click();
        window.button("Sign out").click();
        window.assertAt("/login");
        window.go("/admin/dashboard");
        window.assertAt("/login?next=%2Fadmin%2Fdashboard");
    }
}
