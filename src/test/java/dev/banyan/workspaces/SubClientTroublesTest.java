package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The sub-client seed's "Troubleshooting", entry by entry: each cause leads to the printed symptom, and each solution
/// resolves it. The fifth entry, the missing QR code, is about a socket: `NumberSocketTest`.
@QuarkusTest
class SubClientTroublesTest {

    private static final String CLOSED = "Registration is currently disabled";

    private static final String NONE = "No workspaces yet";

    @Inject
    TestWorld world;

    private final TestClient anybody = TestClient.anonymous();
    private TestClient owner = TestClient.anonymous();
    private String project = "";
    private String sales = "";

    @BeforeEach
    void acmeHasSalesAndSupport() {
        owner = TestClient.of(world.acme());
        project = "/api/projects/" + world.project().id();
        sales = project + "/sub-clients/" + world.sales().id();
    }

    private static String management(Project project) {
        return "/projects/" + project.id() + "/sub-clients/management";
    }

    private static void assertError(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.json().path("success").asBoolean(true)).isFalse();
    }

    private Answer login(Workspace workspace, String name, String password) {
        return anybody.post(
                "/api/sub-client/login",
                Map.of("shortPath", workspace.shortPath(), "usernameOrEmail", name, "password", password));
    }

    // 1. Sub-Client Not Found

    private void assertNotFound(String shortPath) {
        assertError(anybody.get("/api/sub-clients/lookup?shortPath=" + shortPath), 404, "Sub-client not found");
        assertThat(anybody.get("/s/" + shortPath).status()).as(shortPath).isEqualTo(404);
        assertThat(anybody.get("/s/" + shortPath + "/login").status())
                .as(shortPath)
                .isEqualTo(404);
    }

    private void assertFound(String shortPath) {
        assertThat(anybody.get("/api/sub-clients/lookup?shortPath=" + shortPath).status())
                .isEqualTo(200);
        assertThat(anybody.get("/s/" + shortPath + "/login").status()).isEqualTo(200);
    }

    /// x7M2 ≠ x7m2
    @Test
    void theShortIdIsCaseSensitive() {
        Workspace workspace = world.sales();
        world.sql("UPDATE sub_clients SET short_id = ? WHERE id = ?", free("x7M2"), id(workspace));
        String shortId = world.select("SELECT short_id FROM sub_clients WHERE id = ?", id(workspace))
                .getFirst();

        assertFound(shortId + "-sales");
        // Requested twice: both the database and its cache are case-sensitive.
        assertFound(shortId + "-sales");
        assertNotFound(shortId.toLowerCase(Locale.ROOT) + "-sales");
        assertNotFound(shortId.toUpperCase(Locale.ROOT) + "-sales");
    }

    /// Returns the seed's example, or the next unused one: all worlds share one server.
    private String free(String example) {
        for (char last = '2'; last <= '9'; last++) {
            String id = example.substring(0, 3) + last;
            if (world.count("SELECT COUNT(*) FROM sub_clients WHERE lower(short_id) = lower(?)", id) == 0) {
                return id;
            }
        }
        throw new AssertionError("All are taken");
    }

    private static String id(Workspace workspace) {
        return workspace.id().value();
    }

    @Test
    void thePathnameMustBeRight() {
        String shortId = world.sales().shortId();

        assertFound(shortId + "-sales");
        assertNotFound(shortId + "-sale");
        assertNotFound(shortId + "-Sales");
        assertNotFound(shortId);
    }

    @Test
    void aDeletedOneIsNotFound() {
        assertFound(world.sales().shortPath());

        owner.put(sales, Map.of("suspended", true));
        owner.delete(sales);

        assertNotFound(world.sales().shortPath());
    }

    @Test
    void oneOfAProjectThatHasThemOffIsNotFound() {
        String shortPath = world.sales().shortPath();
        owner.put(project, Map.of("sub_clients_enabled", false));

        assertError(
                anybody.get("/api/sub-clients/lookup?shortPath=" + shortPath),
                400,
                "Sub-clients feature is not enabled for this project");
        assertThat(anybody.get("/s/" + shortPath + "/login").status()).isEqualTo(404);

        owner.put(project, Map.of("sub_clients_enabled", true));
        assertFound(shortPath);
    }

    // 2. Registration Disabled

    private Answer register() {
        return anybody.post(
                "/api/sub-client/register",
                Map.of(
                        "shortPath", world.sales().shortPath(),
                        "email", "newuser@example.com",
                        "username", "newuser",
                        "password", "SecurePass123"));
    }

    private void assertClosed() {
        assertError(register(), 403, CLOSED);
        assertThat(anybody.get("/s/" + world.sales().shortPath() + "/register").text())
                .contains(CLOSED);
        JsonNode shown = anybody.get(
                        "/api/sub-clients/lookup?shortPath=" + world.sales().shortPath())
                .json()
                .at("/data/subClient");
        assertThat(shown.path("registration_open").asBoolean(true)).isFalse();
    }

    @Test
    void registrationIsDisabledByTheProject() {
        owner.put(project, Map.of("sub_clients_registration_enabled", false));
        assertClosed();

        owner.put(project, Map.of("sub_clients_registration_enabled", true));
        assertThat(register().status()).isEqualTo(201);
    }

    @Test
    void registrationIsDisabledByTheSubClient() {
        owner.put(sales, Map.of("registration_enabled", false));
        assertClosed();

        owner.put(sales, Map.of("registration_enabled", true));
        assertThat(register().status()).isEqualTo(201);
    }

    @Test
    void registrationIsDisabledByBoth() {
        owner.put(project, Map.of("sub_clients_registration_enabled", false));
        owner.put(sales, Map.of("registration_enabled", false));
        owner.put(project, Map.of("sub_clients_registration_enabled", true));
        assertClosed();
    }

    // 3. Cannot Delete Sub-Client

    @Test
    void cannotDeleteSubClient() {
        Answer refused = owner.delete(sales);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).startsWith("Only suspended sub-clients can be deleted");
        assertThat(owner.get(management(world.project())).text()).contains("Delete <small>suspend first</small>");

        // Go to Sub-Client Management, select the sub-client, click "Suspend", then click "Delete".
        String row = "/projects/" + world.project().id() + "/sub-clients/"
                + world.sales().id();
        TestClient pages = owner.onPagesOf(world.acme());
        pages.form(row + "/suspend");
        assertThat(pages.form(row + "/delete", "confirm", "yes").status()).isLessThan(400);
        assertError(owner.get(sales), 404, "Sub-client not found");
    }

    // 4. Last Admin Cannot Be Removed

    @Test
    void lastAdminCannotBeRemoved() {
        int amira = world.salesAdmin().id();
        int omar = world.salesUser().id();

        Answer refused = owner.delete(sales + "/users/" + amira);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).startsWith("Cannot remove the last admin");

        // Promote another user to admin first, then remove the original admin.
        assertThat(owner.put(sales + "/users/" + omar + "/role", Map.of("role", "admin"))
                        .status())
                .isEqualTo(200);
        assertThat(owner.delete(sales + "/users/" + amira).status()).isEqualTo(200);
    }

    // 6. User Login Fails

    @Test
    void userLoginFails() {
        world.salesAdmin();
        world.support();
        for (Answer failed : List.of(
                login(world.support(), "amira", TestWorld.PASSWORD), // wrong sub-client: users are isolated
                login(world.support(), "amira@guests.example", TestWorld.PASSWORD),
                login(world.sales(), "omar", TestWorld.PASSWORD), // wrong username
                login(world.sales(), "omar@guests.example", TestWorld.PASSWORD), // wrong e-mail
                login(world.sales(), "amira", "another password"))) {
            assertError(failed, 401, "Invalid credentials");
        }
        assertThat(login(world.sales(), "amira", TestWorld.PASSWORD).status()).isEqualTo(200);
    }

    // 7. Sub-Clients Not Showing

    @Test
    void theyDoNotShowWhileTheyAreOffInTheProject() {
        Project bare = world.project(world.context(world.acme()), "Bare");
        String api = "/api/projects/" + bare.id();
        owner.put(api, Map.of("sub_clients_enabled", false));

        JsonNode list = owner.get(api + "/sub-clients").json().path("data");
        assertThat(list.path("enabled").asBoolean(true)).isFalse();
        assertThat(list.path("subClients").isArray()).isTrue();
        assertThat(owner.get(management(bare)).text())
                .contains(NONE, "Workspaces are turned off for this project.", "Turn on workspaces");
        assertThat(owner.post(api + "/sub-clients", Map.of("name", "New")).status())
                .isEqualTo(400);

        owner.put(api, Map.of("sub_clients_enabled", true));
        assertThat(owner.post(api + "/sub-clients", Map.of("name", "New")).status())
                .isEqualTo(201);
        assertThat(owner.get(management(bare)).text())
                .contains("New")
                .doesNotContain(NONE, "Workspaces are turned off");
    }

    @Test
    void theyDoNotShowInAnotherProject() {
        world.sales();
        Project other = world.project(world.context(world.acme()), "Other");

        assertThat(owner.get("/api/projects/" + other.id() + "/sub-clients")
                        .json()
                        .at("/data/subClients"))
                .isEmpty();
        assertThat(owner.get(management(other)).text()).contains(NONE).doesNotContain("Sales");
        assertThat(owner.get(management(world.project())).text())
                .contains("Sales")
                .doesNotContain(NONE);
    }
}
