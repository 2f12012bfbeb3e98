package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.trash.WorkspaceErasures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A manager who may change pages, and so domains, but neither single sign-on nor workspaces, takes away the domain
/// that one of these stands on.
@QuarkusTest
class SwitchingSignInOffByDeletingADomainTest {

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    @Inject
    WorkspaceErasures erasures;

    private TestWorld world;
    private TestWorld.Person owner;
    private TestClient client;
    private TestClient manager;
    private String as;

    @BeforeEach
    void aManagerWithoutWorkspaces() {
        world = rooms.world();
        owner = world.acme();
        List.of(owner, world.solo()).forEach(world::confirm);
        client = TestClient.of(owner);
        manager = TestClient.of(world.solo());
        as = "?as=" + owner.username();
        Answer invited = client.post(
                "/api/admin/UserManagerInvite", Map.of("email", world.solo().email(), "role", "user_manager"));
        assertThat(invited.status()).as(invited.toString()).isEqualTo(200);
        Answer accepted = manager.post(
                "/api/admin/UserManagerRespond",
                Map.of("FromUserId", owner.account().toString(), "State", "accepted"));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
    }

    private String domain(String host, String workspace) {
        String id = UUID.randomUUID().toString();
        world.sql(
                "INSERT INTO domains (id, tenant_id, account_id, host, serving_host, sub_client_id, state, due_at,"
                        + " created_at) VALUES (?, ?, ?, ?, ?, nullif(?, ''), 'active', 9007199254740991, 1)",
                id,
                owner.account().toString(),
                owner.account().toString(),
                host,
                host,
                workspace);
        return id;
    }

    private String host(String stem) {
        return stem + "-" + owner.username().replaceAll("[^a-z0-9]", "-") + ".example";
    }

    private void assertStays(TestClient by, String domain) {
        Answer refused = by.delete("/api/admin/domains/" + domain + as);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
        Answer page = by.form("/admin/custom-domains/" + domain + "/remove", "as", owner.username());
        assertThat(page.status()).as(page.toString()).isEqualTo(403);
        assertThat(count(domain)).isEqualTo(1);
    }

    private long count(String domain) {
        return world.count("SELECT count(*) FROM domains WHERE id = ? AND state = 'active'", domain);
    }

    private void bind(String host) {
        Answer saved = client.put(
                "/api/admin/sso",
                Map.of(
                        "kind",
                        "oidc",
                        "issuer",
                        "https://login.example.com",
                        "clientId",
                        "banyan",
                        "roles",
                        Map.of("bosses", "owner"),
                        "emailDomains",
                        List.of(host)));
        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
    }

    @Test
    void theDomainOfMembersEmailsStaysAndOthersGo() {
        String bound = domain(host("bound"), "");
        String free = domain(host("free"), "");
        bind(host("bound"));
        assertStays(manager, bound);
        Answer gone = manager.delete("/api/admin/domains/" + free + as);
        assertThat(gone.status()).as(gone.toString()).isEqualTo(200);
        assertThat(client.delete("/api/admin/domains/" + bound + as).status())
                .as("an owner may")
                .isEqualTo(200);
    }

    /// Every route is called that changes something, with the domain as what it names: whatever a manager may do, the
    /// sign-in of members goes on. New routes are included automatically.
    @Test
    void nothingThatAManagerMayDoSwitchesTheSignInOfMembersOff() {
        String bound = domain(host("bound"), "");
        bind(host("bound"));
        String before = signIn();
        var switchedOff = new ArrayList<String>();
        int called = 0;
        for (Route route : Routes.all()) {
            boolean isOfAccounts =
                    route.path().startsWith("/admin/") || route.path().startsWith("/api/admin/");
            if (!isOfAccounts || route.verb().equals("GET")) {
                continue;
            }
            String path = route.path().replaceAll("\\{[^}]+}", bound);
            if (route.isJson()) {
                manager.json(route.verb(), path + as, Map.of());
                manager.json(route.verb(), path + as, Map.of("id", bound, "domain", host("bound")));
            } else {
                manager.form(path, "as", owner.username(), "id", bound, "domain", host("bound"), "confirm", "on");
            }
            called++;
            if (!signIn().equals(before)) {
                switchedOff.add(route.name());
                break;
            }
        }
        assertThat(switchedOff).isEmpty();
        assertThat(called).isGreaterThan(60);
    }

    /// Returns what the sign-in of members stands on. A check follows the DNS, where nothing proves this domain: it
    /// goes on for a week all the same.
    private String signIn() {
        return world.select(
                                "SELECT settings || email_domains || updated_at FROM account_sso WHERE tenant_id = ?",
                                owner.account().toString())
                        .toString()
                + world.select(
                        "SELECT replace(state, 'missing', 'active') || coalesce(serving_host, '') FROM domains"
                                + " WHERE host = ?",
                        host("bound"));
    }

    @Test
    void theHostOfAWorkspaceStays() {
        Workspace sales = rooms.workspace("Sales Team");
        String host = domain(host("sales"), sales.id().value());
        assertStays(manager, host);
        assertThat(client.delete("/api/admin/domains/" + host + as).status()).isEqualTo(200);
    }

    /// A manager with workspaces, who may not change the sign-in of members, deletes the workspace that is at the
    /// domain.
    @Test
    void theProofOutlivesTheWorkspaceThatHadTheHost() {
        Workspace sales = rooms.workspace("Sales Team");
        String host = host("mail");
        String domain = domain(host, sales.id().value());
        bind(host);
        assertThat(client.post(
                                "/api/admin/UserManagerUpdate",
                                Map.of("UserId", world.solo().account().toString(), "workspaces", true))
                        .status())
                .isEqualTo(200);
        assertStays(manager, domain);
        String path = "/api" + WorkspacePaths.workspace(sales.project(), sales.id());
        assertThat(client.put(path, Map.of("suspended", true)).status()).isEqualTo(200);
        Answer deleted = manager.delete(path + as);
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
        clock.forward(Duration.ofDays(31));
        while (erasures.run() > 0) {
            assertThat(count(domain)).isEqualTo(1);
        }
        assertThat(count(domain)).isEqualTo(1);
    }
}
