package dev.banyan.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.JsonShape;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Contract 2.9, field by field: types not covered by `ApiKeysResourceTest`, and the text of each error.
@QuarkusTest
class LinkToMeKeysTest {

    private static final JsonShape LIST =
            JsonShape.of("keys:list", "availablePermissions:texts", "rateLimits:object", "usage:object");
    private static final JsonShape KEY = JsonShape.of(
            "keyId:text",
            "name:text",
            "permissions:texts",
            "active:flag",
            "disabledReason:text?",
            "createdAt:date",
            "lastUsedAt:date?",
            "lastUsedIP:text?");
    private static final JsonShape NEW_KEY =
            JsonShape.of("keyId:text", "key:text", "name:text", "permissions:texts", "createdAt:date");

    @Inject
    TestWorld world;

    private TestClient acme() {
        return TestClient.of(world.acme());
    }

    private static Answer create(TestClient owner, Object permissions) {
        return owner.post("/api/admin/apikeyscreate", Map.of("name", "One", "permissions", permissions));
    }

    private static void assertError(Answer answer, int status, String error) {
        assertThat(answer.toString()).isEqualTo(status + " {\"error\":\"" + error + "\"}");
    }

    @Test
    void theListAndTheNewKeyHaveTheirTypes() {
        LIST.assertFits(acme().get("/api/admin/apikeyslist").json());
        JsonNode made = create(acme(), List.of("read:pages")).json();
        assertThat(made.path("message").asText()).isNotEmpty();
        NEW_KEY.assertFits(made.path("key"));

        JsonNode list = acme().get("/api/admin/apikeyslist").json();
        LIST.assertFits(list);
        list.path("keys").forEach(KEY::assertFits);
        assertThat(list.at("/keys/0/lastUsedAt").isNull()).isTrue();
        assertThat(list.at("/keys/0/disabledReason").isNull()).isTrue();
        assertThat(list.at("/keys/0/active").asBoolean()).isTrue();
        JsonShape.of("requestsPerMinute:whole", "requestsPerDay:whole").assertFits(list.path("rateLimits"));
        JsonShape.of("dailyUsed:whole", "dailyRemaining:whole", "perKey:object").assertFits(list.path("usage"));
        JsonNode perKey = list.at("/usage/perKey/" + made.at("/key/keyId").asText());
        JsonShape.of("minuteUsed:whole", "minuteRemaining:whole").assertFits(perKey);
    }

    /// The real API compares -1 as a number and refuses the second call of a day.
    @Test
    void anUnlimitedDayIsUnlimited() {
        world.tier(world.solo(), Tier.ENTERPRISE);
        var solo = TestClient.of(world.solo());
        String key = create(solo, List.of("read:pages")).json().at("/key/key").asText();
        for (int call = 0; call < 3; call++) {
            Answer answer = TestClient.withBearer(key).get("/v1/GetPages");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.header("X-RateLimit-Limit-Day")).contains("-1");
        }
        JsonNode list = solo.get("/api/admin/apikeyslist").json();
        assertThat(list.at("/rateLimits/requestsPerDay").asInt()).isEqualTo(-1);
        assertThat(list.at("/usage/dailyRemaining").asInt()).isEqualTo(-1);
    }

    @Test
    void theRefusals() {
        Answer unknown = create(acme(), List.of("read:everything"));
        assertThat(unknown.status()).isEqualTo(400);
        JsonShape.of("error:text", "availablePermissions:texts").assertFits(unknown.json());
        assertError(
                create(TestClient.of(world.solo()), List.of("read:pages")),
                403,
                "Your plan does not include API access. Upgrade to use API keys.");
        for (int i = 0; i < 3; i++) {
            create(acme(), List.of("read:pages"));
        }
        Answer full = create(acme(), List.of("read:pages"));
        assertThat(full.status()).isEqualTo(403);
        assertThat(full.error()).startsWith("API key limit reached (3)");

        for (String nothing : List.of("", "?keyId=", "?keyId=k0000000")) {
            assertError(acme().delete("/api/admin/apikeysdelete" + nothing), 404, "Key not found");
        }
        String id =
                acme().get("/api/admin/apikeyslist").json().at("/keys/0/keyId").asText();
        assertThat(acme().put("/api/admin/apikeysupdate?keyId=" + id, Map.of("permissions", List.of("read:links")))
                        .toString())
                .isEqualTo("200 {\"message\":\"API key updated successfully\"}");
        assertThat(acme().delete("/api/admin/apikeysdelete?keyId=" + id).toString())
                .isEqualTo("200 {\"message\":\"API key deleted successfully\"}");
        for (TestClient.Answer stranger : List.of(
                TestClient.anonymous().get("/api/admin/apikeyslist"),
                create(TestClient.anonymous(), List.of("read:pages")))) {
            assertError(stranger, 401, "Unauthorized");
        }
    }
}
