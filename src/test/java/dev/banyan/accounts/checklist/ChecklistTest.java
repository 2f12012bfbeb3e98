package dev.banyan.accounts.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// The first steps on the dashboard: what is listed, what is done, and who hides the list.
@QuarkusTest
class ChecklistTest {

    private static final String PATH = "/admin/dashboard";

    @Inject
    TestWorld world;

    private String dashboard(Person person) {
        return TestClient.of(person).get(PATH).text();
    }

    @Test
    void aNewAccountSeesTheStepsThatItsPlanAllows() {
        String free = dashboard(world.solo());
        assertThat(free)
                .contains("First steps", "0 of 4 done", "Publish your first page", "href=\"/admin/pages/new?as=")
                .contains("Invite a member", "Create a project and a workspace", "Link a WhatsApp number")
                .doesNotContain("Create your first brand", "Connect a mail server");

        world.plan(world.solo(), Tier.PRO, AgencyPermission.PRO, Map.of(Pack.THREE, 1));
        assertThat(dashboard(world.solo())).contains("0 of 5 done", "Create your first brand");
    }

    @Test
    void aStepIsDoneByDoingIt() {
        Person acme = world.acme();
        TestClient client = TestClient.of(acme);
        client.post("/api/admin/CreatePage", Map.of("name", "Home", "slug", "home"));
        assertThat(dashboard(acme)).contains("Publish your first page<span class=\"sr\">: done</span>");

        world.north();
        assertThat(dashboard(acme)).contains("Create your first brand<span class=\"sr\">: done</span>", "2 of 5 done");

        world.project();
        assertThat(dashboard(acme)).contains("/sub-clients/new?as=", "Create workspace");
        world.workspace(world.context(world.acme()), world.project(), "Sales");
        assertThat(dashboard(acme)).contains("Create a project and a workspace<span class=\"sr\">: done</span>");
    }

    @Test
    void aBrandHasNone() {
        assertThat(TestClient.of(world.acme())
                        .get(PATH + "?as=" + world.north().username())
                        .text())
                .doesNotContain("First steps");
    }

    @Test
    void theOwnerHidesItAndShowsItAgain() {
        Person solo = world.solo();
        TestClient client = TestClient.of(solo);
        assertThat(client.get("/admin/settings").text()).doesNotContain("Show checklist");

        Answer hidden = client.form("/admin/checklist/hide", "as", solo.username());
        assertThat(hidden.location()).isEqualTo(PATH + "?as=" + solo.username() + "&done=checklist-hidden");
        assertThat(dashboard(solo)).doesNotContain("First steps");
        assertThat(client.get("/admin/settings").text()).contains("Show checklist");

        client.form("/admin/checklist/show", "as", solo.username());
        assertThat(dashboard(solo)).contains("First steps", "Hide checklist");
    }

    @Test
    void aCompleteListIsShownOnce() {
        Person solo = world.solo();
        TestClient.of(solo).post("/api/admin/CreatePage", Map.of("name", "Home", "slug", "home"));
        String tenant = solo.account().toString();
        world.sql(
                "INSERT INTO projects (id, tenant_id, account_id, name, workspace_count, created_at, updated_at)"
                        + " VALUES (?, ?, ?, 'P', 1, 1, 1)",
                UUID.randomUUID().toString(),
                tenant,
                tenant);
        world.sql(
                "INSERT INTO memberships (tenant_id, identity_id, role, created_at) VALUES (?, ?, 'owner', 1)",
                tenant,
                world.acme().identity().toString());
        world.sql(
                "INSERT INTO senders (id, tenant_id, role, master_type, display_name, state, driver, is_enabled,"
                        + " link_attempts, state_changed_at, linked_at, servant_count, created_at, updated_at)"
                        + " VALUES (?, ?, 'master', 'primary', 'M', 'linked', 'simulator', 1, 0, 1, 1, 0, 1, 1)",
                world.name("checklist-sender"),
                tenant);

        assertThat(dashboard(solo)).contains("You’re all set").doesNotContain("Hide checklist");
        assertThat(dashboard(solo)).doesNotContain("You’re all set", "First steps");
    }
}
