package dev.banyan.attack;

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

/// A program with an API key tries to give others, or itself, more permissions than the key has: by another
/// key, by rights of its creator. Members are for people only: GivingBrandsAwayWithAKeyTest.
@QuarkusTest
class PassingOnMoreThanAKeyHoldsTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void peopleConfirmTheirEmails() {
        List.of(world.acme(), world.solo()).forEach(world::confirm);
        acme = TestClient.of(world.acme());
    }

    private static JsonNode madeBy(TestClient owner, String query, List<String> permissions) {
        Answer made = owner.post("/api/admin/apikeyscreate" + query, Map.of("name", "P", "permissions", permissions));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().path("key");
    }

    private static TestClient withKey(JsonNode key) {
        return TestClient.withBearer(key.path("key").asText());
    }

    private void soloJoinsAs(String role, String scope, String... subAccounts) {
        var fields = new java.util.LinkedHashMap<String, String>();
        fields.put("as", world.acme().username());
        fields.put("email", world.solo().email());
        fields.put("role", role);
        fields.put("scope", scope);
        fields.put("subAccounts", String.join(" ", subAccounts));
        Answer invited = acme.form("/admin/users/people", fields);
        assertThat(invited.status()).as(invited.text()).isEqualTo(303);
        Answer accepted = TestClient.of(world.solo())
                .post(
                        "/api/admin/UserManagerRespond",
                        Map.of("FromUserId", world.acme().account().toString(), "State", "accepted"));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
    }

    private Map<String, Object> solo(Object... more) {
        var body = new java.util.LinkedHashMap<String, Object>();
        body.put("UserId", world.solo().account().toString());
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i].toString(), more[i + 1]);
        }
        return body;
    }

    @Test
    void aKeyMakesNoKeyThatHoldsMore() {
        JsonNode other = madeBy(acme, "", List.of("read:pages", "write:pages"));
        JsonNode own = madeBy(acme, "", List.of("create:apiauth", "update:apiauth"));
        TestClient program = withKey(own);

        for (Answer answer : List.of(
                program.post("/v1/apikeyscreate", Map.of("name", "More", "permissions", List.of("write:pages"))),
                program.put(
                        "/v1/apikeysupdate?keyId=" + own.path("keyId").asText(),
                        Map.of("permissions", List.of("create:apiauth", "update:apiauth", "write:pages"))),
                program.put(
                        "/v1/apikeysupdate?keyId=" + other.path("keyId").asText(),
                        Map.of("permissions", List.of("create:apiauth"))))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        }
        assertThat(world.select("SELECT permissions FROM api_keys ORDER BY created_at, id"))
                .contains("read:pages write:pages", "create:apiauth update:apiauth");
    }

    /// Solo creates a key as an owner of Acme, and then gets another role there.
    private JsonNode keyOfSolo() {
        soloJoinsAs("owner", "all", "");
        return madeBy(
                TestClient.of(world.solo()),
                "?UserId=" + world.acme().account(),
                List.of("read:pages", "list:user_manager", "create:apiauth"));
    }

    private void soloIs(String change) {
        world.sql(
                change + " WHERE tenant_id = ? AND identity_id = ?",
                world.acme().account().toString(),
                world.solo().identity().toString());
    }

    @Test
    void aKeyLosesAtOnceWhatItsMakerLoses() {
        TestClient program = withKey(keyOfSolo());
        assertThat(program.get("/v1/UserManagerList").status()).isEqualTo(200);

        soloIs("UPDATE memberships SET role = 'manager'"); // without the usual side effects
        assertThat(program.get("/v1/UserManagerList").status()).isEqualTo(403);
        assertThat(program.post("/v1/apikeyscreate", Map.of("name", "More", "permissions", List.of("read:pages")))
                        .status())
                .isEqualTo(403);
        assertThat(program.get("/v1/GetPages").status()).isEqualTo(200);

        soloIs("UPDATE memberships SET scope = 'listed'");
        assertThat(program.get("/v1/GetPages").status()).isEqualTo(404);
        assertThat(program.get("/v1/GetPages?subAccountId=" + world.north().id())
                        .status())
                .isEqualTo(404);

        soloIs("DELETE FROM memberships");
        assertThat(program.get("/v1/GetPages").status()).isEqualTo(401);
    }

    @Test
    void whoSwitchesAKeyOnAgainAnswersForIt() {
        JsonNode key = keyOfSolo();
        String id = key.path("keyId").asText();
        assertThat(acme.post("/api/admin/UserManagerUpdate", solo("role", "user_manager"))
                        .status())
                .isEqualTo(200);
        assertThat(withKey(key).get("/v1/GetPages").status()).isEqualTo(401);

        Answer enabled = acme.form(
                "/admin/api-keys/" + id + "/enable", "as", world.acme().username());
        assertThat(enabled.status()).as(enabled.text()).isEqualTo(303);
        assertThat(withKey(key).get("/v1/UserManagerList").status()).isEqualTo(200);
        assertThat(world.select("SELECT created_by FROM api_keys WHERE id = ?", id))
                .containsExactly(world.acme().identity().toString());
    }

    @Test
    void aKeyOfAnotherAccountsOwnerReachesNothingHere() {
        Person rival = world.rival();
        TestClient program = withKey(madeBy(TestClient.of(rival), "", List.of("list:user_manager")));
        assertThat(program.get("/v1/UserManagerList?UserId=" + world.acme().account())
                        .status())
                .isEqualTo(404);
    }
}
