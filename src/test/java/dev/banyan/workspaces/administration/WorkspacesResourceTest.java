package dev.banyan.workspaces.administration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The sub-client seed's API reference for projects and workspaces, example by example.
@QuarkusTest
class WorkspacesResourceTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private String project = "";

    @BeforeEach
    void acmeHasAProject() {
        acme = TestClient.of(world.acme());
        project = "/api/projects/" + world.project().id();
    }

    // Projects

    /// Custom domains are not supported yet: a field without effect must not be confirmed.
    @Test
    void aCustomDomainIsRefusedWhileThereAreNone() {
        TestClient owner = TestClient.of(world.acme());
        String workspaces = "/api/projects/" + world.project().id() + "/sub-clients";
        String sales = workspaces + "/" + world.sales().id();
        Map<String, Object> wanted = Map.of("name", "Renamed", "custom_domain", "chat.acme.example");

        for (Answer answer : List.of(owner.put(sales, wanted), owner.post(workspaces, wanted))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error()).startsWith("custom_domain cannot be set");
        }
        assertThat(TestClient.of(world.salesAdmin()).put(sales, wanted).status())
                .isEqualTo(403);
        assertThat(TestClient.of(world.rival()).put(sales, wanted).status()).isEqualTo(404);
        assertThat(owner.get(workspaces).text()).doesNotContain("Renamed");
        var cleared = new java.util.HashMap<String, Object>();
        cleared.put("custom_domain", null);
        assertThat(owner.put(sales, cleared).status()).isEqualTo(200);
    }

    @Test
    void aProjectIsCreatedReadAndListed() {
        Answer created = acme.post("/api/projects", Map.of("name", " Harbour ", "description", "Port side"));

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.json().path("success").asBoolean()).isTrue();
        assertThat(created.json().path("message").asText()).isEqualTo("Project created successfully");
        JsonNode made = created.json().at("/data/project");
        assertThat(TestClient.keys(made))
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "description",
                        "sub_clients_enabled",
                        "sub_clients_registration_enabled",
                        "registration_proof",
                        "sub_client_count",
                        "created_at",
                        "updated_at");
        assertThat(made.path("name").asText()).isEqualTo("Harbour");
        assertThat(made.path("sub_clients_enabled").asBoolean(true)).isFalse();
        assertThat(made.path("sub_clients_registration_enabled").asBoolean()).isTrue();
        assertThat(made.path("created_at").isIntegralNumber()).isTrue();

        Answer read = acme.get("/api/projects/" + made.path("id").asText());
        assertThat(read.json().at("/data/project")).isEqualTo(made);
        Answer list = acme.get("/api/projects");
        assertThat(list.json().at("/data/projects/0")).isEqualTo(made);
        assertThat(list.json().at("/data/projects/1/id").asText())
                .isEqualTo(world.project().id().toString());
        assertThat(list.json().at("/data").has("nextCursor")).isFalse();
    }

    @Test
    void projectsComePageByPage() {
        acme.post("/api/projects", Map.of("name", "Second"));
        acme.post("/api/projects", Map.of("name", "Third"));

        JsonNode first = acme.get("/api/projects?limit=2").json().path("data");
        JsonNode rest = acme.get("/api/projects?limit=2&after="
                        + first.path("nextCursor").asText())
                .json()
                .path("data");

        assertThat(texts(first.path("projects"), "name")).containsExactly("Third", "Second");
        assertThat(texts(rest.path("projects"), "name")).containsExactly("Atlas");
        assertThat(rest.has("nextCursor")).isFalse();
        assertError(acme.get("/api/projects?limit=0"), 400, "limit must be a number from 1 to 1000");
        assertError(acme.get("/api/projects?after=x"), 400, "after must be the nextCursor of an answer");
    }

    @Test
    void absentFlagsOfAProjectStay() {
        Answer off = acme.put(project, Map.of("sub_clients_registration_enabled", false));
        assertThat(off.json()
                        .at("/data/project/sub_clients_registration_enabled")
                        .asBoolean(true))
                .isFalse();
        assertThat(off.json().at("/data/project/sub_clients_enabled").asBoolean())
                .isTrue();
        assertThat(off.json().path("message").asText()).isEqualTo("Project updated successfully");

        Answer renamed = acme.put(project, Map.of("name", "Atlas two", "description", "Now with words"));
        assertThat(renamed.json()
                        .at("/data/project/sub_clients_registration_enabled")
                        .asBoolean(true))
                .isFalse();
        assertThat(renamed.json().at("/data/project/name").asText()).isEqualTo("Atlas two");
        Answer cleared = acme.put(project, Map.of("description", ""));
        assertThat(cleared.json().at("/data/project/description").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "1", "{}", "[]", "\"\""})
    void flagsOfAProjectMustBeBooleans(String value) {
        for (String flag : List.of("sub_clients_enabled", "sub_clients_registration_enabled")) {
            assertError(acme.put(project, "{\"" + flag + "\":" + value + "}"), 400, flag + " must be a boolean");
            assertError(
                    acme.post("/api/projects", "{\"name\":\"P\",\"" + flag + "\":" + value + "}"),
                    400,
                    flag + " must be a boolean");
        }
    }

    @Test
    void aProjectWithWorkspacesStays() {
        world.sales();
        assertError(acme.delete(project), 409, "The project still has sub-clients (1). Delete them first.");

        String empty = acme.post("/api/projects", Map.of("name", "Empty"))
                .json()
                .at("/data/project/id")
                .asText();
        Answer deleted = acme.delete("/api/projects/" + empty);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.json().path("message").asText()).isEqualTo("Project deleted successfully");
        assertError(acme.get("/api/projects/" + empty), 404, "Project not found");
        assertError(acme.delete("/api/projects/" + empty), 404, "Project not found");
    }

    @Test
    void aProjectBelongsToTheActingAccount() {
        Answer created = acme.post("/api/projects?subAccountId=" + world.north().id(), Map.of("name", "Of North"));
        String path = "/api/projects/" + created.json().at("/data/project/id").asText();

        assertThat(created.status()).isEqualTo(201);
        assertError(acme.get(path), 404, "Project not found");
        assertThat(acme.get(path + "?subAccountId=" + world.north().id()).status())
                .isEqualTo(200);
        assertThat(acme.get(path + "?UserId=" + world.north().id()).status()).isEqualTo(200);
        assertError(
                TestClient.of(world.rival())
                        .get(path + "?subAccountId=" + world.north().id()),
                404,
                "Unauthorized: You do not manage this sub-account");
    }

    // Workspaces

    @Test
    void aWorkspaceIsCreated() {
        Answer created = acme.post(
                project + "/sub-clients",
                Map.of("name", "Marketing Department", "description", "Sales team conversations (optional)"));

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.json().path("message").asText()).isEqualTo("Sub-client created successfully");
        JsonNode made = created.json().at("/data/subClient");
        assertThat(made.path("id").asText()).matches("scl_[0-9]{13}_[a-z0-9]{9}");
        assertThat(made.path("project_id").asText())
                .isEqualTo(world.project().id().toString());
        assertThat(made.path("name").asText()).isEqualTo("Marketing Department");
        assertThat(made.path("description").asText()).isEqualTo("Sales team conversations (optional)");
        assertThat(made.path("short_id").asText()).matches("[0-9A-Za-z]{4}");
        assertThat(made.path("pathname").asText()).isEqualTo("marketing-department");
        assertThat(made.path("registration_enabled").asBoolean()).isTrue();
        assertThat(made.path("suspended").asBoolean(true)).isFalse();
        assertThat(made.path("whatsapp_client_id").isNull()).isTrue();
        assertThat(made.path("custom_domain").isNull()).isTrue();
        assertThat(made.path("created_at").isIntegralNumber()).isTrue();
        assertThat(made.path("updated_at")).isEqualTo(made.path("created_at"));
        assertThat(made.path("id").asText())
                .startsWith("scl_" + made.path("created_at").asLong() + "_");
        assertThat(made.has("users")).isFalse();

        assertError(acme.post(project + "/sub-clients", Map.of()), 400, "Sub-client name is required");
        assertError(acme.post(project + "/sub-clients", Map.of("name", "  ")), 400, "Sub-client name is required");
        assertError(
                acme.post(project + "/sub-clients", Map.of("name", "x".repeat(101))),
                400,
                "Sub-client name must be 100 characters or less (current: 101)");
        assertError(
                acme.post(project + "/sub-clients", Map.of("name", "N", "description", "x".repeat(501))),
                400,
                "Description must be 500 characters or less (current: 501)");
    }

    @Test
    void aNewWorkspaceTakesTheProjectsDefaultForRegistration() {
        acme.put(project, Map.of("sub_clients_registration_enabled", false));
        Answer created = acme.post(project + "/sub-clients", Map.of("name", "Closed"));
        assertThat(created.json().at("/data/subClient/registration_enabled").asBoolean(true))
                .isFalse();
    }

    @Test
    void aProjectWithoutWorkspacesMakesNone() {
        world.sales();
        acme.put(project, Map.of("sub_clients_enabled", false));

        assertError(
                acme.post(project + "/sub-clients", Map.of("name", "N")),
                400,
                "Sub-clients feature is not enabled for this project");
        JsonNode list = acme.get(project + "/sub-clients").json().path("data");
        assertThat(list.path("enabled").asBoolean(true)).isFalse();
        assertThat(texts(list.path("subClients"), "name")).containsExactly("Sales");
    }

    @Test
    void theListIsNewestFirstWithUsersInOneGo() {
        world.sales();
        world.support();
        world.salesAdmin();
        world.salesUser();
        world.supportUser();

        JsonNode data = acme.get(project + "/sub-clients").json().path("data");

        assertThat(data.path("enabled").asBoolean()).isTrue();
        assertThat(texts(data.path("subClients"), "name")).containsExactly("Support", "Sales");
        JsonNode sales = data.at("/subClients/1");
        assertThat(texts(sales.path("users"), "username")).containsExactly("omar", "amira");
        assertThat(texts(data.at("/subClients/0/users"), "username")).containsExactly("yusuf");
        assertThat(sales.path("user_count").asInt()).isEqualTo(2);
        JsonNode amira = sales.at("/users/1");
        assertThat(TestClient.keys(amira)).containsExactly("id", "username", "email", "role", "created_at");
        assertThat(amira.path("role").asText()).isEqualTo("admin");
        assertThat(acme.get(project + "/sub-clients").text()).doesNotContain("$argon2", "password");
    }

    @Test
    void workspacesComePageByPageAndAreFound() {
        for (String name : List.of("One", "Two", "Three")) {
            world.workspace(world.context(world.acme()), world.project(), name);
        }
        List<String> names = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            JsonNode page = acme.get(project + "/sub-clients?limit=1"
                            + after.map(cursor -> "&after=" + cursor).orElse(""))
                    .json()
                    .path("data");
            names.addAll(texts(page.path("subClients"), "name"));
            after = Optional.of(page.path("nextCursor").asText()).filter(cursor -> !cursor.isEmpty());
        } while (after.isPresent());
        assertThat(names).hasSize(3).containsExactlyInAnyOrder("One", "Two", "Three");

        assertThat(texts(acme.get(project + "/sub-clients?search=TW").json().at("/data/subClients"), "name"))
                .containsExactly("Two");
        assertError(acme.get(project + "/sub-clients?after=scl_1"), 400, "after must be the nextCursor of an answer");
    }

    @Test
    void aWorkspaceIsReadWithItsUsers() {
        world.salesAdmin();
        JsonNode one = acme.get(path(world.sales())).json().at("/data/subClient");
        assertThat(one.path("name").asText()).isEqualTo("Sales");
        assertThat(texts(one.path("users"), "username")).containsExactly("amira");

        JsonNode asAdmin = TestClient.of(world.salesAdmin())
                .get(path(world.sales()))
                .json()
                .at("/data/subClient");
        assertThat(asAdmin.has("users")).isTrue();
        JsonNode asUser =
                TestClient.of(world.salesUser()).get(path(world.sales())).json().at("/data/subClient");
        assertThat(asUser.has("users")).isFalse();
        assertError(acme.get(project + "/sub-clients/scl_1704067200000_a1b2c3d4e"), 404, "Sub-client not found");
        assertError(acme.get(project + "/sub-clients/nonsense"), 404, "Sub-client not found");
    }

    @Test
    void aWorkspaceIsChanged() {
        Answer updated = acme.put(
                path(world.sales()),
                Map.of("name", "Updated Name", "description", "Updated description", "suspended", true));

        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.json().path("message").asText()).isEqualTo("Sub-client updated successfully");
        JsonNode after = updated.json().at("/data/subClient");
        assertThat(after.path("name").asText()).isEqualTo("Updated Name");
        assertThat(after.path("description").asText()).isEqualTo("Updated description");
        assertThat(after.path("suspended").asBoolean()).isTrue();
        assertThat(after.path("pathname").asText()).as("a new name keeps it").isEqualTo("sales");

        JsonNode unchanged = acme.put(path(world.sales()), Map.of()).json().at("/data/subClient");
        assertThat(unchanged.path("name").asText()).isEqualTo("Updated Name");
        assertThat(unchanged.path("suspended").asBoolean()).isTrue();
        JsonNode regenerated =
                acme.put(path(world.sales()), Map.of("pathname", "")).json().at("/data/subClient");
        assertThat(regenerated.path("pathname").asText()).isEqualTo("updated-name");
        assertError(acme.put(path(world.sales()), Map.of("name", "")), 400, "Name cannot be empty");
        assertError(
                acme.put(path(world.sales()), Map.of("pathname", "Sales Team")),
                400,
                "pathname must contain only lowercase letters, numbers, and hyphens");
    }

    @Test
    void aClientMayEchoTheWholeWorkspace() {
        JsonNode whole = acme.get(path(world.sales())).json().at("/data/subClient");
        Answer echoed = TestClient.of(world.salesAdmin()).put(path(world.sales()), whole);
        assertThat(echoed.status()).as(echoed.toString()).isEqualTo(200);
        assertThat(echoed.json().at("/data/subClient/pathname").asText()).isEqualTo("sales");
    }

    @Test
    void theOnlyDefaultIsTheOneThatWasMarkedLast() {
        acme.put(path(world.sales()), Map.of("is_default", true));
        acme.put(path(world.support()), Map.of("is_default", true));
        JsonNode list = acme.get(project + "/sub-clients").json().at("/data/subClients");
        assertThat(StreamSupport.stream(list.spliterator(), false)
                        .filter(workspace -> workspace.path("is_default").asBoolean())
                        .map(workspace -> workspace.path("name").asText()))
                .containsExactly("Support");
    }

    @Test
    void onlyASuspendedWorkspaceIsDeleted() {
        world.salesUser();
        assertError(
                acme.delete(path(world.sales())),
                400,
                "Only suspended sub-clients can be deleted. Please suspend the sub-client first.");

        acme.put(path(world.sales()), Map.of("suspended", true));
        Answer deleted = acme.delete(path(world.sales()));

        assertThat(deleted.json())
                .isEqualTo(TestClient.JSON
                        .createObjectNode()
                        .put("success", true)
                        .put("message", "Sub-client deleted successfully"));
        assertError(acme.get(path(world.sales())), 404, "Sub-client not found");
        assertThat(world.count(
                        "SELECT COUNT(*) FROM workspace_sessions WHERE sub_client_id = ?",
                        world.sales().id().toString()))
                .isZero();
        assertThat(acme.get(project).json().at("/data/project/sub_client_count").asInt())
                .isZero();
    }

    @Test
    void theLimitOfAnAgencyIsHeld() {
        world.sales();
        world.sql(
                "UPDATE workspace_limits SET max_sub_clients = 2 WHERE tenant_id = ?",
                world.acme().account().toString());
        world.support();

        Answer refused = acme.post(project + "/sub-clients", Map.of("name", "Third"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json())
                .isEqualTo(TestClient.JSON
                        .createObjectNode()
                        .put("success", false)
                        .put("error", "Sub-client limit reached")
                        .put("limit", 2)
                        .put("current", 2));
        world.suspend(world.context(world.acme()), world.support(), true);
        acme.delete(path(world.support()));
        assertThat(acme.post(project + "/sub-clients", Map.of("name", "Third")).status())
                .isEqualTo(201);
    }

    @Test
    void aRepeatedCreationIsAnsweredOnce() {
        var once = acme.with("Idempotency-Key", world.name("key"));
        Answer first = once.post(project + "/sub-clients", Map.of("name", "Once"));
        Answer second = once.post(project + "/sub-clients", Map.of("name", "Once"));
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(acme.get(project).json().at("/data/project/sub_client_count").asInt())
                .isEqualTo(1);
    }

    // Users

    @Test
    void aUserIsAddedListedPromotedAndRemoved() {
        String users = path(world.sales()) + "/users";
        world.salesAdmin();
        Answer added = acme.post(
                users,
                Map.of(
                        "username", "JohnDoe",
                        "email", "John@Example.com",
                        "password", "SecurePass123",
                        "role", "user"));

        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        assertThat(added.json().path("message").asText()).isEqualTo("User created successfully");
        JsonNode user = added.json().at("/data/user");
        assertThat(TestClient.keys(user)).containsExactly("id", "username", "email", "role", "created_at");
        assertThat(user.path("username").asText()).as("as typed").isEqualTo("JohnDoe");
        assertThat(user.path("email").asText()).isEqualTo("john@example.com");

        JsonNode list = acme.get(users).json().path("data");
        assertThat(texts(list.path("users"), "username")).containsExactly("JohnDoe", "amira");
        Answer promoted = acme.put(users + "/" + user.path("id").asInt() + "/role", Map.of("role", "admin"));
        assertThat(promoted.json())
                .isEqualTo(TestClient.JSON
                        .createObjectNode()
                        .put("success", true)
                        .put("message", "User role updated successfully"));
        assertThat(acme.get(users).json().at("/data/users/0/role").asText()).isEqualTo("admin");
        Answer removed = acme.delete(users + "/" + user.path("id").asInt());
        assertThat(removed.json())
                .isEqualTo(TestClient.JSON
                        .createObjectNode()
                        .put("success", true)
                        .put("message", "User removed successfully"));
        assertThat(texts(acme.get(users).json().at("/data/users"), "username")).containsExactly("amira");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                           | username is required",
                "username=new                                               | email is required",
                "username=new;email=new@guests.example                      | password is required",
                "username=new;email=new@guests.example;password=12345678;role=root | Role must be 'admin', 'agent' or 'user'",
                "username=new;email=new@guests.example;password=12345678;role=Admin | Role must be 'admin', 'agent' or 'user'",
                "username=new;email=nonsense;password=12345678              | Invalid email format",
                "username=a;email=new@guests.example;password=12345678      | Username must be 2-64 characters and contain only letters, numbers, dots, underscores, and hyphens",
                "username=a@b.c;email=new@guests.example;password=12345678  | Username must be 2-64 characters and contain only letters, numbers, dots, underscores, and hyphens",
                "username=new;email=new@guests.example;password=1234567     | Password must be at least 8 characters long",
                "username=AMIRA;email=new@guests.example;password=12345678  | Username already exists",
                "username=new;email=AMIRA@guests.example;password=12345678  | Email already exists",
            })
    void whatIsWrongWithANewUserIsSaid(String fields, String error) {
        world.salesAdmin();
        var body = new java.util.LinkedHashMap<String, String>();
        if (fields != null) {
            for (String field : fields.split(";")) {
                body.put(field.split("=")[0], field.split("=")[1]);
            }
        }
        assertError(acme.post(path(world.sales()) + "/users", body), 400, error);
        assertThat(acme.get(path(world.sales()))
                        .json()
                        .at("/data/subClient/user_count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theSameNamesExistInTwoWorkspaces() {
        world.salesAdmin();
        Answer added = acme.post(
                path(world.support()) + "/users",
                Map.of("username", "amira", "email", "amira@guests.example", "password", "12345678"));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        assertThat(added.json().at("/data/user/role").asText()).isEqualTo("user");
    }

    @Test
    void theLastAdminStays() {
        int amira = world.salesAdmin().id();
        world.salesUser();
        String users = path(world.sales()) + "/users/";

        assertError(acme.delete(users + amira), 400, "Cannot remove the last admin from sub-client");
        assertError(
                acme.put(users + amira + "/role", Map.of("role", "user")), 400, "Cannot demote the last admin to user");
        var herself = TestClient.of(world.salesAdmin());
        assertError(
                herself.put(users + amira + "/role", Map.of("role", "user")),
                400,
                "Cannot demote yourself - you are the last admin");
        assertError(herself.delete(users + amira), 400, "cannot delete yourself");

        acme.put(users + world.salesUser().id() + "/role", Map.of("role", "admin"));
        assertError(herself.delete(users + amira), 400, "cannot delete yourself");
        assertThat(herself.put(users + amira + "/role", Map.of("role", "user")).status())
                .isEqualTo(200);
        assertThat(acme.delete(users + amira).status()).isEqualTo(200);
        assertThat(herself.get(path(world.sales())).status())
                .as("her session is over")
                .isEqualTo(401);
    }

    @Test
    void numbersOfUsersAreNumbersOfThisWorkspace() {
        String users = path(world.sales()) + "/users/";
        for (String bad : List.of("x", "12abc", "0", "-1", "99999999999")) {
            assertError(acme.delete(users + bad), 400, "Invalid userId");
            assertError(acme.put(users + bad + "/role", Map.of("role", "user")), 400, "Invalid userId");
        }
        assertError(acme.delete(users + world.supportUser().id()), 404, "User not found in sub-client");
        assertError(
                acme.put(users + world.supportUser().id() + "/role", Map.of("role", "user")),
                404,
                "User not found in sub-client");
        assertError(
                acme.put(users + world.salesUser().id() + "/role", Map.of("role", "boss")),
                400,
                "Role must be 'admin', 'agent' or 'user'");
    }

    @Test
    void deniedAccessIsAudited() {
        TestClient.of(world.salesUser()).delete(path(world.sales()));
        TestClient.of(world.rival()).get(path(world.sales()));
        world.writeDenials();
        assertThat(world.select(
                        "SELECT target FROM audit_events WHERE action = 'AccessDenied' AND target LIKE ?",
                        "%" + world.sales().id() + "%"))
                .contains("DELETE " + path(world.sales()), "GET " + path(world.sales()));
    }

    private String path(Workspace workspace) {
        return "/api/projects/" + workspace.project() + "/sub-clients/" + workspace.id();
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    private static void assertError(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.json().path("success").asBoolean(true)).isFalse();
    }
}
