package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/// Two people: one invites, the other accepts, works for the account, and is removed.
@BrowserTest
class PeopleTest {

    private final Stage stage;
    private final Window owner;
    private final String agency;
    private final String north;

    PeopleTest(Stage stage) {
        this.stage = stage;
        owner = stage.agency("people", 1);
        agency = owner.username();
        north = owner.createBrand(agency, agency + "-north", "North Bakery");
        stage.server().confirmEmail(agency + "@people.example");
    }

    @Test
    void fromInvitationToTheEnd() {
        String page = owner.createPage(agency, "Main", "main");
        Window manager = stage.window();
        Login login = stage.newcomer("manager");
        manager.registerQuietly(login);
        stage.server().confirmEmail(login.email());

        owner.go("/admin/users?as=" + agency);
        owner.link("Invite member").click();
        owner.look("invite");
        owner.type("#email", login.email());
        owner.press("Enter");
        assertThat(owner.find("#invitations")).containsText(login.email());
        owner.look("users-invited");

        manager.go("/admin/dashboard");
        manager.link("Open invitations").click();
        assertThat(manager.find("#asked")).containsText(agency);
        manager.look("invitations");
        manager.find("#asked").getByText("Accept").click();
        manager.assertAt("/admin/dashboard?as=" + agency);
        manager.go("/admin/invitations");
        assertThat(manager.find("#joined")).containsText(agency);
        manager.look("joined");

        manager.find(".switcher").click();
        manager.look("switcher-managed");
        manager.find("#switch-managed button").click();
        manager.assertAt("/admin/dashboard?as=" + agency);
        assertThat(manager.find(".acting-bar")).containsText("Managing: " + agency);
        assertThat(manager.find("#nav")).not().containsText("Plan");
        manager.go("/admin/pages/" + page + "?as=" + agency);
        manager.type("#new-title", "Bread");
        manager.type("#new-url", "https://manager.example/bread");
        manager.press("Enter");
        assertThat(manager.find(".link-item")).hasCount(1);

        owner.go("/admin/users?as=" + agency);
        owner.find("#people li:has-text('" + login.email() + "')")
                .getByText("Edit")
                .click();
        owner.assertHeading("Edit " + login.email());
        owner.find("#scope-listed").check();
        owner.look("change-person");
        owner.button("Save changes").click();
        assertThat(owner.find("main")).containsText("Choose at least one brand.");
        owner.look("change-person-refused");
        owner.find("#boxes input").check();
        owner.button("Save changes").click();
        assertThat(owner.find(".toast")).containsText("Role saved");
        assertThat(owner.find("#people")).containsText("for " + north);
        owner.look("users-changed");
        manager.go("/admin/pages?as=" + agency);
        manager.assertHeading("This account isn't available");
        manager.go("/admin/pages?as=" + north);
        manager.assertHeading("Pages");
        owner.go("/admin/users?as=" + agency + "&people=" + login.username());
        assertThat(owner.find("#people li")).hasCount(1);
        owner.type("#people-search", "nobody-has-this");
        assertThat(owner.find("#people-found")).containsText("No members match");
        owner.look("users-nobody-found");

        owner.go("/admin/users?as=" + agency);
        owner.find("#people").getByText("Remove").click();
        owner.look("remove-person");
        owner.button("Remove").click();
        assertThat(owner.find("#people")).not().containsText(login.email());

        manager.menu("Pages").click();
        manager.assertHeading("This account isn't available");
        manager.go("/admin/dashboard");
        assertThat(manager.find(".acting-bar")).hasCount(0);
    }

    @Test
    void somebodyNewSignsUpWithTheLinkAndWorksForOneBrand() {
        Login login = stage.newcomer("freelance");
        owner.go("/admin/users/people/new?as=" + agency);
        owner.type("#email", login.email());
        owner.find("#scope-listed").check();
        owner.find("#boxes input").check();
        owner.button("Create invitation").click();
        assertThat(owner.find("#invitations")).containsText(north);
        assertThat(owner.find("#fresh-link")).containsText("This server can’t send email");
        String link = owner.find("#fresh-link-url").inputValue();
        owner.look("invite-link");
        owner.find("#fresh-link").getByText("Copy link").click();

        Window freelance = stage.windowWithoutScript();
        freelance.go(link.replaceFirst("^https?://[^/]+", ""));
        freelance.look("invited");
        freelance.type("#name", "Nour Aziz");
        freelance.type("#password", login.password());
        freelance.button("Accept invitation").click();
        freelance.assertAt("/admin/dashboard?as=" + north);
        owner.go("/admin/users?as=" + agency);
        assertThat(owner.find("#fresh-link")).hasCount(0);
        assertThat(owner.find("#people")).containsText("Nour Aziz");
        freelance.go("/admin/context?as=" + north);
        assertThat(freelance.find("#brand-list li")).hasCount(1);
        freelance.look("context-listed");
        freelance.go("/admin/invitations");
        freelance.find("#joined").getByText("Leave").click();
        assertThat(freelance.find("#joined")).hasCount(0);
    }
}
