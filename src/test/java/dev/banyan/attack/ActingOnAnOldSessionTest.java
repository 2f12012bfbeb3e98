package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.context.RouteEffect;
import dev.banyan.accounts.context.RouteEffects;
import dev.banyan.platform.Digests;
import io.quarkus.test.junit.QuarkusTest;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// An attacker finds a browser in which someone signed in an hour ago, of an account or of a workspace, and gives away
/// what they reach: by each route that gives someone data or a way in, now and in future ([RouteEffects]).
@QuarkusTest
class ActingOnAnOldSessionTest {

    private final TestWorld world;

    ActingOnAnOldSessionTest(TestWorld world) {
        this.world = world;
    }

    private static Stream<String> asking() {
        return RouteEffects.all().stream().filter(RouteEffects::asksForProof).sorted();
    }

    @Test
    void noPersonGivesAnythingAway() {
        var softly = new SoftAssertions();
        asking().forEach(name -> {
            String token = name.contains("/operator/") || name.contains("/siteadmin/")
                    ? world.operatorToken()
                    : world.acme().token();
            softly.assertThat(asksForProof(send(name, token)))
                    .as("fresh: " + name)
                    .isFalse();
            age("sessions", token);
            Answer answer = send(name, token);
            softly.assertThat(asksForProof(answer)).as(name + ": " + answer).isTrue();
            if (name.contains(" /api/")) {
                softly.assertThat(answer.status()).isEqualTo(403);
                softly.assertThat(answer.json().path("confirmAt").asText()).isEqualTo("/api/confirm");
            }
            Answer confirmed =
                    TestClient.withSession(token).post("/api/confirm", Map.of("password", TestWorld.PASSWORD));
            softly.assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        });
        softly.assertAll();
    }

    @Test
    void someTakeThePasswordInTheBodyInstead() {
        for (String name :
                RouteEffects.all().stream().filter(RouteEffects::takesPassword).toList()) {
            String token = world.acme().token();
            String path = name.substring(name.indexOf(' ') + 1);
            TestClient client = TestClient.withSession(token);
            assertThat(asksForProof(client.post(path, Map.of())))
                    .as("fresh: " + name)
                    .isFalse();
            age("sessions", token);
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
        for (String name : RouteEffects.all().stream()
                .filter(route -> RouteEffects.of(route) == RouteEffect.OWN)
                .toList()) {
            Answer answer = send(name, world.acme().token());
            assertThat(answer.status()).as(name + ": " + answer).isBetween(400, 429);
        }
    }

    @Test
    void whatGivesNothingAwayGoesOn() {
        var softly = new SoftAssertions();
        Routes.all().stream()
                .map(Routes.Route::name)
                .distinct()
                .filter(name -> RouteEffects.of(name) == RouteEffect.NEITHER)
                .filter(name -> name.contains(" /admin/pages")
                        || name.contains(" /admin/short-links")
                        || name.contains(" /api/sub-client/")
                        || name.matches("(PUT|DELETE|POST) /api/whatsapp/.*"))
                .forEach(name -> {
                    String token = world.acme().token();
                    age("sessions", token);
                    softly.assertThat(asksForProof(send(name, token))).as(name).isFalse();
                });
        softly.assertAll();
    }

    @Test
    void anotherSpellingOfTheAddressChangesNothing() {
        String token = world.acme().token();
        age("sessions", token);
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

    /// Routes of a workspace that its own people reach, all of which name it in their path.
    private List<String> ofMembers() {
        return asking().filter(name -> name.contains(" /s/{shortPath}/")
                        || name.contains(" /api/projects/{projectId}/sub-clients/{subClientId}"))
                .toList();
    }

    @Test
    void noMemberOfAWorkspaceGivesAnythingAway() {
        TestWorld.Guest admin = world.salesAdmin();
        var softly = new SoftAssertions();
        for (String name : ofMembers()) {
            age("workspace_sessions", admin.token());
            Answer answer = asMember(name, admin);
            softly.assertThat(asksForProof(answer)).as(name + ": " + answer).isTrue();
            if (name.contains(" /api/")) {
                softly.assertThat(answer.json().path("confirmAt").asText()).isEqualTo("/api/sub-client/proof");
            } else {
                softly.assertThat(answer.location()).startsWith(home(admin) + "/profile/proof");
            }
        }
        softly.assertAll();
        Answer confirmed = TestClient.of(admin).post("/api/sub-client/proof", Map.of("password", TestWorld.PASSWORD));
        assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
        assertThat(asksForProof(asMember("GET /s/{shortPath}/audit.csv", admin)))
                .isFalse();
    }

    @Test
    void aMemberComesBackByThePageAndOnlyWithTheirOwnPassword() {
        TestWorld.Guest admin = world.salesAdmin();
        age("workspace_sessions", admin.token());
        TestClient client = TestClient.of(admin);
        Answer asked = client.with("Referer", TestServer.uri() + home(admin) + "/invitations")
                .form(home(admin) + "/invitations", "email", "mallory@people.example", "role", "admin");
        assertThat(asked.status()).isEqualTo(303);
        assertThat(world.select("SELECT email FROM workspace_invitations WHERE email = 'mallory@people.example'"))
                .isEmpty();
        Answer page = client.get(asked.location());
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        assertThat(page.text()).contains("Confirm it", "/profile/proof", home(admin) + "/invitations");

        String proof = home(admin) + "/profile/proof";
        Answer wrong = client.form(proof, "password", "a guess of mine", "next", home(admin) + "/invitations");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(client.get(home(admin) + "/audit.csv").location()).startsWith(proof);
        long sessions = world.count("SELECT COUNT(*) FROM workspace_sessions");
        Answer right = client.form(proof, "password", TestWorld.PASSWORD, "next", home(admin) + "/invitations");
        assertThat(right.location()).isEqualTo(home(admin) + "/invitations");
        assertThat(world.count("SELECT COUNT(*) FROM workspace_sessions"))
                .as("the proof leaves no second session")
                .isEqualTo(sessions);
        assertThat(client.get(home(admin) + "/audit.csv").status()).isEqualTo(200);
        assertThat(client.form(proof, "password", TestWorld.PASSWORD, "next", "//evil.example/")
                        .location())
                .isEqualTo(home(admin) + "/profile");
    }

    private static String home(TestWorld.Guest guest) {
        return "/s/" + guest.workspace().shortPath();
    }

    private void age(String sessions, String token) {
        world.sql(
                "UPDATE " + sessions + " SET proved_at = created_at - 3600000 WHERE token_hash = ?",
                Digests.sha256Hex(token));
    }

    private static boolean asksForProof(Answer answer) {
        return answer.contentType().startsWith("application/json")
                ? answer.json().path("reauthenticate").asBoolean()
                : answer.header("Location").orElse("").matches("(/s/[^/]+)?(/login/confirm|/profile/proof).*");
    }

    private static Answer asMember(String name, TestWorld.Guest guest) {
        return send(
                name.replace("{shortPath}", guest.workspace().shortPath())
                        .replace("{projectId}", guest.workspace().project().toString())
                        .replace("{subClientId}", guest.workspace().id().value()),
                TestClient.of(guest));
    }

    private static Answer send(String name, String token) {
        return send(name, TestClient.withSession(token));
    }

    private static Answer send(String name, TestClient client) {
        String verb = name.substring(0, name.indexOf(' '));
        String path = name.substring(name.indexOf(' ') + 1)
                .replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
        if (path.endsWith("/ImportSubAccount")) {
            return client.upload(path, Map.of(), "brand.zip", new byte[] {1});
        }
        return verb.equals("GET")
                ? client.get(path)
                : path.startsWith("/api/") ? client.json(verb, path, Map.of()) : client.form(path, Map.of());
    }
}
