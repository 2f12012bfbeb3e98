package dev.banyan.accounts.context;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.Role;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every route on an account has an entry in the table of rights, and enforces it for managers (LinkToMe contract 3.3).
@QuarkusTest
class ManagerRightsTest {

    /// Independent of the account that the person acts for.
    private static final Set<String> OF_THE_PERSON =
            Set.of("/admin/invitations", "/admin/settings/second-factor", "/admin/settings/passkeys");

    private static final String SHOWS_THEIR_PART = "GET /api/admin/GetSubAccounts";

    private static final String ID = "00000000-0000-7000-8000-000000000001";

    @Inject
    TestWorld world;

    private TestClient manager = TestClient.anonymous();

    @BeforeEach
    void soloManagesAcme() {
        for (TestWorld.Person person : List.of(world.acme(), world.solo())) {
            world.sql("UPDATE identities SET email_confirmed_at = 1 WHERE email = ?", person.email());
        }
        TestClient.of(world.acme())
                .post(
                        "/api/admin/UserManagerInvite",
                        Map.of("email", world.solo().email()));
        manager = TestClient.of(world.solo());
        Answer accepted = manager.post(
                "/api/admin/UserManagerRespond",
                Map.of("FromUserId", world.acme().account().toString(), "State", "accepted"));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
    }

    private static List<Route> routesOfAccounts() {
        return Routes.all().stream()
                .filter(route -> route.path().startsWith("/admin")
                        || route.path().startsWith("/api/admin/")
                        || route.path().startsWith("/projects")
                        || route.path().startsWith("/api/projects"))
                .filter(route ->
                        OF_THE_PERSON.stream().noneMatch(path -> route.path().startsWith(path)))
                // uses the secret of a mail
                .filter(route -> !route.path().startsWith("/admin/analytics/reports/"))
                .toList();
    }

    private static String withIds(Route route) {
        return route.path().replaceAll("\\{[^}]+}", ID);
    }

    @Test
    void everyRouteHasALine() {
        assertThat(routesOfAccounts())
                .hasSizeGreaterThan(100)
                .allSatisfy(route -> assertThat(RouteRights.permission(route.verb() + " " + withIds(route)))
                        .as(route.name())
                        .isPresent());
    }

    @Test
    void everyLineIsAPermissionOfTheContract() {
        var known = new HashSet<>(Role.AGENCY_ADMIN.permissions());
        known.add(Membership.WORKSPACES);
        assertThat(routesOfAccounts())
                .allSatisfy(route -> assertThat(known)
                        .contains(RouteRights.permission(route.verb() + " " + withIds(route))
                                .orElseThrow()));
    }

    @Test
    void managersComeWhereTheirRoleLeadsAndNowhereElse() {
        var softly = new SoftAssertions();
        int refused = 0;
        for (Route route : routesOfAccounts()) {
            boolean permitted = RouteRights.permission(route.verb() + " " + withIds(route))
                            .filter(Role.USER_MANAGER.permissions()::contains)
                            .isPresent()
                    || route.name().equals(SHOWS_THEIR_PART);
            boolean switches = route.path().contains("SwitchTo") || route.name().equals("POST /admin/context");
            if (!permitted) {
                Answer answer = asked(route);
                softly.assertThat(answer.status()).as(route.name()).isEqualTo(403);
                refused++;
            } else if (route.verb().equals("GET") && route.pathParams().isEmpty() && !switches) {
                softly.assertThat(asked(route).status()).as(route.name()).isNotIn(401, 403);
            }
        }
        softly.assertAll();
        assertThat(refused).isGreaterThan(40);
    }

    /// Every route that writes, of every door; what is about the person alone is theirs.
    @Test
    void viewersChangeNothing() {
        Answer changed = TestClient.of(world.acme())
                .post(
                        "/api/admin/UserManagerUpdate",
                        Map.of("UserId", world.solo().account().toString(), "readOnly", true));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        List<String> before = done();
        var softly = new SoftAssertions();
        for (Route route : routesOfAccounts()) {
            boolean switches = route.path().contains("SwitchTo") || route.name().equals("POST /admin/context");
            if (!route.verb().equals("GET") && !switches) {
                softly.assertThat(asked(route).status()).as(route.name()).isEqualTo(403);
            }
        }
        for (Route route : routesOfAccounts()) {
            if (route.verb().equals("GET") && route.pathParams().isEmpty()) {
                softly.assertThat(asked(route).status()).as(route.name()).isNotEqualTo(500);
            }
        }
        softly.assertAll();
        assertThat(done()).isEqualTo(before);
    }

    /// Returns what the audit knows that somebody did to the account.
    private List<String> done() {
        return world.select(
                "SELECT action FROM audit_events WHERE tenant_id = ? AND action <> 'AccessDenied' ORDER BY id",
                world.acme().account().toString());
    }

    private Answer asked(Route route) {
        String path = withIds(route) + "?UserId=" + world.acme().account();
        if (route.verb().equals("GET")) {
            return manager.get(path);
        }
        if (route.isJson()) {
            Answer answer = manager.json(route.verb(), path, "{}");
            return answer.status() == 415 ? manager.multipart(path, Map.of("dryRun", "true")) : answer; // takes a file
        }
        Map<String, String> form = route.formParams().isEmpty()
                ? Map.of()
                : Map.of("as", world.acme().username());
        Answer answer = manager.form(path, form);
        return answer.status() == 415 ? manager.multipart(path, form) : answer; // accepts files
    }

    @Test
    void ownersBesideTheFirstDoWhatTheFirstDoes() {
        world.sql(
                "UPDATE memberships SET role = 'owner' WHERE tenant_id = ? AND identity_id = ?",
                world.acme().account().toString(),
                world.solo().identity().toString());
        String as = "?as=" + world.acme().username();
        for (String page : List.of("/admin/users", "/admin/subscription", "/admin/audit", "/admin/settings")) {
            assertThat(manager.get(page + as).status()).as(page).isEqualTo(200);
        }
        assertThat(manager.get("/api/admin/GetSubAccounts?UserId="
                                + world.acme().account())
                        .status())
                .isEqualTo(200);
    }
}
