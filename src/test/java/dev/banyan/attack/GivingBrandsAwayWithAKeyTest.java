package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.RouteEffects;
import dev.banyan.accounts.moves.Moves;
import dev.banyan.accounts.people.AccountInvitations;
import dev.banyan.accounts.people.People;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.access.WorkspaceKeyRoutes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A program with a key that holds every permission there is gives a brand to another agency or to a person, takes an
/// export, admits members or changes single sign-on: by each route that hands over or admits, on each of its paths.
@QuarkusTest
class GivingBrandsAwayWithAKeyTest {

    @Inject
    TestWorld world;

    @Inject
    Moves moves;

    @Inject
    AccountInvitations invitations;

    @Inject
    People people;

    private String key = "";

    @BeforeEach
    void aKeyThatHoldsEverything() {
        world.confirm(world.acme());
        world.rival(); // made before anything is counted
        TestClient owner = TestClient.of(world.acme());
        var permissions = new ArrayList<String>();
        owner.get("/api/admin/apikeyslist")
                .json()
                .path("availablePermissions")
                .forEach(permission -> permissions.add(permission.asText()));
        assertThat(permissions)
                .contains("manage:subaccounts", "manage:workspaces")
                .doesNotContain("manage:users", "invite:user_manager", "remove:user_manager");
        JsonNode made = owner.post("/api/admin/apikeyscreate", Map.of("name", "All", "permissions", permissions))
                .json();
        key = made.at("/key/key").asText();
    }

    private Map<String, Object> body(String name) {
        String to = world.rival().username();
        return switch (name) {
            case "TransferSubAccount" -> Map.of("subAccountId", world.north().username(), "to", to);
            case "ConvertSubAccount" -> Map.of("subAccountId", world.north().username(), "email", "m@people.example");
            case "ExportSubAccount" -> Map.of("subAccountId", world.north().username());
            case "UserManagerInvite" -> Map.of("email", "m@people.example", "role", "user_manager");
            default -> Map.of("password", TestWorld.PASSWORD);
        };
    }

    private List<Long> given() {
        return List.of(
                world.count("SELECT COUNT(*) FROM account_moves"),
                world.count("SELECT COUNT(*) FROM account_exports"),
                world.count("SELECT COUNT(*) FROM memberships"),
                world.count("SELECT COUNT(*) FROM membership_invitations"),
                world.count("SELECT COUNT(*) FROM account_sso"),
                world.count("SELECT COUNT(*) FROM workspace_sso"),
                world.count("SELECT COUNT(*) FROM workspace_mail_servers"),
                world.count("SELECT COUNT(*) FROM workspace_api_keys"));
    }

    @Test
    void noPathLeadsThere() {
        List<Long> before = given();
        var softly = new SoftAssertions();
        RouteEffects.all().stream()
                .filter(route -> RouteEffects.of(route).isOfPeople())
                .sorted()
                .forEach(route -> {
                    String verb = route.substring(0, route.indexOf(' '));
                    String path = route.substring(route.indexOf(' ') + 1)
                            .replace("{projectId}", world.sales().project().toString())
                            .replace("{subClientId}", world.sales().id().value())
                            .replace("{shortPath}", world.sales().shortPath())
                            .replaceAll("\\{[^}]*}", "01900000-0000-7000-8000-000000000001");
                    String name = path.substring(path.lastIndexOf('/') + 1);
                    for (String spelling : List.of(
                            path,
                            path.replace("/api/admin/", "/v1/"),
                            path.replace("/api/admin/", "/API/V1/").replace(name, name.toUpperCase(Locale.ROOT)),
                            path.replace("/api/admin/", "/admin/"),
                            path + "/")) {
                        for (TestClient program : List.of(
                                TestClient.withBearer(key).with("Idempotency-Key", "again"),
                                TestClient.anonymous().with("X-API-Key", key))) {
                            Answer answer = path.startsWith("/api/")
                                    ? program.json(verb, spelling, body(name))
                                    : verb.equals("GET") ? program.get(spelling) : program.form(spelling, Map.of());
                            boolean refused = answer.status() >= 400
                                    || answer.header("Location").orElse("").contains("/login");
                            softly.assertThat(refused)
                                    .as(verb + " " + spelling + ": " + answer)
                                    .isTrue();
                        }
                    }
                });
        softly.assertAll();
        assertThat(given()).isEqualTo(before);
    }

    @Test
    void theActsThemselvesRefuseAProgram() {
        AccountContext owner = world.context(world.acme());
        var program = new AccountContext(
                owner.actor(),
                owner.identity(),
                owner.root(),
                owner.root(),
                owner.membership(),
                Optional.of(Set.of("manage:subaccounts", "manage:users")));
        List<Long> before = given();
        assertThat(moves.offer(
                                program,
                                world.north().username(),
                                new Moves.Receiver.Agency(world.rival().username()))
                        .<Object>fold(done -> done, refusal -> refusal))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThat(invitations.invite(program, AccountInvitations.InvitationRequest.manager("m@people.example")))
                .isEqualTo(new AccountInvitations.Invited.Refused(new Refusal.Forbidden()));
        assertThat(people.remove(program, world.acme().identity().value()).toString())
                .contains("Forbidden");
        assertThat(given()).isEqualTo(before);
    }

    @Test
    void keysOfWorkspacesHandNothingOverEither() {
        assertThat(WorkspaceKeyRoutes.all().keySet())
                .noneMatch(route -> RouteEffects.of(route).isOfPeople());
    }
}
