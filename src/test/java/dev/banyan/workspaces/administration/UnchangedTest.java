package dev.banyan.workspaces.administration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A request that changes nothing leaves `updated_at`, and the audit log doesn't mention it.
@QuarkusTest
class UnchangedTest {

    private static final String UPDATED = "/updated_at";

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private Workspace sales;

    private static final long LONG_AGO = 1_600_000_000_000L;

    @BeforeEach
    void acmeHasAWorkspace() {
        var owner = world.context(world.acme());
        acme = TestClient.of(world.acme());
        sales = world.workspace(owner, world.project(owner, "Retail Group"), "Sales");
    }

    private String project() {
        return "/api/projects/" + sales.project();
    }

    private String workspace() {
        return project() + "/sub-clients/" + sales.id();
    }

    private List<String> audited() {
        return world.select(
                "SELECT id FROM audit_events WHERE tenant_id = ? AND action NOT IN ('AccessDenied') ORDER BY id",
                world.acme().account().toString());
    }

    private void changedLongAgo(String table, String column, String value) {
        world.sql("UPDATE " + table + " SET updated_at = ? WHERE " + column + " = ?", LONG_AGO, value);
    }

    private Answer put(TestClient client, String path, Object body) {
        Answer answer = client.put(path, body);
        assertThat(answer.status()).as(path + " " + answer).isEqualTo(200);
        return answer;
    }

    @Test
    void aWorkspaceKeepsItsTime() {
        changedLongAgo("sub_clients", "id", sales.id().value());
        JsonNode before = acme.get(workspace()).json().at("/data/subClient");
        List<String> audited = audited();

        for (Object same : List.of(
                Map.of(),
                Map.of("name", " Sales "),
                Map.of("suspended", false, "registration_enabled", true, "pathname", "sales"))) {
            Answer answer = put(acme, workspace(), same);
            assertThat(answer.json().at("/data/subClient" + UPDATED))
                    .as(same.toString())
                    .isEqualTo(before.at(UPDATED));
            assertThat(answer.json().path("message").asText()).isEqualTo("Sub-client updated successfully");
        }

        assertThat(acme.get(workspace()).json().at("/data/subClient")).isEqualTo(before);
        assertThat(audited()).isEqualTo(audited);
        assertThat(put(acme, workspace(), Map.of("name", "Sales Team"))
                        .json()
                        .at("/data/subClient" + UPDATED)
                        .asLong())
                .isNotEqualTo(LONG_AGO);
        assertThat(audited()).hasSize(audited.size() + 1);
    }

    @Test
    void aProjectKeepsItsTime() {
        changedLongAgo("projects", "id", sales.project().toString());
        JsonNode before = acme.get(project()).json().at("/data/project");
        List<String> audited = audited();

        put(acme, project(), Map.of());
        put(acme, project(), Map.of("name", "Retail Group", "sub_clients_enabled", true));

        assertThat(acme.get(project()).json().at("/data/project")).isEqualTo(before);
        assertThat(before.at(UPDATED).isNumber()).isTrue();
        assertThat(audited()).isEqualTo(audited);
    }

    @Test
    void usersKeepTheirTime() {
        Guest amira = world.guest(world.context(world.acme()), sales, "amira", WorkspaceRole.ADMIN);
        changedLongAgo("sub_client_users", "sub_client_id", sales.id().value());
        List<String> before = userTimes();
        List<String> audited = audited();

        put(acme, workspace() + "/users/" + amira.id() + "/role", Map.of("role", "admin"));
        put(TestClient.of(amira), "/api/sub-client/me", Map.of());
        put(TestClient.of(amira), "/api/sub-client/me", Map.of("username", "amira"));

        assertThat(userTimes()).isEqualTo(before);
        assertThat(audited()).isEqualTo(audited);
    }

    private List<String> userTimes() {
        return world.select(
                "SELECT updated_at FROM sub_client_users WHERE sub_client_id = ?",
                sales.id().value());
    }

    @Test
    void pagesAndLinksKeepTheirTime() {
        String slug = "page-" + world.name("p");
        acme.post("/api/admin/CreatePage", Map.of("slug", slug, "name", "Main"));
        String page = page(slug).path("id").asText();
        Answer added = acme.put(
                "/api/admin/UpdateLinks",
                Map.of(
                        "pageId",
                        page,
                        "links",
                        List.of(Map.of("operation", "add", "title", "Menu", "url", "https://menu.example/"))));
        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        changedLongAgo("pages", "id", page);
        JsonNode before = page(slug);
        List<String> times = pageTimes(page);
        List<String> audited = audited();

        put(acme, "/api/admin/UpdatePage", Map.of("id", page, "name", "Main", "slug", slug, "published", true));
        String link = acme.get("/api/admin/GetLinks?pageId=" + page)
                .json()
                .at("/links/0/id")
                .asText();
        put(
                acme,
                "/api/admin/UpdateLinks",
                Map.of("pageId", page, "links", List.of(Map.of("operation", "update", "id", link, "title", "Menu"))));

        assertThat(link).isNotEmpty();
        assertThat(page(slug)).isEqualTo(before);
        assertThat(pageTimes(page)).isEqualTo(times);
        assertThat(audited()).isEqualTo(audited);
    }

    private JsonNode page(String slug) {
        for (JsonNode page : acme.get("/api/admin/GetPages").json().path("pages")) {
            if (page.path("slug").asText().equals(slug)) {
                return page;
            }
        }
        throw new AssertionError("No page " + slug);
    }

    private List<String> pageTimes(String page) {
        return world.select("SELECT updated_at FROM pages WHERE id = ?", page);
    }

    @Test
    void mastersKeepTheirTime() {
        Answer added = acme.post("/api/whatsapp/masters", Map.of("displayName", "Desk", "type", "primary"));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        String master = world.select(
                        "SELECT id FROM senders WHERE tenant_id = ? AND display_name = 'Desk'",
                        world.acme().account().toString())
                .getFirst();
        changedLongAgo("senders", "id", master);
        List<String> before = senderTimes(master);
        List<String> audited = audited();

        put(acme, "/api/whatsapp/masters/" + master, Map.of());
        put(acme, "/api/whatsapp/masters/" + master, Map.of("displayName", "Desk", "type", "primary"));

        assertThat(senderTimes(master)).isEqualTo(before);
        assertThat(audited()).isEqualTo(audited);
    }

    private List<String> senderTimes(String master) {
        return world.select(
                "SELECT updated_at FROM senders WHERE id = ? AND tenant_id = ?",
                master,
                world.acme().account().toString());
    }
}
