package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A program acts for a brand that is meanwhile taken away from it. Its later requests are meant for the brand, and
/// must have no effect elsewhere.
@QuarkusTest
class WritingForABrandThatIsGoneTest {

    private static final String INVALID = "{\"error\":\"Invalid sub-account\"}";

    private final TestWorld world;

    private TestClient program = TestClient.anonymous();
    private TestClient other = TestClient.anonymous();

    WritingForABrandThatIsGoneTest(TestWorld world) {
        this.world = world;
    }

    @BeforeEach
    void aProgramActsForNorth() {
        program = TestClient.of(world.acme());
        other = TestClient.withSession(world.newSession(world.acme().email()));
        for (String account : List.of(own(), north())) {
            program.post("/api/admin/CreatePage?UserId=" + account, Map.of("slug", "main", "name", "Main"));
        }
        switchTo(program, north());
    }

    private String own() {
        return world.acme().account().toString();
    }

    private String north() {
        return world.north().id().toString();
    }

    private static void switchTo(TestClient client, String id) {
        Answer answer = client.post("/api/admin/SwitchToSubAccount", Map.of("subAccountId", id));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static Answer addLink(TestClient client) {
        return client.put(
                "/api/admin/UpdateLinks",
                Map.of(
                        "links",
                        List.of(Map.of("operation", "add", "title", "Bread", "url", "https://bread.example/"))));
    }

    private long links() {
        return world.count(
                "SELECT count(*) FROM links WHERE tenant_id = ?",
                world.acme().account().toString());
    }

    private void nothingWorksForProgramsUntilTheySwitch(String why) {
        long before = links();
        var answers = new LinkedHashMap<String, Answer>();
        answers.put("UpdateLinks", addLink(program));
        answers.put("CreatePage", program.post("/api/admin/CreatePage", Map.of("slug", "second", "name", "Second")));
        answers.put("UpdateAppearance", program.put("/api/admin/UpdateAppearance", Map.of("theme", "ocean")));
        for (String read : List.of("GetPages", "GetLinks", "GetAppearance", "getShortLinks", "GetActiveContext")) {
            answers.put(read, program.get("/api/admin/" + read));
        }
        answers.put("UserManagerList", program.get("/api/admin/UserManagerList"));
        answers.forEach((name, answer) -> {
            assertThat(answer.status()).as("%s, %s: %s", why, name, answer).isEqualTo(404);
            assertThat(answer.text()).as("%s, %s", why, name).isEqualTo(INVALID);
        });
        for (Answer answer :
                List.of(program.get("/api/projects"), program.post("/api/projects", Map.of("name", "Atlas")))) {
            assertThat(answer.status()).as("%s: %s", why, answer).isEqualTo(404);
            assertThat(answer.error()).isEqualTo("Invalid sub-account");
        }
        assertThat(links()).as(why).isEqualTo(before);

        assertThat(program.get("/api/me").status()).as(why).isEqualTo(200);
        assertThat(program.get("/api/admin/GetSubAccounts").status()).as(why).isEqualTo(200);
        assertThat(program.get("/api/admin/GetProfile").json().path("UserId").asText())
                .as("%s: who the program is", why)
                .isEqualTo(own());
        assertThat(program.get("/api/admin/GetPages?UserId=" + own()).status())
                .as("%s: a named account", why)
                .isEqualTo(200);
        assertThat(addLink(program).text()).as("%s: still", why).isEqualTo(INVALID);
    }

    private void switchingBackHelps() {
        Answer back = program.post("/api/admin/SwitchToParentAccount", "");
        assertThat(back.status()).as(back.toString()).isEqualTo(200);
        assertThat(back.json().at("/activeContext/userId").asText()).isEqualTo(own());
        assertThat(addLink(program).status()).isEqualTo(200);
    }

    @Test
    void isRefusedWhenItIsSuspendedByAProgram() {
        Answer suspended =
                other.post("/api/admin/UpdateSubAccountStatus", Map.of("subAccountId", north(), "status", "suspended"));
        assertThat(suspended.status()).as(suspended.toString()).isEqualTo(200);
        nothingWorksForProgramsUntilTheySwitch("suspended");
        other.post("/api/admin/UpdateSubAccountStatus", Map.of("subAccountId", north(), "status", "active"));
        nothingWorksForProgramsUntilTheySwitch("active again, and not switched to again");
        switchTo(program, north());
        assertThat(addLink(program).status()).isEqualTo(200);
    }

    @Test
    void isRefusedWhenItIsDeletedByAProgram() {
        Answer deleted =
                other.post("/api/admin/DeleteSubAccount", Map.of("subAccountId", north(), "confirmDelete", true));
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
        nothingWorksForProgramsUntilTheySwitch("deleted");
        switchTo(program, world.south().id().toString());
        assertThat(program.get("/api/admin/GetPages").status()).isEqualTo(200);
    }

    @Test
    void isRefusedWhenItIsSuspendedOrDeletedOnAPage() {
        for (String act : List.of("suspend", "delete")) {
            switchTo(program, north());
            Answer done = other.form(
                    "/admin/users/sub-accounts/" + world.north().username() + "/" + act,
                    "as",
                    world.acme().username());
            assertThat(done.status()).as(done.text()).isEqualTo(303);
            nothingWorksForProgramsUntilTheySwitch(act);
            switchingBackHelps();
            if (act.equals("suspend")) {
                other.form(
                        "/admin/users/sub-accounts/" + world.north().username() + "/reactivate",
                        "as",
                        world.acme().username());
            }
        }
    }

    @Test
    void isRefusedWhenItIsErased() {
        other.post("/api/admin/DeleteSubAccount", Map.of("subAccountId", north(), "confirmDelete", true));
        world.sql("DELETE FROM accounts WHERE id = ?", north());
        nothingWorksForProgramsUntilTheySwitch("erased");
        Answer created = program.post(
                "/api/admin/CreateSubAccount", Map.of("username", world.name("west"), "displayName", "West"));
        assertThat(created.text()).as("nobody knows above what").isEqualTo(INVALID);
        switchingBackHelps();
    }

    @Test
    void theOneWhoActedForItMayBringItBack() {
        Answer deleted =
                program.post("/api/admin/DeleteSubAccount", Map.of("subAccountId", north(), "confirmDelete", true));
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
        assertThat(addLink(program).text()).isEqualTo(INVALID);
        Answer restored = program.post("/api/admin/RestoreSubAccount", Map.of("subAccountId", north()));
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(addLink(program).text()).as("until it switches").isEqualTo(INVALID);
        switchingBackHelps();
    }

    @Test
    void isRefusedWhenAManagerMayNotActForItAnyMore() {
        TestClient owner = other;
        TestClient manager = TestClient.of(world.solo());
        world.confirm(world.acme());
        world.confirm(world.solo());
        manager.post("/api/admin/CreatePage", Map.of("slug", "main", "name", "Main"));
        Answer invited = owner.form(
                "/admin/users/people",
                Map.of(
                        "as",
                        world.acme().username(),
                        "email",
                        world.solo().email(),
                        "role",
                        "manager",
                        "scope",
                        "listed",
                        "subAccounts",
                        world.north().username()));
        assertThat(invited.status()).as(invited.text()).isEqualTo(303);
        manager.form("/admin/invitations/" + own() + "/accept", Map.of());
        switchTo(manager, north());
        assertThat(addLink(manager).status()).isEqualTo(200);

        Answer moved = owner.form(
                "/admin/users/people/" + world.solo().identity(),
                Map.of(
                        "as",
                        world.acme().username(),
                        "role",
                        "manager",
                        "scope",
                        "listed",
                        "subAccounts",
                        world.south().username()));
        assertThat(moved.status()).as(moved.text()).isEqualTo(303);
        assertThat(addLink(manager).text()).as("out of the manager's scope").isEqualTo(INVALID);
        assertThat(manager.get("/api/admin/GetLinks").text()).isEqualTo(INVALID);
        assertThat(manager.get("/api/me").status()).isEqualTo(200);

        switchTo(manager, world.south().id().toString());
        assertThat(manager.get("/api/admin/GetLinks").status()).isEqualTo(200);
        owner.post("/api/admin/UserManagerRemove", Map.of("UserId", world.solo().account()));
        assertThat(addLink(manager).text()).as("not a manager any more").isEqualTo(INVALID);
        assertThat(manager.get("/api/admin/GetSubAccounts").status()).isEqualTo(200);
        assertThat(manager.post(
                                "/api/admin/CreateSubAccount",
                                Map.of("username", world.name("west"), "displayName", "West"))
                        .text())
                .isEqualTo(INVALID);
        manager.post("/api/admin/SwitchToParentAccount", "");
        assertThat(addLink(manager).status()).isEqualTo(200);
    }

    @Test
    void isRefusedWhereWhoHasNoAccountOfTheirOwnWouldWorkForTheNext() {
        world.sql(
                "UPDATE identities SET home_account_id = NULL WHERE id = ?",
                world.solo().identity().toString());
        world.sql(
                "DELETE FROM memberships WHERE identity_id = ?",
                world.solo().identity().toString());
        world.sql(
                "INSERT INTO memberships (tenant_id, identity_id, role, scope, created_at) VALUES (?, ?, 'manager',"
                        + " 'listed', 1)",
                own(),
                world.solo().identity().toString());
        for (TestWorld.Brand brand : List.of(world.north(), world.south())) {
            world.sql(
                    "INSERT INTO membership_accounts (tenant_id, identity_id, account_id) VALUES (?, ?, ?)",
                    own(),
                    world.solo().identity().toString(),
                    brand.id().toString());
        }
        TestClient freelance = TestClient.of(world.solo());
        assertThat(freelance.get("/api/admin/GetActiveContext").status())
                .as("of none, until one is chosen")
                .isEqualTo(403);
        switchTo(freelance, north());
        assertThat(freelance.get("/api/admin/GetPages").status()).isEqualTo(200);
        other.post("/api/admin/UpdateSubAccountStatus", Map.of("subAccountId", north(), "status", "suspended"));
        assertThat(freelance.get("/api/admin/GetPages").text()).isEqualTo(INVALID);
        freelance.post("/api/admin/SwitchToParentAccount", "");
        assertThat(freelance.get("/api/admin/GetPages").status()).isEqualTo(403);
        switchTo(freelance, world.south().id().toString());
        assertThat(freelance.get("/api/admin/GetPages").status()).isEqualTo(200);
    }

    @Test
    void onItsPagesThePersonReadsThatItIsGoneAndSwitches() {
        String as = world.north().username();
        program.form("/admin/context", "target", as);
        other.post("/api/admin/UpdateSubAccountStatus", Map.of("subAccountId", north(), "status", "suspended"));
        for (String path : List.of("/admin/dashboard", "/admin/dashboard?as=" + as, "/admin/pages?as=" + as)) {
            Answer gone = program.get(path);
            assertThat(gone.status()).as(path).isEqualTo(404);
            assertThat(gone.text())
                    .as(path)
                    .contains("This account isn&#39;t available", "href=\"/admin/context\"", "Switch account");
        }
        Answer form = program.form("/admin/pages", "as", as, "name", "Second", "slug", "second");
        assertThat(form.status()).isEqualTo(404);
        Answer chooser = program.get("/admin/context");
        assertThat(chooser.status()).isEqualTo(200);
        assertThat(chooser.text()).contains(world.acme().username());
        Answer back = program.form("/admin/context", "target", world.acme().username());
        assertThat(back.location())
                .isEqualTo("/admin/dashboard?as=" + world.acme().username());
        assertThat(program.get("/admin/dashboard").status()).isEqualTo(200);
    }
}
