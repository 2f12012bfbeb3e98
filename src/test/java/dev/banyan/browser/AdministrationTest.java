package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.FrameLocator;
import org.junit.jupiter.api.Test;

/// An agency sets a workspace's appearance and first admin, who continues from there.
@BrowserTest
class AdministrationTest {

    private static final String PASSWORD = "a quiet harbour at dawn";

    private final Stage stage;

    AdministrationTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void fromTheAgencysSettingsToTheAdminsOwnPages() {
        Window agency = stage.agency("look", 0);
        String as = agency.username();
        String project = agency.createProject(as, "Retail Group");
        String workspace = agency.createWorkspace(as, project, "Marketing Department");
        String base = "/projects/" + project + "/sub-clients/" + workspace;
        giveItALook(agency, base, as);
        addAnAdmin(agency, base, as);
        String home = agency.find("#address").textContent().replaceFirst(".*(?=/s/)", "");
        Window amira = stage.window();
        signIn(amira, home);
        lookAfterIt(amira, home);
        changeOneself(amira, home);
        sortAndFilter(agency, as, project);
    }

    private void giveItALook(Window window, String base, String as) {
        window.go(base + "?as=" + as);
        window.link("Settings").last().click();
        window.assertHeading("Marketing Department");
        window.type("#look-color", "#ffd400");
        window.button("Save appearance").click();
        assertThat(window.find("#look-color-e")).containsText("contrast is 1.4 : 1");
        window.assertFocus("#look-color");
        window.look("workspace-settings-refused");
        window.find("button[name=suggestion]").click();
        assertThat(window.find(".toast")).containsText("Appearance saved");
        FrameLocator preview = window.page().frameLocator("#look-preview");
        window.type("#look-letters", "MD");
        assertThat(preview.locator(".ws-mark")).hasText("MD");
        window.type("#look-color", "#0b5d8e");
        window.type("#look-welcome", "Marhaba. Sign in to answer customers.");
        assertThat(preview.locator(".ws-door")).containsText("Marhaba. Sign in to answer customers.");
        window.find("#look-language").selectOption("ar");
        assertThat(preview.locator("html")).hasAttribute("dir", "rtl");
        window.button("Save appearance").click();
        assertThat(window.find("#look-color-e")).containsText("Good contrast");
        window.look("workspace-settings");
        Window visitor = stage.window();
        visitor.go(window.link("Open sign-in page").getAttribute("href").replaceFirst("^https?://[^/]+", ""));
        assertThat(visitor.button("تسجيل الدخول")).isVisible();
        visitor.look("workspace-sign-in-arabic");
        window.find("#look-language").selectOption("en");
        window.button("Save appearance").click();
        assertThat(window.find(".toast")).containsText("Appearance saved");
    }

    private static void addAnAdmin(Window window, String base, String as) {
        window.go(base + "/users?as=" + as);
        assertThat(window.find("main")).containsText("No users yet");
        window.post(
                base + "/users",
                Map.of(
                        "as",
                        as,
                        "username",
                        "amira",
                        "email",
                        "amira@people.example",
                        "password",
                        PASSWORD,
                        "role",
                        "admin",
                        "idempotencyKey",
                        ""));
        window.go(base + "/users?as=" + as);
        assertThat(window.find("#lone-admin")).containsText("There is only one admin.");
        window.type("#search", "nobody");
        assertThat(window.find("#user-rows")).containsText("Nothing matches");
        window.type("#search", "am");
        assertThat(window.find("#user-rows tbody tr")).hasCount(1);
        window.look("workspace-users-one-admin");
    }

    private static void signIn(Window window, String home) {
        window.go(home + "/login");
        assertThat(window.find(".ws-mark")).hasText("MD");
        assertThat(window.find(".ws-mark")).hasCSS("background-color", "rgb(11, 93, 142)");
        window.look("ws-login-branded");
        window.field("Username or email").fill("amira");
        window.field("Password").fill(PASSWORD);
        window.press("Enter");
        window.assertAt(home + "/chat");
    }

    private static void lookAfterIt(Window window, String home) {
        window.link("Users").click();
        window.assertHeading("Users");
        window.look("ws-users");
        window.link("Add user").click();
        window.assertHeading("Add user");
        window.look("ws-users-add");
        window.field("Username").fill("omar");
        window.field("Email").fill("omar@people.example");
        window.field("Password").fill(PASSWORD);
        window.button("Add user").click();
        window.assertHeading("Users");
        assertThat(window.find("tbody tr")).hasCount(2);
        window.link("Remove omar…").click();
        window.look("ws-users-remove");
        window.button("Remove user").click();
        assertThat(window.find("tbody tr")).hasCount(1);
        window.link("Settings").click();
        window.assertHeading("Settings");
        window.look("ws-settings");
        window.type("#ws-name", "Marketing, Gulf");
        window.button("Save changes").click();
        assertThat(window.find(".ws-bar")).containsText("Marketing, Gulf");
    }

    private static void changeOneself(Window window, String home) {
        window.find("[popovertarget=profile]").click();
        window.link("Profile and password").click();
        window.assertHeading("Profile");
        window.look("ws-own-profile");
        window.button("Sign out everywhere").click();
        window.assertAt(home + "/login");
        assertThat(window.find("main")).containsText("Signed out on all devices");
    }

    private static void sortAndFilter(Window window, String as, String project) {
        window.createWorkspace(as, project, "Accounting");
        window.go("/projects/" + project + "/sub-clients/management?as=" + as);
        window.button("Newest first").click();
        window.link("Most users first").click();
        assertThat(window.find("tbody tr .title").first()).hasText("Marketing, Gulf");
        window.type("#search", "acc");
        assertThat(window.find("tbody tr")).hasCount(1);
        window.link("Registration closed").click();
        assertThat(window.find("#results")).containsText("Nothing matches");
        window.look("workspaces-filtered");
    }
}
