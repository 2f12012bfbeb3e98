package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/// A workspace gets its first admin when it is created, on a server without mail; and its owner enters it.
@BrowserTest
class FirstAdminTest {

    private static final String PASSWORD = "a quiet harbour at dawn";

    private final Stage stage;
    private final Window owner;
    private final String agency;
    private final String project;

    FirstAdminTest(Stage stage) {
        this.stage = stage;
        owner = stage.agency("firstadmin", 0);
        agency = owner.username();
        stage.server().confirmEmail(agency + "@firstadmin.example");
        project = owner.createProject(agency, "Retail Group");
    }

    private void open() {
        owner.go("/projects/" + project + "/sub-clients/management?as=" + agency);
        owner.link("Create workspace").click();
    }

    @Test
    void theFirstAdminSignsIn() {
        open();
        owner.type("#ws-name", "Sales");
        owner.look("workspace-create-admin");
        owner.button("Create workspace").click();
        assertThat(owner.find("#admin-username[aria-invalid=true]")).hasCount(1);
        owner.type("#admin-username", "amira");
        owner.type("#admin-email", "amira@sales.example");
        owner.type("#admin-password", PASSWORD);
        owner.button("Create workspace").click();
        owner.assertHeading("Sales");
        assertThat(owner.find("#next-steps")).containsText("Link a phone");
        owner.look("workspace-next-steps");
        String home = owner.find("#address").getAttribute("data-full").replaceFirst("^https?://[^/]+", "");

        Window admin = stage.window();
        admin.go(home + "/login");
        admin.field("Username or email").fill("amira");
        admin.field("Password").fill(PASSWORD);
        admin.press("Enter");
        admin.assertAt(home + "/chat");
        admin.go(home + "/users");
        assertThat(admin.find("main")).containsText("amira@sales.example");
    }

    @Test
    void theFirstAdminIsInvitedWithACopiedLink() {
        open();
        owner.type("#ws-name", "Support");
        owner.find("#admin-invite").check();
        owner.type("#admin-email", "omar@support.example");
        owner.button("Create workspace").click();
        owner.assertHeading("Support");
        String link = owner.find("#fresh-link-url").inputValue();
        owner.look("workspace-invite-link");

        Window admin = stage.window();
        admin.go(link.replaceFirst("^https?://[^/]+", ""));
        admin.field("Username").fill("omar");
        admin.field("Password").fill(PASSWORD);
        admin.press("Enter");
        assertThat(admin.find(".ws-bar")).containsText("Support");
    }

    @Test
    void theOwnerEntersAndLeaves() {
        open();
        owner.type("#ws-name", "Care");
        owner.find("#admin-later").check();
        owner.button("Create workspace").click();
        owner.assertHeading("Care");
        owner.find("#next-steps").getByText("Enter workspace").last().click();
        assertThat(owner.find(".visit-bar")).containsText("You are here as owner of the project");
        owner.look("workspace-visit");
        owner.find(".visit-bar button").click();
        owner.assertHeading("Care");
    }
}
