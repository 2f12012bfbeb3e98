package dev.banyan.attack;

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

/// A program with a key that holds every permission of an account makes a person who may what the key may not: an admin
/// sets up single sign-on and keys, an agent reads the inbox. Or it lets the assistant carry the conversations away.
@QuarkusTest
class MakingAdminsWithAKeyTest {

    private static final String PASSWORD = "salt and pepper and lemon";

    @Inject
    TestWorld world;

    private TestClient program = TestClient.anonymous();
    private TestClient owner = TestClient.anonymous();
    private Workspace room;
    private String api = "";

    @BeforeEach
    void aKeyThatHoldsEverything() {
        world.confirm(world.acme());
        owner = TestClient.of(world.acme());
        room = world.workspace(world.context(world.acme()), world.project(), "Harbour");
        api = "/api/projects/" + world.project().id() + "/sub-clients/" + room.id();
        var permissions = new ArrayList<String>();
        owner.get("/api/admin/apikeyslist")
                .json()
                .path("availablePermissions")
                .forEach(permission -> permissions.add(permission.asText()));
        JsonNode made = owner.post("/api/admin/apikeyscreate", Map.of("name", "All", "permissions", permissions))
                .json();
        program = TestClient.withBearer(made.at("/key/key").asText());
    }

    private static Map<String, Object> user(String username, String role) {
        return Map.of("username", username, "email", username + "@list.example", "password", PASSWORD, "role", role);
    }

    private long aboveUsers() {
        return world.count(
                        "SELECT COUNT(*) FROM sub_client_users WHERE sub_client_id = ? AND role <> 'user'",
                        room.id().value())
                + world.count(
                        "SELECT COUNT(*) FROM workspace_invitations WHERE sub_client_id = ? AND role <> 'user'",
                        room.id().value());
    }

    private String made(String role) {
        Answer made = owner.post(api + "/users", user("made_" + role, role));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().at("/data/user/id").asText();
    }

    @Test
    void noRouteMakesOne() {
        for (String role : List.of("admin", "agent")) {
            assertThat(program.post(api + "/users", user("added", role)).status())
                    .isEqualTo(403);
            assertThat(program.post(api + "/invitations", Map.of("email", "invited@list.example", "role", role))
                            .status())
                    .isEqualTo(403);
            Answer list = program.post(api + "/users/import", Map.of("users", List.of(user("listed", role))));
            assertThat(list.json().at("/data/results/0/status").asText())
                    .as(list.toString())
                    .isEqualTo("refused");
        }
        Answer many = program.post(
                "/api/projects/" + world.project().id() + "/sub-clients/bulk/acts",
                Map.of("action", "invite", "workspaces", List.of(room.id().value()), "email", "many@list.example"));
        assertThat(many.text()).contains("Admins are invited by people");
        assertThat(aboveUsers()).isZero();
    }

    @Test
    void noRouteRaisesOne() {
        String plain = made("user");
        for (String role : List.of("admin", "agent")) {
            assertThat(program.put(api + "/users/" + plain + "/role", Map.of("role", role))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(aboveUsers()).isZero();
    }

    /// As before: keys make users, and end what people have.
    @Test
    void butUsersComeAndEverybodyGoes() {
        String agent = made("agent");
        assertThat(program.post(api + "/users", user("added", "user")).status()).isEqualTo(201);
        assertThat(program.put(api + "/users/" + agent + "/role", Map.of("role", "user"))
                        .status())
                .isEqualTo(200);
        assertThat(program.json("DELETE", api + "/users/" + agent, "").status()).isEqualTo(200);
    }

    @Test
    void theAssistantCarriesNothingAway() {
        Map<String, Object> elsewhere = Map.of(
                "kind", "openai", "endpoint", "https://models.rival.example/v1", "model", "m", "apiKey", "a-key");
        Answer refused = program.put(api + "/assistant", elsewhere);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.error()).contains("API key");
        assertThat(world.count(
                        "SELECT COUNT(*) FROM assistants WHERE sub_client_id = ?",
                        room.id().value()))
                .isZero();

        Answer rules = program.put(api + "/assistant", Map.of("kind", "rules", "greeting", "Welcome."));
        assertThat(rules.status()).as(rules.toString()).isEqualTo(200);
    }
}
