package dev.banyan.workspaces.number;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An admin of a workspace links its number; other users of the workspace can't.
@QuarkusTest
class MemberNumberPageResourceTest {

    @Inject
    NumberRooms rooms;

    private Workspace sales;
    private TestClient admin;
    private TestClient user;
    private String page = "";

    @BeforeEach
    void aWorkspaceWithAnAdminAndAUser() {
        sales = rooms.workspace("Sales Team");
        admin = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.ADMIN).cookie());
        user = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.USER).cookie());
        page = WorkspacePageGuard.pathOf(sales) + "/whatsapp";
    }

    private void post(String what) {
        Answer answer = admin.form(page + what);
        assertThat(answer.status()).as(what + answer.text()).isEqualTo(303);
        assertThat(answer.location()).as(what).isEqualTo(page);
    }

    @Test
    void anAdminLinksUnlinksAndRemovesTheNumber() {
        assertThat(admin.get(page).text()).contains("No number yet", "aria-current=\"page\">WhatsApp<");

        post("/link");
        assertThat(admin.get(page).text()).contains("Code 1 of 6", "Stop linking", "This number is a simulation.");
        post("/cancel");
        assertThat(admin.get(page).text()).contains("Show a new code");
        post("/link");
        post("/scan");
        assertThat(admin.get(page).text()).contains("Linked: <bdi>+971", "Simulated phone", "Unlink number…");
        post("/unlink");
        assertThat(admin.get(page).text()).contains("is not linked.", "Remove number…");
        post("/delete");
        assertThat(admin.get(page).text()).contains("No number yet");
        post("/scan"); // nothing to scan: the page just shows that
    }

    @Test
    void anAdminPlaysCustomers() {
        assertThat(admin.get(page + "/customers").location())
                .as("without a number")
                .isEqualTo(page);
        post("/link");
        post("/scan");
        assertThat(admin.get(page).text()).contains(page + "/customers");
        assertThat(admin.get(page + "/customers").text()).contains("This is a simulation.", "Send as customer");

        Answer sent = admin.form(
                page + "/customers/messages", "phone", "+971500000201", "name", "Amira Nasser", "text", "Hello");
        assertThat(sent.location()).isEqualTo(page + "/customers?phone=971500000201");
        assertThat(admin.get(sent.location()).text()).contains("Amira Nasser", "Hello");
        Answer off = admin.form(page + "/customers/mood", "phone", "+971500000201", "mood", "off");
        assertThat(admin.get(off.location()).text()).contains("<option value=\"off\" selected>");
        assertThat(admin.form(page + "/customers/read", "phone", "+971500000201")
                        .status())
                .isEqualTo(303);
        assertThat(admin.form(page + "/customers/messages", "phone", "+971500000201", "text", " ")
                        .status())
                .isEqualTo(422);
        assertThat(user.get(page + "/customers").status()).isEqualTo(403);
        assertThat(user.form(page + "/customers/messages", "phone", "+971500000201", "text", "Hi")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatIsSeenAlreadyIsNotSentAgain() {
        post("/link");
        TestClient htmx = admin.with("HX-Request", "true");
        assertThat(htmx.get(page + "?seen=linking-1").status()).isEqualTo(204);
        assertThat(htmx.get(page + "?seen=none-0").status()).isEqualTo(200);
    }

    @Test
    void usersAndOutsidersDoNot() {
        assertThat(user.get(page).status()).isEqualTo(403);
        assertThat(user.get(WorkspacePageGuard.pathOf(sales) + "/chat").text()).doesNotContain(page);
        for (String what : new String[] {"/link", "/cancel", "/scan", "/unlink", "/delete"}) {
            assertThat(user.form(page + what).status()).as(what).isEqualTo(403);
            assertThat(TestClient.anonymous().form(page + what).location()).endsWith("/login");
        }
        Workspace support = rooms.workspace("Support");
        TestClient neighbour = TestClient.anonymous()
                .with("Cookie", rooms.somebody(support, WorkspaceRole.ADMIN).cookie());
        assertThat(neighbour.form(page + "/link").location()).endsWith("/login");
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM sub_clients WHERE whatsapp_client_id IS NOT NULL AND id = ?",
                                sales.id().value()))
                .isZero();
    }
}
