package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.sso.FakeOidc;
import dev.banyan.workspaces.sso.SsoBrowser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A workspace, or an account, loses the only person who can come in and manage it: by groups of a provider, by other
/// admins, by any act that names the person.
@QuarkusTest
class LosingTheLastAdminTest {

    /// These end the workspace itself, or the project with it.
    private static final Set<String> ENDS_THE_WORKSPACE = Set.of(
            "DELETE /api/projects/{projectId}/sub-clients/{subClientId}",
            "POST /projects/{projectId}/sub-clients/{subClientId}/delete",
            "POST /projects/{projectId}/sub-clients/{subClientId}/suspend",
            "PUT /api/projects/{projectId}/sub-clients/{subClientId}");

    @Inject
    NumberRooms rooms;

    private final FakeOidc provider = new FakeOidc();
    private Workspace sales;
    private TestClient acme;
    private Guest leila;

    @BeforeEach
    void aWorkspaceWithOneAdmin() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
        leila = guest("leila");
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private Guest guest(String name) {
        TestWorld world = rooms.world();
        return world.guest(world.context(world.acme()), sales, name, WorkspaceRole.ADMIN);
    }

    private String api() {
        return "/api" + WorkspacePaths.workspace(sales.project(), sales.id());
    }

    private Answer setUp(Map<String, Object> more) {
        var wish = new HashMap<String, Object>(Map.of(
                "kind",
                "oidc",
                "issuer",
                provider.issuer(),
                "clientId",
                FakeOidc.CLIENT,
                "clientSecret",
                FakeOidc.SECRET,
                "roles",
                Map.of("bosses", "admin", "sellers", "agent")));
        wish.putAll(more);
        return acme.put(api() + "/sso", wish);
    }

    private void assertSaved(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    /// With the password, as after a failure of the provider; then something is done that only admins may.
    private boolean comesInAndManages(String name) {
        var browser = new SsoBrowser();
        Answer in = browser.form(
                "/s/" + sales.shortPath() + "/login", "usernameOrEmail", name, "password", TestWorld.PASSWORD);
        return in.status() == 303
                && browser.get("/s/" + sales.shortPath() + "/users").status() == 200;
    }

    private SsoBrowser signIn(String subject) {
        var browser = new SsoBrowser();
        URI asked = URI.create(browser.get("/s/" + sales.shortPath() + "/sso").location());
        Answer in = browser.end(provider.signIn(asked, subject));
        assertThat(in.status()).as(in.toString()).isEqualTo(303);
        return browser;
    }

    private List<String> admins() {
        return rooms.world()
                .select(
                        "SELECT username FROM sub_client_users WHERE sub_client_id = ? AND role = 'admin'",
                        sales.id().value());
    }

    private int idOf(String username) {
        return Integer.parseInt(rooms.world()
                .select(
                        "SELECT id FROM sub_client_users WHERE sub_client_id = ? AND username = ?",
                        sales.id().value(),
                        username)
                .getFirst());
    }

    /// Every route that names a workspace is called with the admin as its subject, and with what would take the role.
    @Test
    void noActTakesTheOnlyAdminFromAWorkspace() {
        var before = setUp(Map.of("passwordSignIn", false, "emergencyAdmin", "leila"));
        assertSaved(before);
        var lost = new ArrayList<String>();
        List<Route> acts = Routes.all().stream()
                .filter(route -> !route.verb().equals("GET"))
                .filter(route ->
                        route.path().contains("{subClientId}") || route.path().startsWith("/s/{shortPath}/"))
                .filter(route -> !ENDS_THE_WORKSPACE.contains(route.name()))
                .toList();
        for (Route act : acts) {
            call(act);
            if (!comesInAndManages("leila")) {
                lost.add(act.name());
                break;
            }
        }
        assertThat(lost).isEmpty();
        assertThat(acts).hasSizeGreaterThan(60);
        assertThat(admins()).contains("leila");
    }

    private void call(Route act) {
        String path = act.path()
                .replace("{projectId}", sales.project().toString())
                .replace("{subClientId}", sales.id().value())
                .replace("{shortPath}", sales.shortPath())
                .replaceAll("\\{[^}]+}", Integer.toString(leila.id()));
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "as", rooms.world().acme().username(), "role", "user", "confirm", sales.name(), "name", sales.name()));
        List<TestClient> callers = act.path().startsWith("/s/") ? List.of(TestClient.of(leila)) : List.of(acme);
        for (TestClient caller : callers) {
            if (act.isJson()) {
                caller.json(act.verb(), path, Map.of("role", "user"));
                caller.json(act.verb(), path, Map.of());
            } else {
                caller.form(path, fields);
            }
        }
    }

    @Test
    void groupsTakeNoRoleFromTheOnlyAdmin() {
        assertSaved(setUp(Map.of()));
        assertThat(acme.delete(api() + "/users/" + leila.id()).status()).isEqualTo(400);
        provider.person("1", "amira", "bosses");
        signIn("1");
        assertThat(admins()).containsExactlyInAnyOrder("leila", "amira");
        assertThat(acme.put(api() + "/users/" + leila.id() + "/role", Map.of("role", "user"))
                        .status())
                .isIn(200, 400, 404, 405);
        rooms.world().sql("UPDATE sub_client_users SET role = 'user' WHERE id = ?", leila.id());
        provider.person("1", "amira", "sellers");
        SsoBrowser amira = signIn("1");
        assertThat(admins()).as("the groups say agent").containsExactly("amira");
        assertThat(amira.get("/s/" + sales.shortPath() + "/users").status()).isEqualTo(200);

        guest("omar");
        signIn("1");
        assertThat(admins()).as("now there is another").containsExactly("omar");
    }

    @Test
    void theEmergencyAdminStaysWhileAllOthersDependOnTheProvider() {
        assertSaved(setUp(Map.of("passwordSignIn", false, "emergencyAdmin", "leila")));
        provider.person("1", "amira", "bosses");
        SsoBrowser amira = signIn("1");
        for (String act : List.of("role", "remove")) {
            Answer refused = amira.form("/s/" + sales.shortPath() + "/users/" + leila.id() + "/" + act, "role", "user");
            assertThat(refused.status()).as(act + refused).isNotEqualTo(303);
        }
        Answer removed = acme.delete(api() + "/users/" + leila.id());
        assertThat(removed.status()).as(removed.toString()).isEqualTo(400);
        assertThat(removed.text()).contains("emergencyAdmin");
        assertThat(comesInAndManages("leila")).isTrue();

        Answer added = acme.post(
                api() + "/users",
                Map.of(
                        "username",
                        "omar",
                        "email",
                        "omar@guests.example",
                        "password",
                        TestWorld.PASSWORD,
                        "role",
                        "admin"));
        assertThat(added.status()).as(added.toString()).isIn(200, 201);
        assertSaved(setUp(Map.of("passwordSignIn", false, "emergencyAdmin", "omar")));
        assertThat(acme.delete(api() + "/users/" + leila.id()).status())
                .as("another one is named")
                .isEqualTo(200);
        assertThat(comesInAndManages("omar")).isTrue();
    }

    @Test
    void onlyAnAdminWithAPasswordIsAnEmergencyAdmin() {
        assertSaved(setUp(Map.of()));
        provider.person("1", "amira", "bosses");
        signIn("1");
        assertThat(idOf("amira")).isPositive();
        Answer refused = setUp(Map.of("passwordSignIn", false, "emergencyAdmin", "amira"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("emergencyAdmin must be", "who has a password");
        assertThat(setUp(Map.of("passwordSignIn", false)).status()).isEqualTo(400);
        assertThat(setUp(Map.of("passwordSignIn", false, "emergencyAdmin", "nobody"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anAccountKeepsAnOwnerWhoComesInWithoutTheProvider() {
        TestWorld world = rooms.world();
        TestWorld.Person owner = world.agency("pier");
        world.confirm(owner);
        TestClient client = TestClient.of(owner);
        String domain = owner.email().substring(owner.email().indexOf('@') + 1);
        world.sql(
                "INSERT INTO domains (id, tenant_id, account_id, host, serving_host, state, due_at, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, 'active', 9007199254740991, 1)",
                UUID.randomUUID().toString(),
                owner.account().toString(),
                owner.account().toString(),
                domain,
                domain);
        Answer saved = client.put(
                "/api/admin/sso",
                Map.of(
                        "kind",
                        "oidc",
                        "issuer",
                        provider.issuer(),
                        "clientId",
                        FakeOidc.CLIENT,
                        "clientSecret",
                        FakeOidc.SECRET,
                        "roles",
                        Map.of("bosses", "owner", "sellers", "manager"),
                        "emailDomains",
                        List.of(domain),
                        "passwordSignIn",
                        false,
                        "emergencyAdmin",
                        owner.email()));
        assertSaved(saved);
        provider.put(provider.person("1", "amira", "bosses").with("email", "amira-pier@" + domain));
        var amira = new SsoBrowser();
        URI asked = URI.create(amira.get("/sso/" + owner.username()).location());
        assertThat(amira.end(provider.signIn(asked, "1")).status()).isEqualTo(303);
        assertThat(owners(owner)).hasSize(2);

        Answer left = client.form("/admin/users/people/" + owner.account() + "/remove", "as", owner.username());
        assertThat(left.status()).as(left.toString()).isIn(409, 422);
        Answer demoted = client.post(
                "/api/admin/UserManagerUpdate", Map.of("UserId", owner.account().toString(), "role", "user_manager"));
        assertThat(demoted.status()).as(demoted.toString()).isEqualTo(400);
        assertThat(demoted.error()).contains("emergencyAdmin");
        assertThat(owners(owner)).hasSize(2).contains(owner.email());
        assertThat(world.newSession(owner.email())).isNotEmpty();
    }

    private List<String> owners(TestWorld.Person of) {
        return rooms.world()
                .select(
                        "SELECT email FROM memberships JOIN identities ON identities.id = identity_id WHERE tenant_id = ?"
                                + " AND role = 'owner'",
                        of.account().toString());
    }
}
