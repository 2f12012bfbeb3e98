package dev.banyan.workspaces.administration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountContext;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The responses of the pages of projects; for the interface see `ProjectPathTest`.
@QuarkusTest
class ProjectPagesTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private AccountContext owner;
    private Project project;

    @BeforeEach
    void acmeHasAProject() {
        acme = TestClient.of(world.acme());
        owner = world.context(world.acme());
        project = world.project(owner, "Retail Group");
    }

    private String as() {
        return world.acme().username();
    }

    private String at(String path) {
        return "/projects/" + project.id() + path;
    }

    private Answer list(String query) {
        return acme.get(at("/sub-clients/management?as=" + as() + query));
    }

    private List<String> shown(Answer list) {
        return list.text()
                .lines()
                .filter(line -> line.startsWith("<tr id=\"ws-"))
                .map(line -> line.replaceFirst("<tr id=\"ws-([^\"]+)\".*", "$1"))
                .toList();
    }

    @Test
    void aRefusedFormKeepsWhatWasTyped() {
        Answer answer = acme.form("/projects", "as", as(), "name", "  ", "description", "Shops & more");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("Project name is required", "aria-invalid=\"true\"", "Shops &amp; more</textarea>");
    }

    @Test
    void aFormSentTwiceMakesOneWorkspace() {
        for (int i = 0; i < 2; i++) {
            Answer answer = acme.form(
                    at("/sub-clients"),
                    "as",
                    as(),
                    "name",
                    "Sales",
                    "description",
                    "",
                    "idempotencyKey",
                    project.id() + "-once");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
            assertThat(answer.location()).contains("/sub-clients/scl_").endsWith("&done=workspace-created");
        }
        assertThat(shown(list(""))).hasSize(1);
    }

    @Test
    void aNewProjectHasWorkspacesAndNoRegistration() {
        for (String chosen : List.of("", "on")) {
            String name = world.name("project");
            acme.form("/projects", "as", as(), "name", name, "registration", chosen);
            assertThat(world.count(
                            "SELECT count(*) FROM projects WHERE name = ? AND sub_clients_enabled = 1"
                                    + " AND sub_clients_registration_enabled = ?",
                            name,
                            chosen.isEmpty() ? 0 : 1))
                    .isEqualTo(1);
        }
    }

    private Answer create(String admin, String username, String email, String password) {
        return acme.form(
                at("/sub-clients"),
                Map.of(
                        "as",
                        as(),
                        "name",
                        "Sales",
                        "description",
                        "",
                        "admin",
                        admin,
                        "username",
                        username,
                        "email",
                        email,
                        "password",
                        password));
    }

    @Test
    void aWorkspaceIsCreatedWithItsFirstAdmin() {
        Answer refused = create("create", "a", "amira@sales.example", "short");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Use 2 to 64 letters", "Use at least 8 characters", "amira@sales.example");
        assertThat(shown(list(""))).isEmpty();

        Answer created = create("create", "amira", "amira@sales.example", TestWorld.PASSWORD);

        assertThat(created.location()).endsWith("&done=workspace-created");
        String page = acme.get(created.location()).text();
        assertThat(page).contains("Next steps", "Enter workspace", "Link a phone");
        String id = shown(list("")).getFirst();
        assertThat(acme.get(at("/sub-clients/" + id + "/users?as=" + as())).text())
                .containsPattern("<title>[^<]+ – Users – Projects – Banyan</title>");
        assertThat(acme.get(at("/sub-clients/" + id + "/webhooks?as=" + as())).text())
                .containsPattern("<title>[^<]+ – Webhooks – Projects – Banyan</title>");
        String home = "/s/"
                + world.select("SELECT short_id || '-' || pathname FROM sub_clients WHERE id = ?", id)
                        .getFirst();
        Answer in = TestClient.anonymous()
                .form(home + "/login", "usernameOrEmail", "amira", "password", TestWorld.PASSWORD);
        assertThat(in.location()).contains(home);
        assertThat(world.select("SELECT role FROM sub_client_users WHERE sub_client_id = ?", id))
                .containsExactly("admin");
    }

    @Test
    void aWorkspaceIsCreatedWithAnInvitation() {
        world.confirm(world.acme());
        Answer created = create("invite", "", "amira@sales.example", "");
        String cookie = created.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        String page = TestClient.anonymous()
                .with("Cookie", "banyan_session=" + world.acme().token() + "; " + cookie)
                .get(created.location())
                .text();
        assertThat(page).contains("Invitation link for", "amira@sales.example", "Copy link");
        String link = page.replaceFirst("(?s).*value=\"[^\"]*(/s/[^\"]+/invitation/[^\"]+)\".*", "$1");
        assertThat(TestClient.anonymous().get(link).status()).isEqualTo(200);

        world.sql(
                "UPDATE identities SET email_confirmed_at = NULL WHERE email = ?",
                world.acme().email());
        assertThat(create("invite", "", "omar@sales.example", "").header("Set-Cookie"))
                .as("who has not confirmed their email mails nothing, and gets the link")
                .isPresent();
    }

    @Test
    void aProjectWithWorkspacesOffTakesNone() {
        acme.form(at("/sub-client/settings/enabled"), "as", as(), "value", "off");

        Answer answer = acme.form(at("/sub-clients"), "as", as(), "name", "Sales", "description", "");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("Workspaces are turned off for this project.", "value=\"Sales\"");
    }

    @Test
    void theLimitIsShownAndHolds() {
        world.workspace(owner, project, "Sales");
        world.sql(
                "UPDATE workspace_limits SET max_sub_clients = used WHERE tenant_id = ?",
                world.acme().account().toString());
        assertThat(list("").text()).contains("1 of 1 workspaces used", "Workspace limit reached: 1 of 1.");

        Answer answer = acme.form(at("/sub-clients"), "as", as(), "name", "Support", "description", "");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("Delete one you no longer need");
        assertThat(shown(list(""))).hasSize(1);
    }

    @Test
    void aLongListIsReadPageByPage() {
        List<String> all = IntStream.range(0, 28)
                .mapToObj(number ->
                        world.workspace(owner, project, "Room " + number).id().value())
                .toList();
        Answer first = list("");
        assertThat(shown(first)).hasSize(25);
        String next = first.text().replaceAll("(?s).*<a class=\"btn s\" href=\"([^\"]+)\">Next</a>.*", "$1");

        Answer second = acme.get(next.replace("&amp;", "&"));

        assertThat(shown(second)).hasSize(3);
        assertThat(IntStream.concat(
                                shown(first).stream().mapToInt(all::indexOf),
                                shown(second).stream().mapToInt(all::indexOf))
                        .boxed()
                        .collect(Collectors.toSet()))
                .as("every one of them, once")
                .hasSize(28);
        assertThat(second.text()).contains("First page").doesNotContain(">Next</a>");
    }

    @Test
    void searchAndStateAreOneQuestion() {
        Workspace sales = world.workspace(owner, project, "Sales");
        Workspace closed = world.workspace(owner, project, "Sales abroad");
        world.workspace(owner, project, "Kitchen");
        world.suspend(owner, closed, true);

        assertThat(shown(list("&q=SALES")))
                .containsExactlyInAnyOrder(sales.id().value(), closed.id().value());
        assertThat(shown(list("&q=sales&state=suspended")))
                .containsExactly(closed.id().value());
        assertThat(shown(list("&q=sales&state=active")))
                .containsExactly(sales.id().value());
        assertThat(shown(list("&q=" + TestClient.encode("100%")))).isEmpty();
        assertThat(list("&state=nonsense").status()).isEqualTo(200);
    }

    @Test
    void formsLeadBackToTheirOwnPageAndNowhereElse() {
        Workspace sales = world.workspace(owner, project, "Sales");
        String suspend = at("/sub-clients/" + sales.id() + "/suspend");
        String list = at("/sub-clients/management?as=" + as() + "&state=active");

        assertThat(acme.form(suspend, "as", as(), "back", list).location())
                .isEqualTo(list + "&done=workspace-suspended");
        for (String elsewhere : List.of("https://evil.example/", "//evil.example", "/admin/dashboard", "")) {
            assertThat(acme.form(suspend, "as", as(), "back", elsewhere).location())
                    .as(elsewhere)
                    .startsWith(at("/sub-clients/" + sales.id() + "?as="));
        }
    }

    @Test
    void anActiveWorkspaceIsNotDeleted() {
        Workspace sales = world.workspace(owner, project, "Sales");

        Answer answer = acme.form(at("/sub-clients/" + sales.id() + "/delete"), "as", as());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("You can only delete suspended workspaces.");
        assertThat(shown(list(""))).containsExactly(sales.id().value());
    }

    @Test
    void whatSeveralCannotDoDoesNotStopTheOthers() {
        Workspace open = world.workspace(owner, project, "Open");
        Workspace closed = world.workspace(owner, project, "Closed");
        world.suspend(owner, closed, true);
        String both = "as=" + as() + "&workspace=" + open.id() + "&workspace=" + closed.id();

        Answer asked = acme.send(
                "POST", at("/sub-clients/bulk"), "application/x-www-form-urlencoded", both + "&action=delete");
        assertThat(asked.text())
                .contains("Delete “<bdi>Closed</bdi>”?", "1 active workspace won’t be deleted: <bdi>Open</bdi>");

        Answer done = acme.send("POST", at("/sub-clients/bulk/delete"), "application/x-www-form-urlencoded", both);
        assertThat(done.text()).contains("1 workspace deleted.", "“Open” is active and wasn’t deleted.");
        assertThat(shown(list(""))).containsExactly(open.id().value());

        Answer suspended = acme.send(
                "POST", at("/sub-clients/bulk"), "application/x-www-form-urlencoded", both + "&action=suspend");
        assertThat(suspended.text()).contains("1 workspace suspended.");
        assertThat(acme.form(at("/sub-clients/bulk"), "as", as(), "action", "suspend")
                        .text())
                .contains("No workspaces selected.");
        assertThat(acme.send(
                                "POST",
                                at("/sub-clients/bulk"),
                                "application/x-www-form-urlencoded",
                                both + "&action=explode")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aFullProjectIsNotDeleted() {
        world.workspace(owner, project, "Sales");

        Answer answer = acme.form(at("/delete"), "as", as());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("can’t be deleted", "1 workspace");
        assertThat(acme.get(at("/sub-client/settings?as=" + as())).status()).isEqualTo(200);
    }

    /// htmx polls every two seconds; the response is rendered only if something has changed.
    @Test
    void theNumbersPageSaysWhenNothingHasChanged() {
        Workspace sales = world.workspace(owner, project, "Sales");
        String tab = at("/sub-clients/" + sales.id() + "/whatsapp");
        acme.form(tab + "/link", "as", as());
        TestClient htmx = acme.with("HX-Request", "true");
        Answer page = htmx.get(tab + "?as=" + as());
        String version = page.text().replaceAll("(?s).*&(?:amp;)?seen=([^\"]+)\".*", "$1");

        assertThat(version).isEqualTo("linking-1");
        assertThat(htmx.get(tab + "?as=" + as() + "&seen=" + version).status()).isEqualTo(204);
        acme.form(tab + "/scan", "as", as());
        assertThat(htmx.get(tab + "?as=" + as() + "&seen=" + version).text()).contains("Linked: ");
    }
}
