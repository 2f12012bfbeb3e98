package dev.banyan.attack;

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

/// Requests about a manager with missing or unknown fields never extend permissions.
@QuarkusTest
class WideningAManagerByLeavingThingsOutTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private TestClient solo = TestClient.anonymous();

    @BeforeEach
    void soloManagesNorth() {
        List.of(world.acme(), world.solo()).forEach(world::confirm);
        acme = TestClient.of(world.acme());
        solo = TestClient.of(world.solo());
        world.south();
        Answer invited = acme.post(
                "/api/admin/UserManagerInvite",
                Map.of(
                        "email",
                        world.solo().email(),
                        "role",
                        "user_manager",
                        "scope",
                        "listed",
                        "subAccounts",
                        List.of(world.north().username())));
        assertThat(invited.status()).as(invited.toString()).isEqualTo(200);
        Answer accepted = solo.post(
                "/api/admin/UserManagerRespond",
                Map.of("FromUserId", world.acme().account().toString(), "State", "accepted"));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
    }

    private Answer update(Object... more) {
        var body = new LinkedHashMap<String, Object>();
        body.put("UserId", world.solo().account().toString());
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i].toString(), more[i + 1]);
        }
        return acme.post("/api/admin/UserManagerUpdate", body);
    }

    private void assertChanged(Answer answer) {
        assertThat(answer.toString()).isEqualTo("200 {\"message\":\"Changed\"}");
    }

    private void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).startsWith(error);
    }

    private JsonNode manager() {
        return acme.get("/api/admin/UserManagerList").json().at("/managers/0");
    }

    private void assertScope(String scope, String... subAccounts) {
        assertThat(manager().path("scope").asText()).isEqualTo(scope);
        assertThat(manager().path("subAccounts").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrder(subAccounts);
        boolean all = scope.equals("all");
        assertThat(status(world.acme().account())).isEqualTo(all ? 200 : 404);
        for (TestWorld.Brand brand : List.of(world.north(), world.south())) {
            assertThat(status(brand.id()))
                    .as(brand.username())
                    .isEqualTo(all || List.of(subAccounts).contains(brand.username()) ? 200 : 404);
        }
    }

    private int status(Object account) {
        return solo.get("/api/admin/GetPages?UserId=" + account).status();
    }

    @Test
    void aRoleAloneLeavesTheScopeAsItIs() {
        assertChanged(update("role", "user_manager"));
        assertScope("listed", world.north().username());
    }

    @Test
    void nothingAtAllChangesNothing() {
        assertChanged(update());
        assertScope("listed", world.north().username());
        assertThat(manager().path("role").asText()).isEqualTo("user_manager");
        assertThat(manager().path("workspaces").asBoolean()).isFalse();
    }

    @Test
    void fieldsThatDoNotExistAreRefusedByName() {
        for (String unknown : List.of("subAccountIds", "usernames", "accounts", "Scope", "brands")) {
            assertRefused(
                    update(
                            "role",
                            "user_manager",
                            unknown,
                            List.of(world.south().username())),
                    "Unknown field: " + unknown);
        }
        assertScope("listed", world.north().username());
        assertRefused(
                acme.post("/api/admin/UserManagerInvite", Map.of("email", "x@y.example", "scopes", "listed")),
                "Unknown field: scopes");
        assertRefused(
                acme.post(
                        "/api/admin/UserManagerRemove",
                        Map.of("UserId", world.solo().account().toString(), "state", "rejected")),
                "Unknown field: state");
        assertThat(manager().path("state").asText()).isEqualTo("accepted");
    }

    @Test
    void brandsAreNamedUnderOneName() {
        assertChanged(update("subAccounts", List.of(world.south().username())));
        assertScope("listed", world.south().username());
        assertChanged(update(
                "scope", "listed", "subAccounts", List.of(world.north().id().toString())));
        assertScope("listed", world.north().username());
        assertChanged(update("scope", "all"));
        assertScope("all");
    }

    @Test
    void aScopeThatContradictsItselfIsRefused() {
        String brand = world.south().username();
        assertRefused(
                update("scope", "all", "subAccounts", List.of(brand)),
                "subAccounts needs the scope listed: leave it out, or send scope listed");
        assertRefused(update("subAccounts", List.of()), "Choose at least one sub-account");
        assertRefused(update("role", "owner", "scope", "listed"), "Owners have access to everything");
        assertScope("listed", world.north().username());
        assertChanged(update("scope", "all"));
        assertRefused(
                update("subAccounts", List.of(brand)),
                "subAccounts needs the scope listed: leave it out, or send scope listed");
        assertRefused(update("scope", "listed"), "Choose at least one sub-account");
        assertScope("all");
    }

    @Test
    void whatTheLinkToMeClientSendsStillWorks() {
        String acting = "?UserId=" + world.acme().account();
        assertThat(acme.post(
                                "/admin/UserManagerInvite" + acting,
                                Map.of("email", "new@people.example", "role", "user_manager"))
                        .status())
                .isEqualTo(200);
        assertThat(acme.post(
                                "/admin/UserManagerRemove" + acting,
                                Map.of("UserId", world.solo().account().toString()))
                        .status())
                .isEqualTo(200);
    }
}
