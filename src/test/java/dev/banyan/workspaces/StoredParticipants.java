package dev.banyan.workspaces;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;

/// Workspaces and users inserted directly into a database, for tests of their conversations.
public final class StoredParticipants {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private StoredParticipants() {}

    /// Creates a user of a new workspace of a new tenant.
    public static Participant somebody(Database database) {
        return in(database, StoredAccounts.owner(database, Tier.FREE).owner());
    }

    /// Creates a user of a new workspace of this owner.
    public static Participant in(Database database, Owner owner) {
        int number = NUMBER.incrementAndGet();
        String project = "%08d-0000-4000-8000-000000000000".formatted(number);
        var workspace = new WorkspaceId("scl_%013d_aaaaaaaaa".formatted(number));
        write(
                database,
                "INSERT INTO projects (id, tenant_id, account_id, name, sub_clients_enabled, created_at, updated_at)"
                        + " VALUES (?, ?, ?, 'Project', 1, 1, 1)",
                project,
                owner.tenant().toString(),
                owner.account().toString());
        write(
                database,
                "INSERT INTO sub_clients (id, tenant_id, project_id, name, short_id, pathname, created_at, updated_at)"
                        + " VALUES (?, ?, ?, 'Sales Team', ?, 'sales-team', 1, 1)",
                workspace.value(),
                owner.tenant().toString(),
                project,
                "%04d".formatted(number));
        write(
                database,
                "INSERT INTO workspace_inboxes VALUES (?, ?, ?, 0, 0, 0, 0)",
                workspace.value(),
                owner.tenant().toString(),
                owner.account().toString());
        return colleague(database, new Participant(owner.tenant(), workspace, 0));
    }

    /// Creates another user of the same workspace.
    public static Participant colleague(Database database, Participant other) {
        String username = "user" + NUMBER.incrementAndGet();
        write(
                database,
                "INSERT INTO sub_client_users (tenant_id, sub_client_id, username, email, password_hash, role,"
                        + " created_at, updated_at) VALUES (?, ?, ?, ?, 'no hash', 'agent', 1, 1)",
                other.tenant().toString(),
                other.workspace().value(),
                username,
                username + "@people.example");
        int user = database.read(tx -> tx.sql()
                .fetch("SELECT id FROM sub_client_users WHERE username = ?", username)
                .getValues(0, Integer.class)
                .getFirst());
        return new Participant(other.tenant(), other.workspace(), user);
    }

    private static void write(Database database, String statement, Object... values) {
        database.write(tx -> tx.sql().execute(statement, values));
    }
}
