package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Contract 1, on the routes of people and keys.
@QuarkusTest
class LinkToMeConventionsTest {

    @Inject
    TestWorld world;

    private TestClient acme() {
        return TestClient.of(world.acme());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin/GetProfile",
                "admin/UserManagerList",
                "admin/apikeyslist",
                "admin/GetApiKeys",
                "admin/GetSubscription",
            })
    void namesAreKnownInAnyCase(String name) {
        JsonNode expected = acme().get("/api/" + name).json();
        for (String spelled : List.of(name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT))) {
            Answer answer = acme().get("/api/" + spelled);
            assertThat(answer.status()).as(spelled).isEqualTo(200);
            assertThat(TestClient.keys(answer.json())).as(spelled).isEqualTo(TestClient.keys(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"public/Nothing", "admin/GetNothing", "siteadmin/nothing", "v1/GetNothing", "admin/x.y"})
    void anUnknownNameIsNamed(String path) {
        Answer answer = acme().get("/api/" + path);
        String name = path.substring(path.indexOf('/') + 1);
        assertThat(answer.toString()).isEqualTo("404 {\"error\":\"Endpoint not found: " + name + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET admin/GetProfile",
                "PUT admin/UpdatePassword",
                "PUT admin/UpdateEmail",
                "PUT admin/UpdatePhone",
                "POST admin/2fatokensetup?action=setup",
                "GET admin/apikeyslist",
                "POST admin/apikeyscreate",
                "PUT admin/apikeysupdate?keyId=k0000000",
                "DELETE admin/apikeysdelete?keyId=k0000000",
                "GET admin/UserManagerList",
                "POST admin/UserManagerInvite",
                "POST admin/UserManagerRespond",
                "POST admin/UserManagerRemove",
                "GET siteadmin/listtimers",
                "POST siteadmin/runtimer",
            })
    void strangersAreUnauthorized(String route) {
        String[] words = route.split(" ");
        Answer answer = TestClient.anonymous().json(words[0], "/api/" + words[1], Map.of());
        assertThat(answer.toString()).isEqualTo("401 {\"error\":\"Unauthorized\"}");
    }

    /// The client sends back complete objects, of which the server knows some fields.
    @Test
    void unknownFieldsAreIgnoredInEveryBody() {
        Map<String, Object> echo = Map.of("phoneNumber", "", "UserPlan", Map.of("deep", List.of(1, 2)), "x", true);
        assertThat(acme().put("/api/admin/UpdatePhone", echo).status()).isEqualTo(200);
        Answer key = acme().post(
                        "/api/admin/apikeyscreate",
                        Map.of("name", "One", "permissions", List.of("read:pages"), "active", false, "usage", 7));
        assertThat(key.status()).as(key.toString()).isEqualTo(201);
    }

    /// A body of the wrong kind is an error of the caller, reported as text.
    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "7", "{", "{\"email\":{\"a\":1}}", "{\"email\":[\"a\"],\"name\":{}}"})
    void brokenBodiesAreRefusedWithAText(String body) {
        for (String route : List.of(
                "POST public/Login",
                "POST public/Signup",
                "POST public/PasswordReset",
                "POST public/2fatoken?action=verify",
                "PUT admin/UpdateEmail",
                "POST admin/apikeyscreate",
                "POST admin/UserManagerInvite")) {
            String[] words = route.split(" ");
            Answer answer = acme().send(words[0], "/api/" + words[1], "application/json", body);
            assertThat(answer.status()).as("%s %s: %s", route, body, answer).isEqualTo(400);
            assertThat(answer.json().path("error").isTextual())
                    .as("%s %s: %s", route, body, answer)
                    .isTrue();
        }
    }

    /// A truthy `message` shows a green toast in the client, also after reading.
    @Test
    void onlyChangesHaveAMessageAndDatesAreUtc() {
        for (String name : List.of("GetProfile", "UserManagerList", "apikeyslist", "GetSubscription")) {
            assertThat(acme().get("/api/admin/" + name).json().has("message"))
                    .as(name)
                    .isFalse();
        }
        String created = acme().post(
                        "/api/admin/apikeyscreate", Map.of("name", "One", "permissions", List.of("read:pages")))
                .json()
                .at("/key/createdAt")
                .asText();
        assertThat(created).endsWith("Z");
        assertThat(Instant.parse(created)).isNotNull();
    }
}
