package dev.banyan.accounts.context;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.Role;
import dev.banyan.workspaces.access.KeyPermission;
import dev.banyan.workspaces.access.WorkspaceKeyRoutes;
import org.junit.jupiter.api.Test;

/// The table of the routes that keys can use is complete, gives away nothing that is for people, and means by each
/// older
/// name exactly what it has always meant.
class KeyRightsTest {

    private static final String OF_PROJECTS = " /api/projects";

    @Test
    void everyRouteOfTheApiHasAPermissionOrAReason() {
        Set<String> decided = new TreeSet<>(KeyRights.routes().keySet());
        decided.addAll(KeyRights.closed().keySet());
        assertThat(decided)
                .containsExactlyInAnyOrderElementsOf(Routes.all().stream()
                        .filter(Routes.Route::isJson)
                        .map(Routes.Route::name)
                        .collect(Collectors.toSet()));
        assertThat(KeyRights.closed().values()).allMatch(reason -> !reason.isBlank());
        assertThat(KeyRights.all())
                .allMatch(permission -> permission.use() == KeyRights.Use.FORMER
                        || permission.name().matches("[a-z_]+:[a-z]+"));
    }

    @Test
    void whatIsForPeopleStaysClosed() {
        assertThat(KeyRights.routes().keySet())
                .noneMatch(route -> RouteEffects.of(route).isOfPeople())
                .noneMatch(route -> route.contains("/sso"))
                .doesNotContain("POST /api/whatsapp/connections", "PUT /api/whatsapp/proxies/{proxyId}");
        assertThat(KeyRights.ofRoute("POST /api/nothing")).isEmpty();
    }

    /// Nothing is allowed by a key that its maker may not do.
    @Test
    void eachPermissionStandsOnTheRightThatItsRoutesNeed() {
        KeyRights.routes()
                .forEach((route, permission) -> assertThat(RouteRights.permission(route.replaceAll("[{}]", "")))
                        .as(route)
                        .contains(permission.right()));
    }

    @Test
    void olderNamesMeanWhatTheyMeant() {
        KeyRights.routes().forEach((route, permission) -> {
            String needed = RouteRights.permission(route.replaceAll("[{}]", "")).orElseThrow();
            if (route.contains(" /api/admin/")) {
                assertThat(
                                permission.use() == KeyRights.Use.FORMER
                                        ? List.of(permission.name())
                                        : permission.olderNames())
                        .as(route)
                        .containsExactly(needed);
            } else {
                assertThat(permission.olderNames().contains(Membership.WORKSPACES))
                        .as(route)
                        .isEqualTo(route.contains(OF_PROJECTS));
            }
            Optional<KeyPermission> ofWorkspace =
                    Optional.ofNullable(WorkspaceKeyRoutes.all().get(route));
            ofWorkspace.ifPresent(
                    older -> assertThat(permission.olderNames()).as(route).contains(older.key()));
        });
        assertThat(KeyRights.routes().keySet())
                .containsAll(WorkspaceKeyRoutes.all().keySet());
    }

    @Test
    void aKeyHoldsANameInBothSpellings() {
        assertThat(KeyRights.held(List.of("read:pages"))).containsExactlyInAnyOrder("read:pages", "pages:read");
        assertThat(KeyRights.held(List.of("pages:read"))).containsExactlyInAnyOrder("read:pages", "pages:read");
        assertThat(KeyRights.held(List.of("pages:manage")))
                .as("write:pages means domains, too")
                .containsExactly("pages:manage");
        assertThat(KeyRights.held(List.of("write:pages")))
                .containsExactlyInAnyOrder("write:pages", "pages:manage", "domains:read", "domains:manage");
        assertThat(KeyRights.held(List.of(Membership.WORKSPACES)))
                .contains("projects:read", "workspaces:manage", "users:manage")
                .doesNotContain("messages:read", "messages:send", "inbox:read", "numbers:read", "pools:read");
        assertThat(KeyRights.held(List.of("write:password"))).containsExactly("write:password");
    }

    @Test
    void aKeyHoldsNothingThatItsMakerLacks() {
        List<String> all =
                KeyRights.all().stream().map(KeyRights.Permission::name).toList();
        assertThat(KeyRights.held(all, Membership.OWNER)).containsAll(all);
        var manager = new Membership(MemberRole.MANAGER, true, false);
        assertThat(KeyRights.held(all, manager))
                .contains("pages:read", "read:pages", "links:manage")
                .doesNotContain("messages:send", "messages:read", "projects:read", "keys:create", "members:read");
        assertThat(KeyRights.held(List.of(Membership.WORKSPACES, "messages"), manager))
                .isEmpty();
        assertThat(KeyRights.held(all, new Membership(MemberRole.MANAGER, true, false, true)))
                .contains("pages:read")
                .doesNotContain("pages:manage", "links:manage");
    }

    @Test
    void onlyWhatOpensSomethingIsGiven() {
        assertThat(List.of("messages:send", "read:pages", "inbox", Membership.WORKSPACES))
                .allMatch(KeyRights::isGiven);
        assertThat(List.of("manage:users", "write:password", "conversations", "conversations:read", "*", ""))
                .noneMatch(KeyRights::isGiven);
        assertThat(Role.AGENCY_ADMIN.permissions().stream().filter(KeyRights::isGiven))
                .hasSize(20);
    }
}
