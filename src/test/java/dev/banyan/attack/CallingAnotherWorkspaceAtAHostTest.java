package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.AtHost;
import dev.banyan.FakeDns;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Tier;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// At a workspace's own host, an attacker asks for another workspace, for the account, or for anything else of this
/// server: by each of its routes, with sessions and keys from elsewhere, and by other spellings of the host.
@QuarkusTest
class CallingAnotherWorkspaceAtAHostTest {

    private static final String JSON = "Content-Type: application/json";

    @Inject
    TestWorld world;

    private final FakeDns dns = FakeDns.ofServer();
    private TestWorld.Person owner;
    private Workspace here;
    private TestWorld.Guest admin;
    private TestWorld.Guest stranger;
    private String host = "";
    private String home = "";

    @BeforeEach
    void aWorkspaceAtItsHost() {
        owner = world.person("athost");
        world.plan(owner, Tier.PREMIUM, AgencyPermission.BASIC, Map.of());
        host = world.name("desk") + ".example";
        Project project = world.project(world.context(owner), "Atlas");
        here = world.workspace(world.context(owner), project, "Sales");
        Workspace other = world.workspace(world.context(owner), project, "Service");
        admin = world.guest(world.context(owner), here, "amira", WorkspaceRole.ADMIN);
        stranger = world.guest(world.context(owner), other, "bruno", WorkspaceRole.ADMIN);
        home = "/s/" + here.shortPath();
        TestClient client = TestClient.of(owner);
        JsonNode domain = client.post(
                        "/api/admin/domains",
                        Map.of("domain", host, "subClientId", here.id().value()))
                .json();
        dns.has(host, "TXT", "\"verify=" + here.id().value() + "\"");
        Answer checked = client.post("/api/admin/domains/" + domain.path("id").asText() + "/check", Map.of());
        assertThat(checked.json().path("state").asText()).as(checked.toString()).isEqualTo("active");
    }

    private AtHost at(String name) {
        return new AtHost(TestServer.uri(), name);
    }

    private static String of(Workspace workspace, Route route) {
        return route.path()
                .replace("{projectId}", workspace.project().toString())
                .replace("{subClientId}", workspace.id().value())
                .replace("{shortPath}", workspace.shortPath())
                .replaceAll("\\{[^}]*}", "01900000-0000-7000-8000-000000000001");
    }

    /// What is not there is unknown, or leads into the workspace: its own pages are at the same names.
    private void assertNowhere(SoftAssertions softly, String what, AtHost.Answer answer) {
        boolean led =
                answer.status() == 302 && answer.header("location").orElse("").startsWith(home);
        boolean unknown = List.of(404, 405, 415).contains(answer.status()); // an unknown address can be read only
        softly.assertThat(led || unknown)
                .as(what + ": " + answer.status() + " " + answer.text())
                .isTrue();
    }

    @Test
    void noRouteOfAnythingElseAnswers() {
        var softly = new SoftAssertions();
        for (Route route : Routes.all()) {
            if (route.path().matches("/(ui|media|favicon\\.ico)(/.*)?")) {
                continue;
            }
            String path = of(stranger.workspace(), route)
                    + (route.path().startsWith("/api/sub-client")
                            ? "?shortPath=" + stranger.workspace().shortPath()
                            : "");
            for (String sent : List.of(
                    "Cookie: " + stranger.cookie(),
                    "Authorization: Bearer " + stranger.token(),
                    "Authorization: Bearer " + owner.token())) {
                assertNowhere(softly, route + " " + sent, at(host).send(route.verb(), path, "{}", JSON, sent));
            }
        }
        softly.assertAll();
    }

    /// The workspace itself answers only its own people, and no body names another one.
    @Test
    void noOneFromElsewhereIsKnownHere() {
        var softly = new SoftAssertions();
        for (Route route : Routes.all()) {
            if (route.path().startsWith("/api/sub-client")
                    || route.path().startsWith("/api/projects/{projectId}/sub-clients/{subClientId}")) {
                String path = of(here, route);
                assertNowhere(
                        softly,
                        route + " by the account",
                        at(host).send(route.verb(), path, "{}", JSON, "Authorization: Bearer " + owner.token()));
                assertNowhere(
                        softly,
                        route + " by a stranger",
                        at(host).send(route.verb(), path, "{}", JSON, "Authorization: Bearer " + stranger.token()));
            }
            if (route.body().isPresent()
                    && Routes.fields(route.body().get()).stream()
                            .anyMatch(field -> field.getName().equals("shortPath"))) {
                assertNowhere(
                        softly,
                        route + " in the body",
                        at(host).send(
                                        route.verb(),
                                        of(here, route),
                                        "{\"shortPath\":\""
                                                + stranger.workspace().shortPath() + "\"}",
                                        JSON));
            }
        }
        assertNowhere(
                softly,
                "looked up",
                at(host).get("/api/sub-clients/lookup?shortPath="
                        + stranger.workspace().shortPath()));
        assertNowhere(softly, "looked up by its host", at(host).get("/api/sub-clients/lookup?host=other.example"));
        softly.assertAll();
    }

    @Test
    void itsOwnPeopleWorkThere() {
        String cookie = "Cookie: " + admin.cookie();
        assertThat(at(host).get("/api/sub-client/me", cookie).status()).isEqualTo(200);
        assertThat(at(host).get("/api/sub-client/me?shortPath=" + here.shortPath(), cookie)
                        .status())
                .isEqualTo(200);
        assertThat(at(host).get("/api/projects/" + here.project() + "/sub-clients/" + here.id() + "/users", cookie)
                        .status())
                .isEqualTo(200);
        assertThat(at(host).get("/api/sub-clients/lookup?host=" + host).status())
                .isEqualTo(200);
        assertThat(at(host).send(
                                "POST",
                                "/api/sub-client/login",
                                "{\"shortPath\":\"" + here.shortPath()
                                        + "\",\"usernameOrEmail\":\"amira\",\"password\":\"" + TestWorld.PASSWORD
                                        + "\"}",
                                JSON)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void noSpellingOfTheHostOpensMore() {
        var softly = new SoftAssertions();
        for (String name :
                List.of(host + ".", host.toUpperCase(Locale.ROOT), host + ":8443", host + ".:80", host + ":")) {
            for (String path : List.of(
                    "/api/me",
                    "/api/projects",
                    "/api/admin/GetPages",
                    "/API/Admin/GetPages",
                    "/v1/GetPages",
                    "/api/projects/" + here.project(),
                    "/api/projects/" + here.project() + "/sub-clients/" + here.id() + "/../"
                            + stranger.workspace().id(),
                    "/api/projects/" + here.project() + "/sub-clients/" + here.id() + ";x/users",
                    "/s/" + stranger.workspace().shortPath() + "/login",
                    home + "/%2e%2e/" + stranger.workspace().shortPath() + "/login",
                    "/metrics",
                    "/openapi.json",
                    "/internal/domain?domain=" + host,
                    "/api/whatsapp/events",
                    "/admin/pools/live",
                    "/s/" + stranger.workspace().shortPath() + "/chat/ws")) {
                AtHost.Answer answer = at(name).get(path, "Authorization: Bearer " + owner.token());
                softly.assertThat(answer.status() == 400
                                || answer.status() == 404
                                || answer.status() == 302
                                        && answer.header("location").orElse("").startsWith(home))
                        .as(name + path + ": " + answer.status() + " " + answer.text())
                        .isTrue();
            }
        }
        softly.assertAll();
    }
}
