package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A manager of all brands whose role doesn't include workspaces calls every route of projects and their WhatsApp
/// numbers. The routes are found in the code, so new ones are included automatically.
@QuarkusTest
class WorkingOnWorkspacesWithoutTheRightTest {

    private static final String REFUSAL = "Your role doesn't include workspaces. Ask an owner to add them to it.";

    private static final String UNHEARD_OF = "00000000-0000-7000-8000-000000000001";

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private TestClient manager = TestClient.anonymous();

    @BeforeEach
    void soloManagesAcme() {
        List.of(world.acme(), world.solo()).forEach(world::confirm);
        acme = TestClient.of(world.acme());
        manager = TestClient.of(world.solo());
        Answer invited = acme.post(
                "/api/admin/UserManagerInvite", Map.of("email", world.solo().email(), "role", "user_manager"));
        assertThat(invited.status()).as(invited.toString()).isEqualTo(200);
        Answer accepted = manager.post(
                "/api/admin/UserManagerRespond",
                Map.of("FromUserId", world.acme().account().toString(), "State", "accepted"));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
    }

    private void include(boolean workspaces) {
        Answer changed = acme.post(
                "/api/admin/UserManagerUpdate",
                Map.of("UserId", world.solo().account().toString(), "workspaces", workspaces));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    }

    private static List<Route> routes() {
        return Routes.all().stream()
                .filter(route -> route.resource().startsWith("dev.banyan.workspaces.")
                        || route.resource().startsWith("dev.banyan.whatsapp."))
                .filter(route -> !isOfOthers(route))
                .toList();
    }

    /// Routes for users of workspaces, the public and operators, which don't require a member of an account. The
    /// link that approves a failover is checked by its signature and its person's rights (FailoverApiTest).
    private static boolean isOfOthers(Route route) {
        return route.path().startsWith("/s/")
                || route.path().startsWith("/api/sub-client/")
                || route.path().startsWith("/operator/")
                || route.path().startsWith("/hooks/") // gateways prove themselves by a signature (ConnectionsApiTest)
                || route.path().equals("/pools/approve")
                || route.name().equals("GET /api/sub-clients/lookup")
                || route.name().equals("GET /projects/{projectId}/conversations");
    }

    /// Exports are for owners, whatever the role of a manager includes.
    private static boolean isOfOwners(Route route) {
        return route.path().contains("export");
    }

    private Answer call(Route route) {
        String path = route.path()
                        .replace("{projectId}", world.project().id().toString())
                        .replace("{subClientId}", world.sales().id().toString())
                        .replaceAll("\\{[^}]+}", UNHEARD_OF)
                + "?as=" + world.acme().username();
        if (route.verb().equals("GET")) {
            return manager.get(path);
        }
        var form = new LinkedHashMap<String, String>();
        form.put("as", world.acme().username());
        if (route.isJson()) {
            Answer answer =
                    route.verb().equals("DELETE") ? manager.delete(path) : manager.json(route.verb(), path, "{}");
            return answer.status() == 415 ? manager.multipart(path, form) : answer;
        }
        Answer answer = manager.form(path, form);
        return answer.status() == 415 ? manager.multipart(path, form) : answer;
    }

    @Test
    void everyRouteRefusesAManagerWhoseRoleDoesNotIncludeWorkspaces() {
        world.sales();
        String before = projects();
        var softly = new SoftAssertions();
        for (Route route : routes()) {
            Answer answer = call(route);
            softly.assertThat(answer.status())
                    .as("%s: %s", route, answer.text())
                    .isEqualTo(403);
            softly.assertThat(answer.text().replace("&#39;", "'"))
                    .as(route.name())
                    .contains(REFUSAL);
        }
        softly.assertAll();
        assertThat(routes()).hasSizeGreaterThan(100);
        assertThat(projects()).isEqualTo(before);
    }

    private String projects() {
        return world.select(
                        "SELECT id || name FROM sub_clients WHERE project_id = ?",
                        world.project().id().toString())
                .toString();
    }

    @Test
    void everyRouteLetsAManagerInWhoseRoleIncludesWorkspaces() {
        include(true);
        var softly = new SoftAssertions();
        for (Route route : routes()) {
            if (!isOfOwners(route)) {
                Answer answer = call(route);
                softly.assertThat(answer.status())
                        .as("%s: %s", route, answer.text())
                        .isNotIn(401, 403, 500);
            }
        }
        softly.assertAll();
    }

    @Test
    void socketsOfNumbersRefuseThem() {
        Map<String, String> headers =
                SocketClient.headers("banyan_session=" + world.solo().token());
        List<String> sockets = List.of("/api/whatsapp/ws", "/api/whatsapp/events", "/admin/pools/live");
        for (String socket : sockets) {
            assertThat(SocketClient.knock(socket + "?as=" + world.acme().username(), headers))
                    .as(socket)
                    .isEqualTo(403);
        }
        include(true);
        for (String socket : sockets) {
            assertThat(SocketClient.knock(socket + "?as=" + world.acme().username(), headers))
                    .as(socket)
                    .isEqualTo(101);
        }
    }

    @Test
    void whoLosesWorkspacesIsHeardNoMore() {
        include(true);
        try (var events = SocketClient.open(
                "/api/whatsapp/events?as=" + world.acme().username(),
                Map.of("Authorization", "Bearer " + world.solo().token()))) {
            events.next();
            include(false);
            assertThat(events.closeCode()).isEqualTo(4401);
        }
        assertThat(manager.get("/projects?as=" + world.acme().username()).status())
                .isEqualTo(403);
    }

    @Test
    void noMenuShowsWhatIsClosed() {
        String dashboard = "/admin/dashboard?as=" + world.acme().username();
        assertThat(manager.get(dashboard).text()).doesNotContain("href=\"/projects", "href=\"/admin/pools");
        include(true);
        assertThat(manager.get(dashboard).text()).contains("href=\"/projects", "href=\"/admin/pools");
    }

    @Test
    void anOwnerWhoIsMadeAManagerKeepsNoWorkspaces() {
        for (String role : List.of("owner", "user_manager")) {
            Answer changed = acme.post(
                    "/api/admin/UserManagerUpdate",
                    Map.of("UserId", world.solo().account().toString(), "role", role));
            assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        }
        assertThat(acme.get("/api/admin/UserManagerList")
                        .json()
                        .at("/managers/0/workspaces")
                        .asBoolean())
                .isFalse();
        assertThat(manager.get("/projects?as=" + world.acme().username()).status())
                .isEqualTo(403);
    }

    @Test
    void theFormAsksForItAndItIsOffAtFirst() {
        String people = "/admin/users/people";
        String as = "?as=" + world.acme().username();
        assertThat(acme.get(people + "/new" + as).text())
                .contains("name=\"workspaces\"")
                .doesNotContain("name=\"workspaces\" value=\"true\" checked");
        String person = people + "/" + world.solo().account();
        Answer saved = acme.form(
                person, "as", world.acme().username(), "role", "manager", "scope", "all", "workspaces", "true");
        assertThat(saved.status()).as(saved.text()).isEqualTo(303);
        assertThat(acme.get(person + as).text()).contains("name=\"workspaces\" value=\"true\" checked");
        assertThat(acme.get("/admin/users" + as).text()).contains("Manager with workspaces");
        assertThat(manager.get("/projects" + as).status()).isEqualTo(200);
        acme.form(person, "as", world.acme().username(), "role", "manager", "scope", "all");
        assertThat(manager.get("/projects" + as).status()).isEqualTo(403);
    }
}
