package dev.banyan.workspaces.trash;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.platform.audit.Actor;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.WorkspaceAllowances;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A deleted workspace: hidden everywhere, restored with everything, erased after 30 days.
@QuarkusTest
class DeletedWorkspacesTest {

    @Inject
    ChatRooms rooms;

    @Inject
    WorkspaceErasures erasures;

    @Inject
    WorkspaceAllowances allowances;

    @Inject
    TestClock clock;

    private TestClient owner = TestClient.anonymous();
    private Workspace sales;
    private Chatter amira;
    private String project = "";
    private String path = "";

    @BeforeEach
    void thereIsAWorkspace() {
        sales = rooms.workspace("Sales Team");
        amira = rooms.somebody(sales);
        owner = TestClient.of(rooms.world().acme());
        project = "/api/projects/" + sales.project();
        path = project + "/sub-clients/" + sales.id();
    }

    private void deleteSales() {
        owner.put(path, Map.of("suspended", true));
        Answer deleted = owner.delete(path);
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
    }

    private JsonNode trash() {
        return owner.get(project + "/sub-clients?deleted=true").json().at("/data/subClients");
    }

    private Answer lookup() {
        return TestClient.anonymous().get("/api/sub-clients/lookup?shortPath=" + sales.shortPath());
    }

    private long rowsOf(String table) {
        return rooms.world()
                .count(
                        "SELECT COUNT(*) FROM " + table + " WHERE sub_client_id = ?",
                        sales.id().value());
    }

    @Test
    void itIsHiddenAndComesBackWithEverything() {
        lookup();
        String used = "SELECT used FROM workspace_limits WHERE tenant_id = '"
                + rooms.world().acme().account() + "'";
        String before = rooms.world().select(used).getFirst();
        deleteSales();

        assertThat(owner.get(path).status()).isEqualTo(404);
        assertThat(owner.get(project + "/sub-clients").text())
                .doesNotContain(sales.id().value());
        assertThat(owner.get(project + "/sub-clients?search=sales").text())
                .doesNotContain(sales.id().value());
        assertThat(owner.get(project)
                        .json()
                        .at("/data/project/sub_client_count")
                        .asInt(-1))
                .isZero();
        assertThat(owner.put(path, Map.of("suspended", false)).status()).isEqualTo(404);
        assertThat(lookup().status()).isEqualTo(404);
        assertThat(TestClient.anonymous()
                        .post(
                                "/api/sub-client/login",
                                Map.of(
                                        "shortPath",
                                        sales.shortPath(),
                                        "usernameOrEmail",
                                        amira.user().username(),
                                        "password",
                                        ChatRooms.PASSWORD))
                        .status())
                .as("as for any unknown one")
                .isEqualTo(401);
        assertThat(Long.parseLong(rooms.world().select(used).getFirst())).isEqualTo(Long.parseLong(before) - 1);
        JsonNode listed = trash();
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.at("/0/id").asText()).isEqualTo(sales.id().value());
        assertThat(listed.at("/0/short_id").asText()).isEqualTo(sales.shortId());
        assertThat(listed.at("/0/deleted_at").asLong())
                .isEqualTo(clock.instant().toEpochMilli());
        assertThat(listed.at("/0/erased_at").asLong())
                .isEqualTo(clock.instant().plus(Duration.ofDays(30)).toEpochMilli());

        assertThat(TestClient.of(rooms.world().rival())
                        .post(path + "/restore", Map.of())
                        .status())
                .isEqualTo(404);
        Answer restored = owner.post(path + "/restore", Map.of());
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        JsonNode back = restored.json().at("/data/subClient");
        assertThat(back.path("short_id").asText()).isEqualTo(sales.shortId());
        assertThat(back.path("suspended").asBoolean())
                .as("until it is activated")
                .isTrue();
        assertThat(rooms.world().select(used)).containsExactly(before);
        assertThat(trash().size()).isZero();
        assertThat(owner.post(path + "/restore", Map.of()).status()).isEqualTo(404);
        owner.put(path, Map.of("suspended", false));
        assertThat(lookup().status()).isEqualTo(200);
        assertThat(owner.get(project + "/sub-clients?search=sales").text())
                .contains(sales.id().value());
        assertThat(rooms.again(amira)).isNotNull();
        assertThat(rooms.world()
                        .count(
                                "SELECT COUNT(*) FROM audit_events WHERE action = 'WorkspaceRestored' AND target = ?",
                                sales.id().value()))
                .isEqualTo(1);
        assertThat(rowsOf("workspace_inboxes")).isEqualTo(1);
    }

    @Test
    void itIsErasedAfterThirtyDays() {
        deleteSales();
        assertThat(rowsOf("sub_client_users")).isEqualTo(1);
        clock.forward(Duration.ofDays(30).minusSeconds(1));
        erasures.run();
        assertThat(rowsOf("sub_client_users")).as("a second before").isEqualTo(1);
        clock.forward(Duration.ofSeconds(1));
        owner = TestClient.withSession(
                rooms.world().newSession(rooms.world().acme().email()));
        assertThat(owner.post(path + "/restore", Map.of()).status())
                .as("it may be half erased")
                .isEqualTo(404);
        Eventually.holds(() -> {
            erasures.run(); // the server's own job may be at it
            return rooms.world()
                            .count(
                                    "SELECT COUNT(*) FROM sub_clients WHERE id = ?",
                                    sales.id().value())
                    == 0;
        });
        assertThat(rowsOf("sub_client_users")).isZero();
        assertThat(rooms.world().count("SELECT COUNT(*) FROM removed_files WHERE path = ?", sales.folder()))
                .isEqualTo(1);
        assertThat(rooms.world()
                        .count(
                                "SELECT COUNT(*) FROM audit_events WHERE action = 'WorkspaceErased' AND target = ?",
                                sales.id().value()))
                .isEqualTo(1);
    }

    @Test
    void theLimitCountsWhenItIsRestored() {
        deleteSales();
        var account = rooms.world().acme().account();
        allowances.set(Actor.SERVER, account, Optional.of(allowances.of(account).used()));
        Answer full = owner.post(path + "/restore", Map.of());
        assertThat(full.status()).isEqualTo(403);
        assertThat(full.error()).isEqualTo("Sub-client limit reached");
        String page = WorkspacePaths.workspace(sales.project(), sales.id()) + "/restore";
        Answer refused = owner.form(page, "as", rooms.world().acme().username());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Workspace limit reached");
        allowances.set(Actor.SERVER, account, Optional.empty());
        owner.put(project, Map.of("sub_clients_enabled", false));
        assertThat(owner.post(path + "/restore", Map.of()).status()).isEqualTo(400);
    }

    @Test
    void aPersonRestoresItFromThePage() {
        var world = rooms.world();
        String pages = "/projects/" + sales.project() + "/sub-clients/deleted?as="
                + world.acme().username();
        assertThat(owner.get(pages).text()).contains("No deleted workspaces");
        owner.put(path, Map.of("suspended", true));
        String confirm = WorkspacePaths.workspace(sales.project(), sales.id()) + "/delete?as="
                + world.acme().username();
        assertThat(owner.get(confirm).text())
                .contains(
                        "You can restore it for 30 days.",
                        sales.id() + "/export?as=" + world.acme().username());
        deleteSales();
        assertThat(owner.get(WorkspacePaths.management(sales.project()) + "?as="
                                + world.acme().username())
                        .text())
                .contains("Deleted workspaces");
        assertThat(owner.get(pages).text()).contains("Sales Team", sales.shortPath(), "Restore<span");
        assertThat(TestClient.of(world.rival()).get(pages).status()).isNotEqualTo(200);
        Answer restored = owner.form(
                WorkspacePaths.workspace(sales.project(), sales.id()) + "/restore",
                "as",
                world.acme().username());
        assertThat(restored.location()).contains(sales.id().value(), "done=workspace-restored");
        assertThat(owner.form(
                                WorkspacePaths.workspace(sales.project(), sales.id()) + "/restore",
                                "as",
                                world.acme().username())
                        .text())
                .contains("This workspace isn’t in the list.");
    }

    @Test
    void itsNumberComesBackIfTheAccountHasItAndIsNamedOtherwise() {
        Answer made = owner.post(
                "/api/whatsapp/client",
                Map.of(
                        "projectId",
                        sales.project().toString(),
                        "subClientId",
                        sales.id().value()));
        assertThat(made.status()).as(made.toString()).isLessThan(300);
        String client = rooms.world()
                .select(
                        "SELECT whatsapp_client_id FROM sub_clients WHERE id = ?",
                        sales.id().value())
                .getFirst();
        deleteSales();
        Answer restored = owner.post(path + "/restore", Map.of());
        assertThat(restored.text()).contains("Its WhatsApp client " + client + " was removed");
        assertThat(rooms.world()
                        .count(
                                "SELECT COUNT(*) FROM sub_clients WHERE id = ? AND whatsapp_client_id IS NOT NULL",
                                sales.id().value()))
                .isZero();

        owner.post(
                "/api/whatsapp/client",
                Map.of(
                        "projectId",
                        sales.project().toString(),
                        "subClientId",
                        sales.id().value()));
        String again = rooms.world()
                .select(
                        "SELECT whatsapp_client_id FROM sub_clients WHERE id = ?",
                        sales.id().value())
                .getFirst();
        deleteSales();
        Answer added =
                owner.post("/api/whatsapp/masters", Map.of("id", again, "displayName", "Back", "type", "primary"));
        assertThat(added.status()).as(added.toString()).isLessThan(300);
        Answer back = owner.post(path + "/restore", Map.of());
        assertThat(back.text()).contains("restored successfully\"");
        assertThat(rooms.world()
                        .count(
                                "SELECT COUNT(*) FROM sub_clients WHERE id = ? AND whatsapp_client_id = ?",
                                sales.id().value(),
                                again))
                .isEqualTo(1);
    }

    /// A project goes with what was deleted in it, and leaves no files.
    @Test
    void aProjectWithDeletedWorkspacesCanBeDeleted() {
        deleteSales();
        assertThat(owner.delete(project).status()).isEqualTo(200);
        assertThat(rowsOf("sub_client_users")).isZero();
        assertThat(rooms.world().count("SELECT COUNT(*) FROM removed_files WHERE path = ?", sales.folder()))
                .isEqualTo(1);
    }
}
