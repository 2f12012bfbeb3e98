package dev.banyan.accounts.context;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The place on every page that shows what goes on in the background, and who sees what.
@QuarkusTest
class LongTasksTest {

    private static final long FAR = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private TestClient solo = TestClient.anonymous();
    private String as = "";

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
        solo = TestClient.of(world.solo());
        as = world.acme().username();
    }

    /// Adds an export that no job takes.
    private UUID export() {
        UUID id = UUID.randomUUID();
        world.sql(
                "INSERT INTO account_exports (id, tenant_id, account_id, username, is_whole, state, progress, attempts,"
                        + " requested_by_identity_id, created_at, claimed_until_at, expires_at)"
                        + " VALUES (?, ?, ?, ?, 1, 'running', 40, 1, ?, 1, ?, ?)",
                id.toString(),
                world.acme().account().toString(),
                world.acme().account().toString(),
                as,
                world.acme().identity().toString(),
                FAR,
                FAR);
        return id;
    }

    private UUID campaign() {
        UUID id = UUID.randomUUID();
        world.sql(
                "INSERT INTO campaigns (id, tenant_id, name, master_id, body, state, next_at, last_position, measured,"
                        + " created_at, updated_at) VALUES (?, ?, 'Eid offer', 'main', 'Hello', 'running', ?, 0, 0, 1, 1)",
                id.toString(),
                world.acme().account().toString(),
                FAR);
        return id;
    }

    private void member(Map<String, Object> rights) {
        world.confirm(world.acme());
        world.confirm(world.solo());
        assertThat(acme.post("/api/admin/UserManagerInvite", rights).status()).isEqualTo(200);
        assertThat(solo.post(
                                "/api/admin/UserManagerRespond",
                                Map.of("FromUserId", world.acme().account().toString(), "State", "accepted"))
                        .status())
                .isEqualTo(200);
    }

    private String tasks(TestClient who, String account) {
        TestClient.Answer answer = who.get("/admin/tasks?as=" + account);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.text();
    }

    @Test
    void everyPageShowsWhatRunsAndHowFarItIs() {
        assertThat(acme.get("/admin/pages?as=" + as).text())
                .contains("aria-label=\"0 tasks in progress\" hidden")
                .doesNotContain("data-task=");
        UUID export = export();
        UUID campaign = campaign();
        for (String page : List.of("/admin/pages", "/projects", "/admin/settings", "/admin/pools")) {
            assertThat(acme.get(page + "?as=" + as).text())
                    .as(page)
                    .contains(
                            "aria-label=\"2 tasks in progress\"",
                            "data-task=\"export-" + export + "\"",
                            "<a href=\"/admin/export?as=" + as + "\">Export of " + as + "</a>",
                            "<progress value=\"40\" max=\"100\"",
                            "<a href=\"/admin/pools/campaigns/" + campaign + "?as=" + as + "\">Campaign Eid offer</a>");
        }
        assertThat(tasks(acme, world.north().username()))
                .as("what the agency does is seen from its brands, too")
                .contains("/admin/export?as=" + as);
    }

    @Test
    void whatEndedIsToldToThoseWhoSawItRun() {
        UUID export = export();
        world.sql("UPDATE account_exports SET state = 'ready', progress = 100 WHERE id = ?", export.toString());
        assertThat(tasks(acme, as)).doesNotContain("data-task");
        assertThat(acme.get("/admin/tasks?as=" + as + "&seen=export-" + export + "&seen=export-x&seen=run-0")
                        .text())
                .contains("data-over=\"Export of " + as + " finished\"");
        world.sql("UPDATE account_exports SET state = 'failed' WHERE id = ?", export.toString());
        assertThat(acme.get("/admin/tasks?as=" + as + "&seen=export-" + export).text())
                .contains("data-over=\"Export of " + as + " failed\" data-failed");
    }

    @Test
    void anotherAccountSeesNothingOfIt() {
        UUID export = export();
        UUID campaign = campaign();
        String seen = "&seen=export-" + export + "&seen=campaign-" + campaign;
        Person rival = world.rival();
        assertThat(TestClient.of(rival)
                        .get("/admin/tasks?as=" + rival.username() + seen)
                        .text())
                .doesNotContain("data-task");
        assertThat(TestClient.of(rival).get("/admin/tasks?as=" + as + seen).status())
                .isEqualTo(404);
    }

    @Test
    void managersSeeWhatTheirRoleIncludes() {
        UUID export = export();
        UUID campaign = campaign();
        String seen = "&seen=export-" + export + "&seen=campaign-" + campaign;
        member(Map.of("email", world.solo().email(), "workspaces", true));
        assertThat(tasks(solo, as)).contains("campaign-" + campaign).doesNotContain("export-");
        world.sql(
                "UPDATE memberships SET workspaces_enabled = 0 WHERE identity_id = ?",
                world.solo().identity().toString());
        assertThat(solo.get("/admin/tasks?as=" + as + seen).text()).doesNotContain("data-task");
    }

    @Test
    void viewersAndManagersOfOneBrandSeeNothingOfTheAgency() {
        UUID export = export();
        UUID campaign = campaign();
        String seen = "&seen=export-" + export + "&seen=campaign-" + campaign;
        member(Map.of("email", world.solo().email(), "readOnly", true));
        assertThat(solo.get("/admin/tasks?as=" + as + seen).text()).doesNotContain("data-task");
    }

    @Test
    void onlyOperatorsSeeBackups() {
        UUID id = UUID.randomUUID();
        world.sql(
                "INSERT INTO backup_results (id, started_at, seen_at, location, file_name, row_count)"
                        + " VALUES (?, 1, 1, '/tmp', 'x.zip', 1200)",
                id.toString());
        try {
            String seen = "/admin/tasks?seen=backup-" + id;
            assertThat(TestClient.withSession(world.operatorToken()).get(seen).text())
                    .contains("data-over=\"Backup failed\"", "1,200 rows", "/operator/backups");
            assertThat(acme.get(seen).text()).doesNotContain("data-task");
        } finally {
            world.sql("DELETE FROM backup_results WHERE id = ?", id.toString());
        }
    }

    @Test
    void aNewDomainIsWaitedForByThoseWhoMayAddIt() {
        UUID id = UUID.randomUUID();
        String host = world.name("waits") + ".example";
        world.sql(
                "INSERT INTO domains (id, tenant_id, account_id, host, state, due_at, created_at)"
                        + " VALUES (?, ?, ?, ?, 'pending', ?, ?)",
                id.toString(),
                world.acme().account().toString(),
                world.acme().account().toString(),
                host,
                FAR,
                FAR);
        assertThat(tasks(acme, as)).contains("Check of " + host, "/admin/custom-domains?as=" + as);
        member(Map.of("email", world.solo().email(), "readOnly", true));
        assertThat(tasks(solo, as)).doesNotContain("data-task");
    }
}
