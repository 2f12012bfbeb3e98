package dev.banyan.answers;

import module java.base;
import dev.banyan.AcmesWorld;
import dev.banyan.TestClient;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.accounts.AccountContext;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;

/// Everyone who calls a route: each kind of caller that the server tells apart, those with the fewest rights first.
final class Callers {

    /// All that a key can hold.
    private static final List<String> ALL = List.of(
            "read:profile",
            "read:links",
            "write:links",
            "read:pages",
            "write:pages",
            "read:appearance",
            "write:appearance",
            "read:analytics",
            "read:shortlinks",
            "write:shortlinks",
            "read:users",
            "list:user_manager",
            "read:apiauth",
            "create:apiauth",
            "update:apiauth",
            "delete:apiauth",
            "read:subscription",
            "write:subscription",
            "manage:subaccounts",
            "manage:workspaces");

    private Callers() {}

    static Map<String, TestClient> of(AcmesWorld acmes) {
        TestWorld people = acmes.people();
        Workspace workspace = acmes.admin().workspace();
        AccountContext north = people.context(people.acme(), people.north().username());
        Person scoped = manager(people, "scoped", false);
        Person manager = manager(people, "manager", true);
        var callers = new LinkedHashMap<String, TestClient>();
        callers.put("anonymous", TestClient.anonymous());
        callers.put("stranger", TestClient.of(people.rival()));
        callers.put("operator", TestClient.withSession(people.operatorToken()));
        callers.put("narrow-key", key(people, List.of("read:pages")));
        callers.put("user", TestClient.of(people.guest(north, workspace, "omar", WorkspaceRole.USER)));
        callers.put("agent", TestClient.of(people.guest(north, workspace, "nour", WorkspaceRole.AGENT)));
        callers.put("scoped-manager", TestClient.of(scoped));
        callers.put("manager", TestClient.of(manager));
        callers.put("key", key(people, ALL));
        callers.put("admin", TestClient.of(acmes.admin()));
        callers.put("owner", TestClient.of(people.acme()));
        return callers;
    }

    /// Returns a manager of North: of its pages alone, or of its workspaces, too.
    private static Person manager(TestWorld people, String stem, boolean workspaces) {
        Person person = people.person(stem);
        String acme = people.acme().account().toString();
        people.sql(
                "INSERT INTO memberships (tenant_id, identity_id, role, scope, workspaces_enabled, created_at)"
                        + " VALUES (?, ?, 'manager', 'listed', ?, 1)",
                acme,
                person.identity().toString(),
                workspaces ? 1 : 0);
        people.sql(
                "INSERT INTO membership_accounts VALUES (?, ?, ?)",
                acme,
                person.identity().toString(),
                people.north().id().toString());
        return person;
    }

    private static TestClient key(TestWorld people, List<String> permissions) {
        var made = TestClient.of(people.acme())
                .post("/api/admin/apikeyscreate", Map.of("name", "Program", "permissions", permissions));
        people.sql("UPDATE api_keys SET created_at = created_at - 1"); // a list has the latest first
        String key = made.json().path("key").path("key").asText();
        if (key.isEmpty()) {
            throw new AssertionError("No key: " + made);
        }
        return TestClient.anonymous().with("X-API-Key", key);
    }
}
