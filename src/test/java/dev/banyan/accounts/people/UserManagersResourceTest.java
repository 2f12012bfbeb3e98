package dev.banyan.accounts.people;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// User managers as called by the LinkToMe client according to contract 2.10 and 1.3.
@QuarkusTest
class UserManagersResourceTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private TestClient solo = TestClient.anonymous();

    @BeforeEach
    void peopleConfirmTheirEmails() {
        confirm(world.acme());
        confirm(world.solo());
        acme = TestClient.of(world.acme());
        solo = TestClient.of(world.solo());
    }

    private void confirm(Person person) {
        world.sql("UPDATE identities SET email_confirmed_at = 1 WHERE email = ?", person.email());
    }

    private static Answer invite(TestClient from, String email) {
        return from.post("/api/admin/UserManagerInvite", Map.of("email", email, "role", "user_manager"));
    }

    private static Answer respond(TestClient who, Person from, String state) {
        return who.post(
                "/api/admin/UserManagerRespond",
                Map.of("FromUserId", from.account().toString(), "State", state));
    }

    private static Answer remove(TestClient who, Object userId) {
        return who.post("/api/admin/UserManagerRemove", Map.of("UserId", userId.toString()));
    }

    private static JsonNode list(TestClient who) {
        Answer answer = who.get("/api/admin/UserManagerList");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private void soloManagesAcme() {
        assertThat(invite(acme, world.solo().email()).status()).isEqualTo(200);
        assertThat(respond(solo, world.acme(), "accepted").status()).isEqualTo(200);
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.json().has("message")).isFalse();
    }

    @Test
    void anInvitationStandsInBothLists() {
        Answer answer = invite(acme, world.solo().email());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(TestClient.keys(answer.json())).containsExactly("message");

        JsonNode manager = list(acme).at("/managers/0");
        assertThat(TestClient.keys(manager))
                .containsExactlyInAnyOrder(
                        "UserId",
                        "username",
                        "email",
                        "role",
                        "scope",
                        "subAccounts",
                        "workspaces",
                        "readOnly",
                        "state",
                        "created",
                        "updated");
        assertThat(manager.path("UserId").asText())
                .as("nobody learns who is registered")
                .isNotEmpty()
                .isNotEqualTo(world.solo().account().toString());
        assertThat(manager.path("username").asText()).isEmpty();
        assertThat(manager.path("email").asText()).isEqualTo(world.solo().email());
        assertThat(manager.path("role").asText()).isEqualTo("user_manager");
        assertThat(manager.path("state").asText()).isEqualTo("pending");
        assertThat(Instant.parse(manager.path("created").asText())).isNotNull();

        JsonNode managee = list(solo).at("/managees/0");
        assertThat(managee.path("UserId").asText())
                .isEqualTo(world.acme().account().toString());
        assertThat(managee.path("username").asText()).isEqualTo(world.acme().username());
        assertThat(managee.path("state").asText()).isEqualTo("pending");
        assertThat(list(acme).path("managees")).isEmpty();
    }

    @Test
    void refusalsSayWhatIsWrong() {
        assertRefused(invite(acme, world.acme().email()), "You cannot invite yourself");
        assertRefused(invite(acme, "nonsense"), "Email must look like name@example.com");
        invite(acme, world.solo().email());
        assertRefused(invite(acme, world.solo().email()), "This person already has a pending invitation");
        assertRefused(
                acme.post("/api/admin/UserManagerInvite", Map.of("email", "x@y.example", "role", "site_super_admin")),
                "role must be user_manager");
        assertRefused(respond(solo, world.acme(), "maybe"), "State must be accepted or rejected");
        assertRefused(respond(solo, world.rival(), "accepted"), "No invitation from this account is pending");
        respond(solo, world.acme(), "accepted");
        assertRefused(invite(acme, world.solo().email()), "This person already manages the account");
        assertRefused(respond(solo, world.acme(), "rejected"), "No invitation from this account is pending");
        assertRefused(
                remove(acme, world.rival().account()), "There is no manager, account or invitation with this UserId");
        assertRefused(remove(acme, world.acme().account()), "The last owner of an account cannot be removed");
    }

    @Test
    void whoIsInvitedToLookOnLooksOnUntilAnOwnerSaysOtherwise() {
        assertRefused(
                acme.post(
                        "/api/admin/UserManagerInvite",
                        Map.of("email", world.solo().email(), "readOnly", true, "workspaces", true)),
                "Members who are readOnly have no access to workspaces: leave out workspaces");
        acme.post("/api/admin/UserManagerInvite", Map.of("email", world.solo().email(), "readOnly", true));
        assertThat(list(acme).at("/managers/0/readOnly").asBoolean()).isTrue();
        assertThat(list(solo).at("/managees/0/readOnly").asBoolean()).isTrue();
        respond(solo, world.acme(), "accepted");
        String of = "?UserId=" + world.acme().account();
        assertThat(createPage(of).status()).isEqualTo(403);
        assertThat(solo.get("/api/admin/GetPages" + of).status()).isEqualTo(200);

        assertThat(update(Map.of("scope", "all")).status()).isEqualTo(200);
        assertThat(list(acme).at("/managers/0/readOnly").asBoolean())
                .as("what is left out extends no right")
                .isTrue();
        assertRefused(
                update(Map.of("workspaces", true)),
                "Members who are readOnly have no access to workspaces: leave out workspaces");
        assertRefused(
                update(Map.of("role", "owner", "readOnly", true)), "Owners can change everything: leave out readOnly");
        assertThat(update(Map.of("readOnly", false, "workspaces", true)).status())
                .isEqualTo(200);
        assertThat(createPage(of).status()).isIn(200, 201);

        assertThat(update(Map.of("readOnly", true)).status()).isEqualTo(200);
        assertThat(list(acme).at("/managers/0/workspaces").asBoolean()).isFalse();
        assertThat(createPage(of).status()).isEqualTo(403);
        assertThat(world.select(
                        "SELECT details FROM audit_events WHERE action = 'PersonInvited' AND tenant_id = ?",
                        world.acme().account().toString()))
                .singleElement()
                .asString()
                .contains("viewer");
    }

    private Answer createPage(String of) {
        return solo.post("/api/admin/CreatePage" + of, Map.of("name", "Hello", "slug", world.name("hello")));
    }

    private Answer update(Map<String, Object> change) {
        var body = new HashMap<>(change);
        body.put("UserId", world.solo().account().toString());
        return acme.post("/api/admin/UserManagerUpdate", body);
    }

    /// A key acts for its account, whatever other roles its creator has.
    @Test
    void aKeyDoesNotReachTheOtherAccountsOfItsMaker() {
        assertThat(invite(solo, world.acme().email()).status()).isEqualTo(200);
        assertThat(respond(acme, world.solo(), "accepted").status()).isEqualTo(200);
        Answer made = acme.post(
                "/api/admin/apikeyscreate", Map.of("name", "People", "permissions", List.of("list:user_manager")));
        var program = TestClient.withBearer(made.json().at("/key/key").asText());

        Answer listed = program.get("/v1/UserManagerList");
        assertThat(listed.status()).as(listed.toString()).isEqualTo(200);
        assertThat(listed.json().path("managees")).isEmpty();
        assertThat(program.post(
                                "/v1/UserManagerRemove",
                                Map.of("UserId", world.solo().account().toString()))
                        .status())
                .as("members are for people")
                .isEqualTo(403);
        assertThat(list(acme).at("/managees/0/state").asText()).isEqualTo("accepted");

        assertThat(remove(acme, world.solo().account()).status())
                .as("the person")
                .isEqualTo(200);
        assertThat(list(acme).path("managees")).isEmpty();
    }

    @Test
    void whoDoesNotConfirmTheirEmailSeesNoInvitations() {
        Person late = world.person("late");
        invite(acme, late.email());
        var client = TestClient.of(late);
        assertThat(list(client).path("managees")).isEmpty();
        assertThat(respond(client, world.acme(), "accepted").status()).isEqualTo(400);
        assertThat(invite(client, world.solo().email()).status())
                .as("this server sends no mail")
                .isEqualTo(200);
        confirm(late);
        assertThat(list(client).path("managees")).hasSize(1);
    }

    @Test
    void aRejectedPersonMayBeInvitedAgain() {
        invite(acme, world.solo().email());
        assertThat(respond(solo, world.acme(), "rejected").status()).isEqualTo(200);
        assertThat(list(acme).at("/managers/0/state").asText()).isEqualTo("rejected");
        assertThat(list(solo).at("/managees/0/state").asText()).isEqualTo("rejected");
        assertThat(invite(acme, world.solo().email()).status()).isEqualTo(200);
        assertThat(list(acme).at("/managers/0/state").asText()).isEqualTo("pending");
    }

    @Test
    void anAcceptedAccountIsInTheUserObjectOfTheNextRefresh() {
        soloManagesAcme();
        Answer refreshed =
                TestClient.withSession(world.newSession(world.solo().email())).post("/api/public/RefreshToken", "{}");
        JsonNode entry = refreshed.json().at("/user/userManagements/0");
        assertThat(entry.path("UserId").asText())
                .isEqualTo(world.acme().account().toString());
        assertThat(entry.path("DisplayName").asText()).isEqualTo(world.acme().username());
        assertThat(entry.path("Email").asText()).isEqualTo(world.acme().email());
        assertThat(entry.path("role").asText()).isEqualTo("user_manager");
        assertThat(entry.path("state").asText()).isEqualTo("accepted");
        assertThat(entry.path("direction").asText()).isEqualTo("manager");
        assertThat(entry.path("tier").asText()).isEqualTo("pro");
        assertThat(entry.path("permissions").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrder(
                        "read:dashboard",
                        "read:profile",
                        "write:profile",
                        "read:links",
                        "write:links",
                        "read:pages",
                        "write:pages",
                        "read:appearance",
                        "write:appearance",
                        "read:analytics",
                        "read:shortlinks",
                        "write:shortlinks");
        assertThat(acme.get("/api/me").json().at("/data/user/userManagements")).isEmpty();
    }

    @Test
    void aManagerActsForTheAccountAndTheAuditNamesBoth() {
        world.north();
        soloManagesAcme();
        String acting = "?UserId=" + world.acme().account();
        Answer created = solo.post("/api/admin/CreatePage" + acting, Map.of("name", "Hello", "slug", "hello"));
        assertThat(created.status()).as(created.toString()).isIn(200, 201);
        assertThat(acme.get("/api/admin/GetPages").json().at("/pages/0/slug").asText())
                .isEqualTo("hello");
        assertThat(world.select(
                        "SELECT identity_id FROM audit_events WHERE action = 'PageCreated' AND tenant_id = ? AND account_id"
                                + " = ?",
                        world.acme().account().toString(),
                        world.acme().account().toString()))
                .containsExactly(world.solo().identity().toString());
        assertThat(solo.get("/api/admin/GetPages?UserId=" + world.north().id()).status())
                .isEqualTo(200);
        assertThat(solo.get("/api/admin/GetProfile" + acting)
                        .json()
                        .path("email")
                        .asText())
                .isEqualTo(world.acme().email());
        assertThat(solo.get("/api/admin/GetPages?UserId=" + world.rival().account())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theContextEndsWithTheMembership() {
        soloManagesAcme();
        Answer switched = solo.post(
                "/api/admin/SwitchToSubAccount",
                Map.of("userId", world.acme().account().toString()));
        assertThat(switched.status()).as(switched.toString()).isEqualTo(200);
        assertThat(solo.get("/api/admin/GetActiveContext").text())
                .contains(world.acme().username());
        assertThat(remove(acme, world.solo().account()).status()).isEqualTo(200);
        assertThat(solo.get("/api/admin/GetActiveContext").text()).isEqualTo("{\"error\":\"Invalid sub-account\"}");
        solo.post("/api/admin/SwitchToParentAccount", "");
        assertThat(solo.get("/api/admin/GetActiveContext").text())
                .contains(world.solo().username())
                .doesNotContain(world.acme().username());
        assertThat(solo.get("/api/admin/GetPages?UserId=" + world.acme().account())
                        .status())
                .isEqualTo(404);
        assertThat(list(acme).path("managers")).isEmpty();
        assertThat(list(solo).path("managees")).isEmpty();
    }

    @Test
    void eitherSideEndsItInAnyState() {
        soloManagesAcme();
        assertThat(remove(solo, world.acme().account()).status()).isEqualTo(200);
        assertThat(list(acme).path("managers")).isEmpty();
        invite(acme, world.solo().email());
        assertThat(remove(acme, world.solo().account()).status())
                .as("tells nothing")
                .isEqualTo(400);
        assertThat(remove(acme, list(acme).at("/managers/0/UserId").asText()).status())
                .isEqualTo(200);
        assertThat(list(solo).path("managees")).isEmpty();
        invite(acme, world.solo().email());
        respond(solo, world.acme(), "rejected");
        assertThat(remove(solo, world.acme().account()).status()).isEqualTo(200);
        assertThat(list(acme).path("managers")).isEmpty();
    }

    @Test
    void somebodyWithoutAnAccountIsInvitedAndListedByTheInvitation() {
        String email = world.name("nobody") + "@people.example";
        assertThat(invite(acme, email).status()).isEqualTo(200);
        JsonNode manager = list(acme).at("/managers/0");
        assertThat(manager.path("email").asText()).isEqualTo(email);
        assertThat(manager.path("username").asText()).isEmpty();
        assertThat(remove(acme, manager.path("UserId").asText()).status()).isEqualTo(200);
        assertThat(list(acme).path("managers")).isEmpty();
        assertThat(world.select("SELECT body FROM mails WHERE recipient = ?", email)
                        .getFirst())
                .contains("/invitation?token=");
    }

    @Test
    void aSubAccountHasNoPeople() {
        String north = "?UserId=" + world.north().id();
        for (Optional<Map<String, String>> body : List.of(
                Optional.<Map<String, String>>empty(),
                Optional.of(Map.of("email", world.solo().email())))) {
            Answer answer = body.map(json -> acme.post("/api/admin/UserManagerInvite" + north, json))
                    .orElseGet(() -> acme.get("/api/admin/UserManagerList" + north));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.error())
                    .isEqualTo("This is a sub-account managed by "
                            + world.acme().username() + ". Authentication and management features are disabled.");
        }
    }

    @Test
    void aManagerOfListedSubAccountsSeesNothingElse() {
        world.north();
        world.south();
        Answer invited = acme.form(
                "/admin/users/people",
                "as",
                world.acme().username(),
                "email",
                world.solo().email(),
                "role",
                "manager",
                "scope",
                "listed",
                "subAccounts",
                world.north().username());
        assertThat(invited.status()).as(invited.text()).isEqualTo(303);
        respond(solo, world.acme(), "accepted");

        assertThat(solo.get("/api/admin/GetPages?UserId=" + world.north().id()).status())
                .isEqualTo(200);
        for (String closed :
                List.of(world.south().id().toString(), world.acme().account().toString())) {
            assertThat(solo.get("/api/admin/GetPages?UserId=" + closed).status())
                    .as(closed)
                    .isEqualTo(404);
        }
        String north = "?as=" + world.north().username();
        JsonNode found = solo.get("/api/admin/GetSubAccounts" + north).json();
        assertThat(found.path("subAccounts")).hasSize(1);
        assertThat(found.at("/subAccounts/0/username").asText())
                .isEqualTo(world.north().username());
        assertThat(found.at("/limits/usedSubAccounts").asInt()).isEqualTo(1);
        assertThat(solo.get("/projects" + north).status()).isEqualTo(403);
        for (String page : List.of("/admin/dashboard", "/admin/context", "/admin/context/options")) {
            Answer answer = solo.get(page + north);
            assertThat(answer.status()).as(page).isEqualTo(200);
            assertThat(answer.text()).as(page).doesNotContain(world.south().username());
        }
        assertThat(solo.get("/admin/context?as=" + world.solo().username()).text())
                .contains(world.north().username())
                .doesNotContain(world.south().username());
        JsonNode managements = solo.get("/api/me").json().at("/data/user/userManagements");
        assertThat(managements).hasSize(1);
        assertThat(managements.at("/0/UserId").asText())
                .isEqualTo(world.north().id().toString());
    }

    /// Contract 2.0 and 2.11: the client can switch to exactly the brands it is told about.
    @Test
    void aManagerOfEverythingFindsAllBrandsInTheUserAndInTheList() {
        world.sql(
                "UPDATE accounts SET notes = 'Pays late', internal_label = 'K-7' WHERE id = ?",
                world.north().id().toString());
        world.south();
        soloManagesAcme();
        List<String> brands = List.of(world.north().username(), world.south().username());

        JsonNode managements = solo.get("/api/me").json().at("/data/user/userManagements");
        assertThat(managements.valueStream().map(entry -> entry.path("UserId").asText()))
                .containsExactlyInAnyOrder(
                        world.acme().account().toString(),
                        world.north().id().toString(),
                        world.south().id().toString());
        assertThat(managements.valueStream()).allSatisfy(entry -> {
            assertThat(entry.path("DisplayName").asText()).isNotEmpty();
            assertThat(entry.path("role").asText()).isEqualTo("user_manager");
            assertThat(entry.path("state").asText()).isEqualTo("accepted");
            assertThat(entry.path("direction").asText()).isEqualTo("manager");
            assertThat(entry.path("tier").asText()).isEqualTo("pro");
            assertThat(solo.get("/api/admin/GetPages?UserId="
                                    + entry.path("UserId").asText())
                            .status())
                    .isEqualTo(200);
        });

        Answer listed =
                solo.get("/api/admin/GetSubAccounts?UserId=" + world.acme().account());
        assertThat(listed.status()).as(listed.toString()).isEqualTo(200);
        assertThat(listed.json()
                        .path("subAccounts")
                        .valueStream()
                        .map(one -> one.path("username").asText()))
                .containsExactlyInAnyOrderElementsOf(brands);
        assertThat(listed.text()).as("the agency's own").doesNotContain("Pays late", "K-7");
        assertThat(listed.json().at("/limits/hasAccess").asBoolean()).isFalse();
        assertThat(solo.get("/api/admin/GetSubAccounts").json().path("subAccounts"))
                .as("their own account has none")
                .isEmpty();
        assertThat(solo.post(
                                "/api/admin/CreateSubAccount?UserId="
                                        + world.acme().account(),
                                Map.of("username", world.name("taken"), "displayName", "Taken"))
                        .status())
                .isEqualTo(403);
        assertThat(acme.get("/api/admin/GetSubAccounts").text()).contains("Pays late", "K-7");
    }

    private static Answer update(TestClient who, Object userId, String role) {
        return who.post("/api/admin/UserManagerUpdate", Map.of("UserId", userId.toString(), "role", role));
    }

    @Test
    void aManagerIsGivenAnotherScopeAndAnotherRole() {
        soloManagesAcme();
        String path = "/api/admin/GetPages?UserId=";
        world.south();
        Answer listed = acme.post(
                "/api/admin/UserManagerUpdate",
                Map.of(
                        "UserId",
                        world.solo().account().toString(),
                        "role",
                        "user_manager",
                        "scope",
                        "listed",
                        "subAccounts",
                        List.of(world.north().username())));
        assertThat(listed.toString()).isEqualTo("200 {\"message\":\"Changed\"}");
        assertThat(solo.get(path + world.north().id()).status()).isEqualTo(200);
        assertThat(solo.get(path + world.south().id()).status()).isEqualTo(404);

        assertThat(update(acme, world.solo().account(), "owner").status()).isEqualTo(200);
        assertThat(list(acme).at("/managers/0/role").asText()).isEqualTo("owner");
        assertThat(solo.get(path + world.south().id()).status()).isEqualTo(200);
    }

    @Test
    void whatCannotBeChangedIsAnswered() {
        soloManagesAcme();
        Object whom = world.solo().account();
        assertRefused(
                update(acme, world.acme().account(), "user_manager"), "The last owner of an account stays its owner");
        assertRefused(update(acme, world.rival().account(), "user_manager"), "There is no manager with this UserId");
        assertRefused(update(acme, "nobody", "user_manager"), "There is no manager with this UserId");
        assertRefused(update(acme, whom, "emperor"), "role must be user_manager or owner");
        assertRefused(acme.post("/api/admin/UserManagerUpdate", Map.of()), "UserId is required");
        assertRefused(
                acme.post(
                        "/api/admin/UserManagerUpdate",
                        Map.of("UserId", whom.toString(), "role", "user_manager", "scope", "some")),
                "scope must be all or listed");
        Answer byManager = solo.post(
                "/api/admin/UserManagerUpdate?UserId=" + world.acme().account(),
                Map.of("UserId", whom.toString(), "role", "owner"));
        assertThat(byManager.status()).isIn(400, 403);
        assertThat(list(acme).at("/managers/0/role").asText()).isEqualTo("user_manager");
    }

    @Test
    void theListIsPaged() {
        soloManagesAcme();
        invite(TestClient.of(world.acme()), world.rival().email());
        confirm(world.rival());
        respond(TestClient.of(world.rival()), world.acme(), "accepted");
        JsonNode first = acme.get("/api/admin/UserManagerList?limit=2").json();
        assertThat(first.path("managers")).hasSize(1); // the founder is an owner, not a manager
        JsonNode second = acme.get("/api/admin/UserManagerList?limit=2&after="
                        + first.path("nextCursor").asText())
                .json();
        assertThat(second.path("managers")).hasSize(1);
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(first.at("/managers/0/UserId")).isNotEqualTo(second.at("/managers/0/UserId"));
        assertThat(acme.get("/api/admin/UserManagerList?limit=0").status()).isEqualTo(400);
        assertThat(acme.get("/api/admin/UserManagerList?after=x").status()).isEqualTo(400);
    }
}
