package dev.banyan.workspaces.many;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many users of a workspace from a list, by program and by page, from both sides.
@QuarkusTest
class UserListTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private Workspace room;
    private String route = "";

    @BeforeEach
    void thereIsAWorkspace() {
        world.confirm(world.acme());
        acme = TestClient.of(world.acme());
        room = world.workspace(world.context(world.acme()), world.project(), "Harbour");
        route = "/api/projects/" + world.project().id() + "/sub-clients/" + room.id() + "/users/import";
    }

    private long users() {
        return world.count(
                "SELECT COUNT(*) FROM sub_client_users WHERE sub_client_id = ?",
                room.id().value());
    }

    private static List<String> statuses(Answer answer) {
        return answer.json()
                .at("/data/results")
                .valueStream()
                .map(row -> row.path("status").asText())
                .toList();
    }

    @Test
    void usersAreAddedInvitedOrRefusedEachForThemselves() {
        List<Map<String, String>> list = List.of(
                Map.of(
                        "username",
                        "lena",
                        "email",
                        "Lena@List.example",
                        "role",
                        "admin",
                        "password",
                        "salt and pepper"),
                Map.of("username", "omar", "email", "omar@list.example", "role", "agent"),
                Map.of("username", "x", "email", "x@list.example", "password", "salt and pepper"),
                Map.of("username", "short", "email", "short@list.example", "password", "salt"),
                Map.of("username", "other", "email", "other@list.example", "role", "boss"),
                Map.of("username", "LENA", "email", "lena2@list.example", "password", "salt and pepper"));
        List<String> expected = List.of("added", "invited", "refused", "refused", "refused", "refused");

        Answer dry = acme.post(route, Map.of("users", list, "dryRun", true));
        assertThat(statuses(dry)).isEqualTo(expected);
        assertThat(users()).isZero();
        assertThat(dry.json().path("message").asText()).isEqualTo("1 user would be added, 1 would be invited");
        Answer done = acme.post(route, Map.of("users", list));
        assertThat(done.status()).as(done.toString()).isEqualTo(200);
        assertThat(statuses(done)).isEqualTo(expected);
        JsonNode data = done.json().path("data");
        assertThat(data.path("results")).isEqualTo(dry.json().at("/data/results"));
        assertThat(data.path("added").asLong()).isEqualTo(1);
        assertThat(done.text()).doesNotContain("salt and pepper");
        assertThat(users()).isEqualTo(1);
        Answer signedIn = TestClient.anonymous()
                .post(
                        "/api/sub-client/login",
                        Map.of(
                                "shortPath", room.shortPath(),
                                "usernameOrEmail", "lena",
                                "password", "salt and pepper"));
        assertThat(signedIn.status()).as(signedIn.toString()).isEqualTo(200);
        assertThat(statuses(acme.post(route, Map.of("users", list))).subList(0, 2))
                .as("once more changes nothing")
                .containsExactly("unchanged", "unchanged");
        assertThat(world.count(
                        "SELECT COUNT(*) FROM workspace_invitations WHERE sub_client_id = ?",
                        room.id().value()))
                .isEqualTo(1);
    }

    @Test
    void aLongListIsAnsweredAtOnceAndGoesOnWithAReportOfEachRow() {
        assertThat(acme.get(route).json().at("/data/total").asInt(-1)).isZero();
        List<Map<String, String>> list = IntStream.rangeClosed(1, 60)
                .mapToObj(i -> Map.of(
                        "username", i == 30 ? "x" : "user" + i,
                        "email", "user" + i + "@list.example",
                        "password", i == 40 ? "salt" : "salt and pepper " + i))
                .toList();

        Answer begun = acme.post(route, Map.of("users", list));
        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        assertThat(begun.json().at("/data/total").asInt()).isEqualTo(60);
        assertThat(users()).as("passwords take longer to hash").isLessThan(58);
        Answer busy = acme.post(route, Map.of("users", list));
        assertThat(busy.status()).isEqualTo(409);
        assertThat(TestClient.of(world.salesAdmin()).get(route).status()).isEqualTo(404);
        assertThat(TestClient.of(world.guest(world.context(world.acme()), room, "agent1", WorkspaceRole.AGENT))
                        .get(route)
                        .status())
                .isEqualTo(403);

        Answer done = Eventually.until(
                () -> acme.get(route), now -> !now.json().at("/data/running").asBoolean());
        JsonNode data = done.json().path("data");
        assertThat(List.of(
                        data.path("done").asInt(),
                        data.path("added").asInt(),
                        data.path("refused").asInt(),
                        data.path("stopped").asBoolean()))
                .containsExactly(60, 58, 2, false);
        assertThat(statuses(done)).hasSize(60);
        assertThat(data.path("results").get(29).path("error").asText()).isNotEmpty();
        assertThat(data.path("results").get(39).path("status").asText()).isEqualTo("refused");
        assertThat(done.text()).doesNotContain("salt and pepper");
        assertThat(users()).isEqualTo(59);
        assertThat(TestClient.anonymous()
                        .post(
                                "/api/sub-client/login",
                                Map.of(
                                        "shortPath", room.shortPath(),
                                        "usernameOrEmail", "user57",
                                        "password", "salt and pepper 57"))
                        .status())
                .isEqualTo(200);
    }

    /// A user who was removed can be brought in again.
    @Test
    void aRemovedUserComesBack() {
        Map<String, Object> body = Map.of(
                "users",
                List.of(Map.of("username", "lena", "email", "lena@list.example", "password", "salt and pepper")));
        assertThat(statuses(acme.post(route, body))).containsExactly("added");
        world.sql(
                "DELETE FROM sub_client_users WHERE sub_client_id = ?",
                room.id().value());
        assertThat(statuses(acme.post(route, body))).containsExactly("added");
    }

    @Test
    void onlyAdminsAndTheProjectSideBringUsersIn() {
        String sales = "/api/projects/" + world.project().id() + "/sub-clients/"
                + world.sales().id() + "/users/import";
        Map<String, Object> body = Map.of(
                "users",
                List.of(Map.of("username", "fresh", "email", "fresh@list.example", "password", "salt and pepper")));
        assertThat(TestClient.of(world.salesAgent()).post(sales, body).status()).isEqualTo(403);
        assertThat(TestClient.of(world.salesUser()).post(sales, body).status()).isEqualTo(403);
        assertThat(TestClient.of(world.supportAdmin()).post(sales, body).status())
                .isEqualTo(404);
        assertThat(TestClient.of(world.rival()).post(sales, body).status()).isEqualTo(404);
        assertThat(TestClient.of(world.rival()).post(sales, Map.of()).status())
                .as("whatever they send")
                .isEqualTo(404);
        Answer empty = acme.post(sales, Map.of("users", List.of()));
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.error()).isEqualTo("users must have 1 to 1,000 entries (now 0)");
        assertThat(acme.post(sales, Map.of("users", List.of(), "invite", true)).status())
                .as("an unknown field")
                .isEqualTo(400);
        assertThat(statuses(TestClient.of(world.salesAdmin()).post(sales, body)))
                .containsExactly("added");
    }

    @Test
    void twoHundredUsersComeFromAFile() {
        String csv = "username,email,role,password\n"
                + IntStream.rangeClosed(1, 200)
                        .mapToObj(i -> "user" + i + ",user" + i + "@harbour.example," + (i == 1 ? "admin" : "user")
                                + ",\"secret, number " + i + "\"")
                        .collect(Collectors.joining("\n"));
        String page = WorkspacePaths.workspace(world.project().id(), room.id()) + "/users/import";
        TestClient pages = acme.onPagesOf(world.acme());
        assertThat(pages.get(WorkspacePaths.workspace(world.project().id(), room.id()) + "/users")
                        .text())
                .contains("Import users…");
        byte[] file = csv.getBytes(StandardCharsets.UTF_8);
        Map<String, String> tries =
                Map.of("as", world.acme().username(), "pasted", "", "mode", "passwords", "value", "try");
        Answer tried = pages.upload(page, tries, "users.csv", file);
        assertThat(tried.text()).contains("200 users would be added, 0 would be invited.");
        assertThat(users()).isZero();
        Map<String, String> adds =
                Map.of("as", world.acme().username(), "pasted", "", "mode", "passwords", "value", "add");
        Answer added = pages.upload(page, adds, "users.csv", file);
        assertThat(added.location()).as(added.text()).startsWith(page);
        assertThat(Eventually.until(
                        () -> pages.get(added.location()).text(), shown -> !shown.contains("hx-trigger=\"every 1s\"")))
                .contains("200 users added, 0 invited.")
                .doesNotContain("secret, number");
        assertThat(users()).isEqualTo(200);
        assertThat(world.select(
                        "SELECT user_count FROM sub_clients WHERE id = ?",
                        room.id().value()))
                .containsExactly("200");
        assertThat(TestClient.anonymous()
                        .post(
                                "/api/sub-client/login",
                                Map.of(
                                        "shortPath", room.shortPath(),
                                        "usernameOrEmail", "user137",
                                        "password", "secret, number 137"))
                        .status())
                .isEqualTo(200);
    }

    private String preview(String list) {
        String page = WorkspacePaths.workspace(world.project().id(), room.id()) + "/users/import";
        Map<String, String> tries =
                Map.of("as", world.acme().username(), "pasted", list, "mode", "passwords", "value", "try");
        return acme.onPagesOf(world.acme()).multipart(page, tries).text();
    }

    /// A column of passwords under a name that we don’t know became invitations without a word.
    @Test
    void thePreviewNamesTheColumnsThatItLeavesOut() {
        assertThat(preview("email,Tajno geslo,Team\nana@acme.example,Passw0rd-x,A"))
                .contains("We don’t use these columns: <bdi>“Tajno geslo”, “Team”</bdi>");
        assertThat(preview("email,role\nana@acme.example,agent"))
                .contains("Will be invited as agent")
                .doesNotContain("We don’t use");
    }

    @Test
    void aListOfAnotherSystemSaysWhatEachLineBecomes() {
        world.guest(world.context(world.acme()), room, "anna", WorkspaceRole.USER);
        String list = """
            First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Status [READ ONLY]
            Anna,Eleven,anna@acme.example,Passw0rd-x,Active
            Anna,Twelve,anna@acme2.example,****,Active
            Old,Hand,old.hand@acme.example,****,Suspended
            """;
        assertThat(preview(list))
                .contains("1 user would be added, 1 would be invited. 1 line has a problem.")
                .contains("<bdi>anna2</bdi>", "<bdi>anna@acme.example</bdi>", "Will be added as user")
                .contains("<bdi>anna3</bdi>", "Will be invited as user")
                .contains("This user can&#39;t sign in where the list comes from");
        assertThat(preview("Farbe;Gr\u00f6\u00dfe\nrot;8"))
                .contains("We don&#39;t know any of: “Farbe”, “Gr\u00f6\u00dfe”")
                .doesNotContain("Will be");
    }

    @Test
    void ofAMailProgramsLineEachPersonIsJudgedAlone() {
        assertThat(preview("Anna <anna@acme.example>, Anna <anna@acme.example>, Ben <ben@acme.example>"))
                .contains("0 users would be added, 2 would be invited. 1 line has a problem.");
    }

    /// Lists, people and mail servers write it in different ways.
    @Test
    void anEmailWithAHostOfOtherLettersIsThePersonsHoweverItIsTyped() {
        Map<String, Object> body = Map.of(
                "users",
                List.of(Map.of(
                        "username", "vera",
                        "email", "vera@m\u00fcnchen.example",
                        "password", "salt and pepper")));
        assertThat(statuses(acme.post(route, body))).containsExactly("added");
        assertThat(statuses(acme.post(route, body))).containsExactly("unchanged");
        for (String typed : List.of("Vera@M\u00dcNCHEN.example", "vera@xn--mnchen-3ya.example")) {
            Answer signedIn = TestClient.anonymous()
                    .post(
                            "/api/sub-client/login",
                            Map.of(
                                    "shortPath",
                                    room.shortPath(),
                                    "usernameOrEmail",
                                    typed,
                                    "password",
                                    "salt and pepper"));
            assertThat(signedIn.status()).as(typed + signedIn).isEqualTo(200);
        }
    }

    @Test
    void whoIsHereUnderAnotherNameIsAlreadyThere() {
        String email = world.guest(world.context(world.acme()), room, "anna", WorkspaceRole.USER)
                .email();
        assertThat(preview("username,email,status\nanna.fifteen," + email + ",Member"))
                .contains("<bdi>anna</bdi>", "Already there")
                .doesNotContain("anna.fifteen</bdi>", "has a problem");
    }

    @Test
    void aNameThatIsNoUsernameHereGivesOne() {
        String list = "User id,User name,email,User status\n"
                + "1,Anna Müller,anna1@acme.example,Active\n"
                + "2,Anna Müller,anna2@acme.example,Active\n"
                + "3,jörg.müller,Jörg <joerg@acme.example>,Active\n"
                + "4,a,a4@acme.example,Active\n"
                + "5," + "x".repeat(70) + ",x5@acme.example,Active\n";
        assertThat(preview(list))
                .contains("0 users would be added, 5 would be invited.")
                .contains("<bdi>Anna_Muller</bdi>", "<bdi>Anna_Muller2</bdi>", "<bdi>jorg.muller</bdi>")
                .contains("<bdi>usera</bdi>", "<bdi>joerg@acme.example</bdi>");
    }

    @Test
    void programsMayLeaveUsernamesToTheEmail() {
        List<Map<String, String>> list = List.of(
                Map.of("email", "j.doe@list.example", "role", "agent", "password", "salt and pepper"),
                Map.of("username", "J.Doe@other.example", "password", "salt and pepper"),
                Map.of("username", "j.doe2", "email", "third@list.example", "password", "salt and pepper"),
                Map.of("role", "agent"));
        Answer done = acme.post(route, Map.of("users", list));
        assertThat(statuses(done)).containsExactly("added", "added", "added", "refused");
        assertThat(done.json().at("/data/results").findValuesAsText("username"))
                .containsExactly("j.doe", "J.Doe3", "j.doe2", "");
        assertThat(done.json().at("/data/results/0/role").asText()).isEqualTo("agent");
        assertThat(statuses(acme.post(route, Map.of("users", list))))
                .as("once more changes nothing")
                .containsExactly("unchanged", "unchanged", "unchanged", "refused");
    }

    @Test
    void anAdminInvitesAllFromTheirOwnPage() {
        TestWorld.Guest admin = world.salesAdmin();
        String page = "/s/" + world.sales().shortPath() + "/users/import";
        TestClient pages = TestClient.of(admin);
        assertThat(pages.get(page).text()).contains("Import users", "Invite everyone");
        assertThat(TestClient.of(world.salesUser()).get(page).status()).isEqualTo(403);
        String email = world.name("nour") + "@list.example";
        Answer done = pages.multipart(
                page,
                Map.of(
                        "pasted",
                        "nour1," + email + ",agent,salt and pepper\nx,broken",
                        "mode",
                        "invite",
                        "value",
                        "add"));
        assertThat(done.text())
                .contains("0 users added, 1 invited. 1 line has a problem.")
                .contains("username,email,role,password\nx,broken,user,</textarea>");
        assertThat(world.select("SELECT role FROM workspace_invitations WHERE email = ?", email))
                .containsExactly("agent");
        assertThat(pages.multipart(page, Map.of("pasted", " ", "value", "try")).status())
                .isEqualTo(422);
    }
}
