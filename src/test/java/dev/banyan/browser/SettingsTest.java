package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/// A person's profile and sign-in, and the parts shown in a brand.
@BrowserTest
class SettingsTest {

    private final Stage stage;

    SettingsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void aPersonChangesProfileAndPhone() {
        Login login = stage.newcomer("settings");
        Window window = stage.window();
        window.registerQuietly(login);
        window.createPage(login.username(), "Main", "main");
        window.go("/admin/dashboard");
        window.menu("Settings").click();
        window.assertHeading("Settings");
        assertThat(window.menu("Settings")).hasAttribute("aria-current", "page");
        assertThat(window.find("#sign-in")).containsText("You sign in with " + login.email());
        assertThat(window.find("#sign-in")).containsText("this server can’t send email");
        window.look("settings");

        window.field("Display name").fill("Amira Nasser");
        window.find("#bio").fill("Tea, and things to read.");
        window.button("Save changes to profile").click();
        assertThat(window.find(".toast")).containsText("Profile saved");
        assertThat(window.field("Display name")).hasValue("Amira Nasser");
        assertThat(window.find(".topbar")).containsText("Amira Nasser");
        Window visitor = stage.window();
        visitor.go("/" + login.username());
        assertThat(visitor.find("body")).containsText("Amira Nasser");
        assertThat(visitor.find("body")).containsText("Tea, and things to read.");

        window.find("#phone").fill("050 000 0101");
        window.button("Save changes to phone").click();
        assertThat(window.find("#phone-e")).containsText("Use the international form");
        window.assertFocus("#phone");
        assertThat(window.find("#phone")).hasValue("050 000 0101");
        window.find("#phone").fill("+971 50 000 0101");
        window.button("Save changes to phone").click();
        assertThat(window.find(".toast")).containsText("Phone saved");
        assertThat(window.find("#phone")).hasValue("+971500000101");
    }

    @Test
    void aPersonChangesEmailAndPassword() {
        Login login = stage.newcomer("changes");
        Window elsewhere = stage.window();
        elsewhere.registerQuietly(login);
        Window window = stage.window();
        window.signInQuietly(login);
        window.go("/admin/settings");

        window.find("#new-email").fill("new-" + login.email());
        window.find("#email-password").fill("not this one");
        window.button("Change email").click();
        assertThat(window.find("#email-password-e")).containsText("That password is incorrect.");
        window.assertFocus("#email-password");
        assertThat(window.find("#new-email")).hasValue("new-" + login.email());
        window.look("settings-refused");
        window.find("#email-password").fill(login.password());
        window.button("Change email").click();
        assertThat(window.find(".toast")).containsText("New email saved. Ask the people who run this server");
        assertThat(window.find("#sign-in")).containsText("You sign in with " + login.email());
        assertThat(window.find("#sign-in")).containsText("new-" + login.email());

        window.find("#current-password").fill(login.password());
        window.find("#new-password").fill("password1");
        window.button("Change password").click();
        assertThat(window.find("#new-password-e")).containsText("too common");
        window.find("#current-password").fill(login.password());
        window.find("#new-password").fill("the tide turns at noon");
        window.button("Change password").click();
        assertThat(window.find(".toast")).containsText("Password changed");
        elsewhere.go("/admin/settings").assertAt("/login");
        window.go("/admin/settings").assertHeading("Settings");
    }

    @Test
    void aBrandHasAProfileAndNoSignIn() {
        Window window = stage.agency("brandsettings", 1);
        String agency = window.username();
        String brand = window.createBrand(agency, agency + "-cafe", "Corner Cafe");
        window.go("/admin/settings?as=" + agency); // rendered before the switch
        Window tab = window.anotherTab();
        tab.go("/admin/dashboard?as=" + brand);
        tab.menu("Settings").click();
        tab.assertHeading("Settings");
        assertThat(tab.find("main"))
                .containsText("This is a sub-account managed by " + agency
                        + ". Authentication and management features are disabled.");
        assertThat(tab.find("#sign-in")).hasCount(0);
        assertThat(tab.find("input[type=password]")).hasCount(0);
        tab.look("settings-of-brand");
        tab.field("Display name").fill("Corner Cafe & Books");
        tab.find("#contact-email").fill("hello@corner.example");
        tab.button("Save changes to profile").click();
        assertThat(tab.find(".toast")).containsText("Profile saved");
        assertThat(tab.find("#contact-email")).hasValue("hello@corner.example");
        assertThat(tab.find(".acting-bar")).containsText("Corner Cafe & Books");

        // the tab of the own account still uses the own account
        window.find("#phone").fill("+971500000101");
        window.button("Save changes to phone").click();
        assertThat(window.find(".toast")).containsText("Phone saved");
        window.find("#phone").fill("");
        window.find("#phone").evaluate("field => field.form.elements.as.value = '" + brand + "'");
        window.button("Save changes to phone").click();
        assertThat(window.find(".banner.bad")).containsText("Nothing was changed.");
    }

    @Test
    void settingsNeedNoScript() {
        Login login = stage.newcomer("plainsettings");
        Window prepared = stage.window();
        prepared.registerQuietly(login);
        Window window = stage.windowWithoutScript();
        window.signInQuietly(login);
        window.go("/admin/settings");
        window.field("Display name").fill("Omar Haddad");
        window.button("Save changes to profile").click();
        assertThat(window.find(".toast")).containsText("Profile saved");
        window.find("#look-h + form").getByText("Dark").click();
        assertThat(window.find("html")).hasAttribute("data-theme", "dark");
        window.assertHeading("Settings");
        window.look("settings-plain-dark");
    }
}
