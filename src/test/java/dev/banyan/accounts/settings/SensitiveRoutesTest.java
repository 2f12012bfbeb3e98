package dev.banyan.accounts.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.Digests;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Tests every entry of the table of sensitive routes, including new ones.
@QuarkusTest
class SensitiveRoutesTest {

    /// Typical names of routes for sensitive actions.
    private static final Pattern LOOKS_SENSITIVE = Pattern.compile(
            "(?i).*(api-?keys|password|email|second-factor|2fa|passkeys|export|audit\\.csv|/people|usermanager).*");

    /// Routes with such names that need no proof of identity, and why.
    private static final Map<String, String> EXCUSED = Map.ofEntries(
            Map.entry("GET /api/admin/GetApiKeys", "shows no secret"),
            Map.entry("GET /api/admin/apikeyslist", "shows no secret"),
            Map.entry("GET /admin/api-keys", "shows no secret"),
            Map.entry("POST /api/public/PasswordReset", "before a sign-in"),
            Map.entry("GET /forgot-password", "before a sign-in"),
            Map.entry("POST /api/public/2fatoken", "before a sign-in"),
            Map.entry("GET /admin/short-links/export.csv", "links that visitors see"),
            Map.entry("POST /forgot-password", "before a sign-in"),
            Map.entry("GET /reset-password", "before a sign-in"),
            Map.entry("POST /reset-password", "before a sign-in"),
            Map.entry("GET /confirm-email", "the link is the proof"),
            Map.entry("POST /admin/settings/email/link", "mails the person themselves"),
            Map.entry("POST /admin/settings/email/change/link", "mails the address that the password was given for"),
            Map.entry("POST /admin/settings/email/change/cancel", "leaves everything as it is"),
            Map.entry("GET /admin/settings/second-factor", "shows no secret"),
            Map.entry("GET /admin/settings/passkeys", "shows no secret"),
            Map.entry("POST /admin/settings/passkeys", "takes a token that only the password gives"),
            Map.entry("POST /admin/settings/passkeys/rename", "opens nothing"),
            Map.entry("GET /api/admin/GetExports", "names what is exported, and contains none of it"),
            Map.entry("GET /api/admin/exports/{exportId}", "says how far it is"),
            Map.entry("DELETE /api/admin/exports/{exportId}", "leaves less to take"),
            Map.entry("GET /admin/export", "names what is exported, and contains none of it"),
            Map.entry("POST /admin/export/{exportId}/delete", "leaves less to take"),
            Map.entry("GET /api/admin/ExportAnalytics", "totals, nobody's data"),
            Map.entry("GET /admin/analytics/export.csv", "totals, nobody's data"),
            Map.entry("POST /admin/users/people/{personId}/resend", "the same invitation to the same address"),
            Map.entry("GET /api/admin/UserManagerList", "shows no secret"),
            Map.entry("POST /api/admin/UserManagerInvite", "never invites owners"),
            Map.entry("POST /api/admin/UserManagerRespond", "answers an invitation to oneself"));

    private final TestWorld world;

    SensitiveRoutesTest(TestWorld world) {
        this.world = world;
    }

    @Test
    void everyLineOfTheTableIsARoute() {
        assertThat(names())
                .containsAll(SensitiveRoutes.ASK_FOR_PROOF)
                .containsAll(SensitiveRoutes.ASK_FOR_PASSWORD)
                .containsAll(SensitiveRoutes.ASK_FOR_EITHER);
    }

    @Test
    void everyRouteThatIsCalledLikeOneIsInTheTable() {
        assertThat(Routes.all().stream()
                        .filter(route -> LOOKS_SENSITIVE.matcher(route.path()).matches())
                        .filter(route -> Set.of("accounts", "analytics", "pages", "shortlinks", "whatsapp")
                                        .contains(route.resource().split("\\.")[2])
                                || route.path().contains("export"))
                        .filter(route -> !route.path().startsWith("/login"))
                        .map(Route::name)
                        .filter(name -> !EXCUSED.containsKey(name)))
                .allMatch(name -> SensitiveRoutes.ASK_FOR_PROOF.contains(name)
                        || SensitiveRoutes.ASK_FOR_PASSWORD.contains(name)
                        || SensitiveRoutes.ASK_FOR_EITHER.contains(name));
    }

    @Test
    void eachRefusesASessionWhoseProofIsSixteenMinutesOld() {
        for (String name : SensitiveRoutes.ASK_FOR_PROOF) {
            String token = name.contains("/operator/")
                    ? world.operatorToken()
                    : world.acme().token();
            assertThat(asksForProof(send(name, token))).as("fresh: " + name).isFalse();
            age(token, 16);
            Answer answer = send(name, token);
            assertThat(asksForProof(answer)).as(name + ": " + answer).isTrue();
            if (name.contains(" /api/")) {
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.json().path("confirmAt").asText()).isEqualTo("/api/confirm");
            }
            Answer confirmed =
                    TestClient.withSession(token).post("/api/confirm", Map.of("password", TestWorld.PASSWORD));
            assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
            assertThat(asksForProof(send(name, token))).as("confirmed: " + name).isFalse();
        }
    }

    @Test
    void someTakeThePasswordInTheBodyInstead() {
        for (String name : SensitiveRoutes.ASK_FOR_EITHER) {
            String token = world.acme().token();
            String path = name.substring(name.indexOf(' ') + 1);
            TestClient client = TestClient.withSession(token);
            assertThat(asksForProof(client.post(path, Map.of())))
                    .as("fresh: " + name)
                    .isFalse();
            age(token, 16);
            Answer answer = client.post(path, Map.of());
            assertThat(asksForProof(answer)).as(name + ": " + answer).isTrue();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(client.post(path, Map.of("password", "wrong")).status()).isEqualTo(400);
            assertThat(asksForProof(client.post(path, Map.of()))).isTrue();
            assertThat(asksForProof(client.post(path, Map.of("password", TestWorld.PASSWORD))))
                    .as(name)
                    .isFalse();
            assertThat(asksForProof(client.post(path, Map.of())))
                    .as("proved: " + name)
                    .isFalse();
        }
    }

    @Test
    void someAskForThePasswordHoweverFreshTheSession() {
        for (String name : SensitiveRoutes.ASK_FOR_PASSWORD) {
            Answer answer = send(name, world.acme().token());
            assertThat(answer.status()).as(name + ": " + answer).isBetween(400, 429);
        }
    }

    @Test
    void anotherSpellingOfTheAddressChangesNothing() {
        String token = world.acme().token();
        age(token, 16);
        for (String path : Set.of(
                "/api/admin/apikeyscreate",
                "/api/admin/apikeyscreate/",
                "/api/admin/ApiKeysCreate",
                "/admin/apikeyscreate",
                "/api/admin/%61pikeyscreate",
                "/api/admin//apikeyscreate",
                "/api/admin/apikeyscreate;a=1")) {
            Answer answer = TestClient.withSession(token)
                    .post(path, Map.of("name", "Mine", "permissions", Set.of("read:pages")));
            assertThat(answer.status()).as(path + ": " + answer).isGreaterThanOrEqualTo(300);
        }
        assertThat(TestClient.withSession(token).get("/api/admin/GetApiKeys").text())
                .doesNotContain("Mine");
    }

    private static Set<String> names() {
        return Routes.all().stream().map(Route::name).collect(Collectors.toSet());
    }

    private void age(String token, int minutes) {
        world.sql(
                "UPDATE sessions SET proved_at = proved_at - ? WHERE token_hash = ?",
                minutes * 60_000L,
                Digests.sha256Hex(token));
    }

    private static boolean asksForProof(Answer answer) {
        return answer.contentType().startsWith("application/json")
                ? answer.json().path("reauthenticate").asBoolean()
                : answer.header("Location").orElse("").startsWith("/login/confirm");
    }

    private static Answer send(String name, String token) {
        String verb = name.substring(0, name.indexOf(' '));
        String path = name.substring(name.indexOf(' ') + 1)
                .replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
        TestClient client = TestClient.withSession(token);
        return verb.equals("GET")
                ? client.get(path)
                : path.startsWith("/api/") ? client.json(verb, path, Map.of()) : client.form(path, Map.of());
    }
}
