package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A workspace with an OpenID provider over real HTTP, and a browser.
abstract class OidcRoom {

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    @Inject
    WorkspaceRechecks rechecks;

    final FakeOidc provider = new FakeOidc();
    final SsoBrowser browser = new SsoBrowser();
    Workspace sales;
    TestClient acme = TestClient.anonymous();

    @BeforeEach
    void aWorkspaceWithAProvider() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
        setUp(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    static String route(Workspace workspace) {
        return "/api" + WorkspacePaths.workspace(workspace.project(), workspace.id()) + "/sso";
    }

    void setUp(Map<String, Object> more) {
        setUp(sales, more);
    }

    void setUp(Workspace workspace, Map<String, Object> more) {
        var wish = new HashMap<String, Object>(Map.of(
                "kind",
                "oidc",
                "label",
                "Office",
                "issuer",
                provider.issuer(),
                "clientId",
                FakeOidc.CLIENT,
                "clientSecret",
                FakeOidc.SECRET,
                "roles",
                Map.of("bosses", "admin", "sellers", "agent", "everyone", "user")));
        wish.putAll(more);
        Answer answer = acme.put(route(workspace), wish);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    void assertIn(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
        assertThat(answer.location()).isIn(SsoBrowser.path(sales) + "/chat", SsoBrowser.path(sales) + "/inbox");
        assertThat(browser.isIn(sales)).isTrue();
    }

    void assertRefused(Answer answer, int status, String text) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.text()).contains(text);
        assertThat(browser.isIn(sales)).isFalse();
    }

    long users() {
        return rooms.world()
                .count(
                        "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ?",
                        sales.id().value());
    }

    void recheck() {
        clock.forward(Duration.ofSeconds(31));
        rechecks.run();
    }
}
