package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.sso.SsoPeople.Admitted;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.junit.jupiter.api.Test;

/// 10,000 people of a directory are users of one workspace. A sign-in gives one of them the role of their groups, and
/// looks at nobody else.
@QuarkusTest
class SignInAmongManyTest {

    private static final int MANY = 10_000;
    private static final SsoProvider.Ldap DIRECTORY = new SsoProvider.Ldap(
            "ldap.example.com",
            636,
            "ldaps",
            Optional.empty(),
            "cn=reader",
            "dc=example",
            "(uid={username})",
            Optional.empty(),
            Optional.empty());

    @Inject
    NumberRooms rooms;

    @Inject
    Database database;

    @Inject
    SsoPeople people;

    @Test
    void aSignInScansNothing() {
        Workspace sales = rooms.workspace("Sales Team");
        fill(sales);
        var stored = new StoredSso(
                new SsoSettings(
                        DIRECTORY,
                        Optional.empty(),
                        Map.of("bosses", "admin", "sellers", "agent"),
                        Optional.empty(),
                        true,
                        false),
                Optional.empty(),
                true,
                true,
                Optional.empty(),
                Optional.empty(),
                sales.createdAt(),
                sales.createdAt());
        var groupsOfAll = new ArrayList<String>();
        for (int group = 0; group < 1_000; group++) {
            groupsOfAll.add("group-" + group);
        }
        groupsOfAll.add("Sellers");
        assertNoScan(sales, stored, person("s-7777", "user7777", groupsOfAll));
        assertNoScan(sales, stored, person("s-new", "newcomer", List.of("bosses")));
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ? AND role <> 'user'",
                                sales.id().value()))
                .as("only these two were changed")
                .isEqualTo(2);
    }

    private static SsoPerson person(String subject, String name, List<String> groups) {
        return new SsoPerson(
                DIRECTORY.identity(),
                subject,
                Optional.of(name + "@office.example"),
                Optional.of(true),
                Optional.of(name),
                groups,
                List.of());
    }

    private void fill(Workspace sales) {
        String numbers =
                "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < " + MANY + ") ";
        rooms.world()
                .sql(
                        "INSERT INTO sub_client_users (tenant_id, sub_client_id, username, email, password_hash, role,"
                                + " created_at, updated_at) " + numbers
                                + "SELECT ?, ?, 'user' || n, 'user' || n || '@office.example', 'none', 'user', 1, 1 FROM numbers",
                        sales.owner().tenant().toString(),
                        sales.id().value());
        rooms.world()
                .sql(
                        "INSERT INTO workspace_sso_links (sub_client_id, issuer, subject, tenant_id, user_id, created_at)"
                                + " SELECT sub_client_id, ?, 's-' || substr(username, 5), tenant_id, id, 1 FROM sub_client_users"
                                + " WHERE sub_client_id = ?",
                        DIRECTORY.identity(),
                        sales.id().value());
    }

    private void assertNoScan(Workspace sales, StoredSso stored, SsoPerson person) {
        var asked = new ArrayList<Query>();
        Admitted admitted = database.write(tx -> {
            listen(tx, asked);
            try {
                return people.admit(tx, Actor.SERVER, sales, stored, person);
            } finally {
                tx.sql().configuration().set(new ExecuteListenerProvider[0]); // all tests share the writer
            }
        });
        assertThat(admitted).isInstanceOf(Admitted.In.class);
        assertThat(asked).hasSizeBetween(2, 30);
        List<String> plans = database.read(tx -> asked.stream()
                .flatMap(query ->
                        tx
                                .sql()
                                .fetch(
                                        "EXPLAIN QUERY PLAN " + query.getSQL(),
                                        query.getBindValues().toArray())
                                .stream())
                .map(row -> String.valueOf(((Record) row).get("detail")))
                .toList());
        assertThat(plans).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
        assertThat(plans).anyMatch(step -> step.contains("workspace_sso_links"));
    }

    private static void listen(Tx tx, List<Query> asked) {
        tx.sql().configuration().set(DefaultExecuteListenerProvider.providers(new ExecuteListener() {
            @Override
            public void executeStart(ExecuteContext context) {
                if (context.query() != null) {
                    asked.add(context.query());
                }
            }
        }));
    }
}
