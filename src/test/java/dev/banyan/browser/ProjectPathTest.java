package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/// An agency creates workspaces for its clients.
@BrowserTest
class ProjectPathTest {

    private final Stage stage;

    ProjectPathTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void fromNothingToAWorkspaceAndBack() {
        Window window = stage.agency("rooms", 0);
        String agency = window.username();
        window.go("/admin/dashboard?as=" + agency);
        window.menu("Projects").click();
        window.assertHeading("Projects");
        window.look("projects-empty");
        createProject(window);
        enable(window);
        createWorkspace(window);
        seeItsAddress(window);
        suspendAndDelete(window);
    }

    private static void createProject(Window window) {
        window.link("Create project").click();
        window.assertFocus("#project-name");
        window.look("projects-create");
        window.type("#project-name", "x".repeat(100));
        window.find("#project-name").evaluate("field => field.removeAttribute('maxlength')");
        window.type("#project-name", "x".repeat(101));
        window.button("Create project").click();
        assertThat(window.find("#project-name-e")).containsText("100 characters");
        assertThat(window.find("#project-name")).hasValue("x".repeat(101));
        window.assertFocus("#project-name");
        window.type("#project-name", "Retail Group");
        window.type("#project-description", "Shops and franchises in the Gulf.");
        assertThat(window.find("#project-registration")).not().isChecked();
        window.find("#project-registration").check();
        window.button("Create project").click();
        window.assertHeading("Workspaces");
        assertThat(window.find(".toast")).containsText("Project created");
        assertThat(window.find("main")).containsText("No workspaces yet");
        window.look("workspaces-none");
    }

    private static void enable(Window window) {
        window.link("Project settings").click();
        window.assertHeading("Project settings");
        Locator enabled = window.find("#enabled");
        assertThat(enabled).hasAttribute("aria-checked", "true");
        enabled.click();
        assertThat(window.find("#enabled")).hasAttribute("aria-checked", "false");
        enabled.click();
        assertThat(window.find("#enabled")).hasAttribute("aria-checked", "true");
        window.assertFocus("#enabled");
        window.assertSaid("Workspaces are on. Registration for new ones is open.");
        window.look("project-settings");
        window.find("#registration").click();
        assertThat(window.find("#registration")).hasAttribute("aria-checked", "false");
        window.find("#registration").click();
        assertThat(window.find("#registration")).hasAttribute("aria-checked", "true");
        window.type("#project-name", "Retail Group Gulf");
        window.button("Save changes").click();
        assertThat(window.find(".toast")).containsText("Project saved");
        window.link("Retail Group Gulf").click();
        window.assertHeading("Workspaces");
    }

    private static void createWorkspace(Window window) {
        window.look("workspaces-empty");
        window.link("Create workspace").click();
        window.assertFocus("#ws-name");
        window.look("workspaces-create");
        window.type("#ws-name", "Marketing Department");
        window.type("#ws-description", "Campaigns, press and partners.");
        window.find("#admin-later").check();
        assertThat(window.find("#admin-username")).isHidden();
        window.button("Create workspace").click();
        window.assertHeading("Marketing Department");
        assertThat(window.find(".toast")).containsText("Workspace created");
        window.look("workspace");
        window.find("#registration").click();
        assertThat(window.find("#registration")).hasAttribute("aria-checked", "false");
        window.assertSaid("Registration is closed");
        assertThat(window.find("#doors")).containsText("Only people added by you or an admin");
    }

    private static void seeItsAddress(Window window) {
        window.link("Edit details…").click();
        window.assertFocus("#ws-name");
        window.look("workspace-edit");
        window.type("#ws-pathname", "Not An Address");
        window.button("Save changes").click();
        assertThat(window.find("#ws-pathname")).hasAttribute("aria-invalid", "true");
        window.assertFocus("#ws-pathname");
        window.type("#ws-pathname", "press");
        window.button("Save changes").click();
        assertThat(window.find(".toast")).containsText("Workspace saved");
        assertThat(window.find("#address")).containsText("-press");
        window.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        window.button("Copy workspace address").click();
        window.assertSaid("Copied");
        String copied = (String) window.page().evaluate("navigator.clipboard.readText()");
        org.assertj.core.api.Assertions.assertThat(copied).matches("http://[^/]+/s/[0-9A-Za-z]{4}-press");
    }

    private static void suspendAndDelete(Window window) {
        window.button("Suspend workspace").click();
        assertThat(window.find(".toast")).containsText("Workspace suspended");
        assertThat(window.find("h1 .badge")).hasText("Suspended");
        window.look("workspace-suspended");
        window.link("Delete workspace…").click();
        window.look("workspace-delete");
        window.button("Delete workspace").click();
        window.assertHeading("Workspaces");
        assertThat(window.find(".toast")).containsText("Workspace deleted");
        assertThat(window.find("main")).containsText("No workspaces yet");
        window.link("Project settings").click();
        window.link("Delete project…").click();
        window.look("project-delete");
        window.button("Delete project").click();
        window.assertHeading("Projects");
        assertThat(window.find("main")).containsText("No projects yet");
    }

    @Test
    void manyWorkspacesAreFoundPickedAndActedOn() {
        Window window = stage.agency("many", 0);
        String agency = window.username();
        String project = window.createProject(agency, "Retail Group");
        for (String name : List.of("Support", "Sales, Gulf", "Franchise Jeddah", "Marketing Department")) {
            window.createWorkspace(agency, project, name);
        }
        window.go("/projects/" + project + "/sub-clients/management?as=" + agency);
        assertThat(rows(window)).hasCount(4);
        assertThat(window.find(".bulkbar")).isHidden();
        window.type("#search", "sales");
        assertThat(rows(window)).hasCount(1);
        window.assertSaid("1 workspace shown");
        window.type("#search", "");
        assertThat(rows(window)).hasCount(4);
        window.find("[data-pick-all]").click();
        window.assertSaid("4 selected");
        window.find("[aria-label='Select Support']").click();
        assertThat(window.find(".bulkbar")).isVisible();
        window.look("workspaces-picked");
        window.button("Suspend selected workspaces").click();
        assertThat(window.find("#report")).containsText("3 workspaces suspended.");
        window.assertFocus("#report");
        window.link("Suspended 3").click();
        assertThat(rows(window)).hasCount(3);
        window.look("workspaces-suspended");
        window.link("All 4").click();
        window.find("[data-pick-all]").click();
        window.button("Delete… selected workspaces").click();
        window.assertHeading("Delete 3 workspaces?");
        assertThat(window.find("main")).containsText("1 active workspace won’t be deleted: Support.");
        window.look("workspaces-delete");
        window.button("Delete 3 workspaces").click();
        assertThat(window.find("#report")).containsText("3 workspaces deleted.");
        assertThat(rows(window)).hasCount(1);
        window.type("#search", "nothing like it");
        assertThat(window.find("#results")).containsText("Nothing matches");
        window.look("workspaces-nothing-found");
    }

    private static Locator rows(Window window) {
        return window.find("#results tbody tr");
    }

    @Test
    void theMenuOfARowSuspendsAndActivates() {
        Window window = stage.agency("menus", 0);
        String agency = window.username();
        String project = window.createProject(agency, "Retail Group");
        window.createWorkspace(agency, project, "Support");
        window.go("/projects/" + project + "/sub-clients/management?as=" + agency + "&state=active");
        window.button("More actions for Support").click();
        window.look("workspaces-menu");
        assertThat(window.find(".menu:popover-open [disabled]")).containsText("suspend first");
        window.find(".menu:popover-open")
                .getByText("Suspend", new Locator.GetByTextOptions().setExact(true))
                .click();
        window.assertAt("/projects/" + project + "/sub-clients/management?as=" + agency + "&state=active");
        assertThat(window.find(".toast")).containsText("Workspace suspended");
        assertThat(window.find("#results")).containsText("No active workspaces");
        window.link("Show all").click();
        window.button("More actions for Support").click();
        window.find(".menu:popover-open").getByText("Activate").click();
        assertThat(window.find(".toast")).containsText("Workspace activated");
    }

    @Test
    void usersAreAddedPromotedAndRemoved() {
        Window window = stage.agency("staff", 0);
        String agency = window.username();
        String project = window.createProject(agency, "Retail Group");
        String workspace = window.createWorkspace(agency, project, "Support");
        window.go("/projects/" + project + "/sub-clients/" + workspace + "?as=" + agency);
        window.find(".tabs").getByText("Users").click();
        window.look("workspace-users-empty");
        window.link("Add user").click();
        window.assertFocus("#user-name");
        window.look("workspace-users-add");
        addUser(window, "n", "no", "short");
        assertThat(window.find("#add-dialog [aria-invalid=true]")).hasCount(3);
        addUser(window, "amira_nasser", "amira@retail.example", "a quiet harbour");
        assertThat(window.find(".toast")).containsText("User added");
        window.link("Add user").click();
        addUser(window, "AMIRA_NASSER", "other@retail.example", "a quiet harbour");
        assertThat(window.find("#user-name-e")).containsText("Choose another");
        window.assertFocus("#user-name");
        addUser(window, "omar", "omar@retail.example", "a quiet harbour");
        assertThat(window.find("tbody tr")).hasCount(2);

        window.find("[aria-label='Role of amira_nasser']").selectOption("admin");
        window.look("workspace-users");
        window.button("Save role of amira_nasser").click();
        assertThat(window.find(".toast")).containsText("Role saved");
        window.find("[aria-label='Role of amira_nasser']").selectOption("user");
        window.button("Save role of amira_nasser").click();
        assertThat(window.find(".banner.bad")).containsText("This is the only admin.");
        window.link("Remove amira_nasser…").click();
        window.button("Remove user").click();
        assertThat(window.find("dialog .banner.bad")).containsText("This is the only admin.");
        window.look("workspace-users-last-admin");
        window.button("Cancel").click();
        window.link("Remove omar…").click();
        window.button("Remove user").click();
        assertThat(window.find(".toast")).containsText("User removed");
        assertThat(window.find("tbody tr")).hasCount(1);
    }

    private static void addUser(Window window, String username, String email, String password) {
        window.type("#user-name", username);
        window.type("#user-email", email);
        window.type("#user-password", password);
        window.page()
                .getByRole(AriaRole.BUTTON, new com.microsoft.playwright.Page.GetByRoleOptions().setName("Add user"))
                .click();
    }

    @Test
    void allOfItWorksWithoutScript() {
        Window prepared = stage.agency("noscript", 0);
        String agency = prepared.username();
        Window window = stage.windowWithoutScript();
        window.go("/login").signIn(new Login(agency, agency, "a quiet harbour at dawn"));
        window.menu("Projects").click();
        window.link("Create project").click();
        window.assertHeading("Create project");
        window.type("#project-name", "Retail Group");
        window.find("#project-registration").check();
        window.button("Create project").click();
        window.link("Create workspace").click();
        window.type("#ws-name", "Support");
        window.find("#admin-later").check();
        window.button("Create workspace").click();
        window.assertHeading("Support");
        window.find("#registration").click();
        assertThat(window.find(".toast")).containsText("Registration closed");
        window.find(".tabs").getByText("Users").click();
        window.link("Add user").click();
        addUser(window, "amira", "amira@retail.example", "a quiet harbour");
        assertThat(window.find("tbody tr")).hasCount(1);
        window.link("Retail Group").click();
        assertThat(window.find(".bulkbar")).isHidden();
        window.find("[aria-label='Select Support']").click();
        window.button("Suspend selected workspaces").click();
        assertThat(window.find("#report")).containsText("1 workspace suspended.");
        window.button("More actions for Support").click();
        window.find(".menu:popover-open").getByText("Delete…").click();
        window.assertHeading("Delete “Support”?");
        window.button("Delete workspace").click();
        assertThat(window.find("main")).containsText("No workspaces yet");
    }

    @Test
    void strangersFindNothing() {
        Window owner = stage.agency("owner", 0);
        String project = owner.createProject(owner.username(), "Retail Group");
        String workspace = owner.createWorkspace(owner.username(), project, "Support");
        Window stranger = stage.agency("nosy", 0);
        for (String path : List.of(
                "/sub-clients/management",
                "/sub-client/settings",
                "/sub-clients/" + workspace,
                "/sub-clients/" + workspace + "/users",
                "/delete")) {
            org.assertj.core.api.Assertions.assertThat(stranger.page()
                            .navigate("/projects/" + project + path)
                            .status())
                    .as(path)
                    .isEqualTo(404);
            stranger.assertHeading("Page not found");
        }
    }

    @Test
    void brandsHaveProjectsToo() {
        Window window = stage.agency("brands", 1);
        String agency = window.username();
        String brand = window.createBrand(agency, agency + "-cafe", "Corner Café");
        window.go("/projects?as=" + brand);
        assertThat(window.find(".acting-bar")).containsText("Corner Café");
        String project = window.createProject(brand, "Branches");
        window.createWorkspace(brand, project, "Kitchen");
        window.go("/projects?as=" + brand).look("projects-of-brand");
        assertThat(window.find("#project-list li")).hasCount(1);
        window.go("/projects?as=" + agency);
        assertThat(window.find("main")).containsText("No projects yet");
        window.post("/projects", Map.of("as", agency, "name", "Own", "description", ""));
    }
}
