package dev.banyan.workspaces.number;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A pool that the account has is attached to a workspace, and detached.
@QuarkusTest
class WorkspacePoolsTest {

    @Inject
    NumberRooms rooms;

    @Inject
    Senders senders;

    private TestWorld world;
    private TestClient acme;
    private Workspace sales;
    private Workspace support;
    private String pool;
    private int pools;

    @BeforeEach
    void thereIsAPool() {
        world = rooms.world();
        acme = TestClient.of(world.acme());
        sales = rooms.workspace("Sales Team");
        support = rooms.workspace("Support");
        pool = master(world.acme());
    }

    private String master(TestWorld.Person owner) {
        var wanted = new Senders.NewMaster(
                Optional.of(world.name("pool") + "-" + ++pools), "Gulf numbers", Optional.empty(), MasterType.PRIMARY);
        return ((Senders.Added.Done) senders.addMaster(owner.account(), Actor.SERVER, wanted))
                .sender()
                .id()
                .value();
    }

    private static String tab(Workspace workspace) {
        return "/projects/" + workspace.project() + "/sub-clients/" + workspace.id() + "/whatsapp";
    }

    private static String route(Workspace workspace) {
        return "/api/projects/" + workspace.project() + "/sub-clients/" + workspace.id() + "/pool";
    }

    private Answer page(Workspace workspace) {
        return acme.get(tab(workspace) + "?as=" + world.acme().username());
    }

    private Answer attach(Workspace workspace, String id) {
        return acme.form(tab(workspace) + "/attach", "as", world.acme().username(), "pool", id);
    }

    private Optional<String> client(Workspace workspace) {
        return world
                .select(
                        "SELECT whatsapp_client_id FROM sub_clients WHERE id = ? AND whatsapp_client_id IS NOT NULL",
                        workspace.id().value())
                .stream()
                .findFirst();
    }

    @Test
    void aPoolIsAttachedInsteadOfMakingASecondMaster() {
        assertThat(page(sales).text()).contains("Add a new number", "value=\"" + pool + "\"", "Gulf numbers");
        long before = world.count("SELECT count(*) FROM senders");

        assertThat(attach(sales, pool).location()).contains("done=pool-attached");

        assertThat(client(sales)).contains(pool);
        assertThat(world.count("SELECT count(*) FROM senders")).isEqualTo(before);
        assertThat(page(support).text())
                .contains("Used by <bdi>Sales Team")
                .doesNotContain("<option value=\"" + pool + "\"");
        Answer taken = attach(support, pool);
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.text()).contains("“Sales Team” uses this pool.");
        Answer second = attach(sales, master(world.acme()));
        assertThat(second.text()).contains("This workspace has a number already.");
        assertThat(world.count(
                        "SELECT count(*) FROM audit_events WHERE action = 'WorkspacePoolAttached' AND target = ?",
                        sales.id().value()))
                .isEqualTo(1);
    }

    @Test
    void aPoolIsDetachedAndStaysInTheAccount() {
        attach(sales, pool);
        assertThat(page(sales).text()).contains("Detach this pool?", "Conversations stay in this workspace");

        Answer detached = acme.form(tab(sales) + "/detach", "as", world.acme().username());

        assertThat(detached.location()).contains("done=pool-detached");
        assertThat(client(sales)).isEmpty();
        assertThat(attach(support, pool).location()).contains("done=pool-attached");
    }

    @Test
    void programsAttachAndDetachToo() {
        String ofSales = route(sales);

        assertThat(acme.put(ofSales, Map.of("master", pool)).status()).isEqualTo(200);
        assertThat(client(sales)).contains(pool);
        assertThat(acme.put(ofSales, Map.of("master", pool)).status())
                .as("again")
                .isEqualTo(200);
        assertThat(acme.put(ofSales, Map.of("master", master(world.acme()))).status())
                .isEqualTo(409);
        Answer taken = acme.put(route(support), Map.of("master", pool));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.error()).contains("Sales Team");
        Answer strangers = acme.put(route(support), Map.of("master", master(world.rival())));
        assertThat(strangers.status()).isEqualTo(404);

        assertThat(acme.delete(ofSales).status()).isEqualTo(200);
        assertThat(client(sales)).isEmpty();
        assertThat(acme.delete(ofSales).status()).isEqualTo(404);
        assertThat(acme.put(route(support), Map.of("master", pool)).status()).isEqualTo(200);
    }

    @Test
    void strangersPoolsAreUnknown() {
        assertThat(attach(sales, master(world.rival())).text()).contains("Pool not found.");
        assertThat(attach(sales, "no-such-pool").status()).isEqualTo(422);
        assertThat(client(sales)).isEmpty();
    }

    @Test
    void theWorkspacesAdminsNeitherAttachNorDelete() {
        attach(sales, pool);
        var admin = rooms.somebody(sales, WorkspaceRole.ADMIN);
        TestClient inside = TestClient.anonymous().with("Cookie", admin.cookie());
        String home = "/s/" + sales.shortPath() + "/whatsapp";
        assertThat(inside.get(home).text()).doesNotContain("Detach pool", "Remove number");
        assertThat(inside.form(home + "/detach", Map.of()).status()).isIn(404, 405);
        assertThat(inside.form(home + "/delete", Map.of()).status()).isEqualTo(403);
        assertThat(client(sales)).contains(pool);
    }
}
