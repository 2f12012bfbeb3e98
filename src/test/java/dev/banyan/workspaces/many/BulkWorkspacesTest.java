package dev.banyan.workspaces.many;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountContext;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Acts on many workspaces of the list.
@QuarkusTest
class BulkWorkspacesTest {

    @Inject
    WorkspaceBatches batches;

    @Inject
    TestWorld world;

    private TestClient pages = TestClient.anonymous();
    private String bulk = "";
    private String as = "";

    @BeforeEach
    void thereAreMoreThanAPageShows() {
        world.confirm(world.acme());
        pages = TestClient.of(world.acme()).onPagesOf(world.acme());
        as = world.acme().username();
        bulk = "/projects/" + world.project().id() + "/sub-clients/bulk";
        List<Map<String, String>> rows = IntStream.rangeClosed(1, 60)
                .mapToObj(i -> Map.of("name", (i <= 10 ? "Harbour Branch " : i <= 40 ? "Branch " : "Office ") + i))
                .toList();
        TestClient.of(world.acme()).post("/api" + bulk, Map.of("workspaces", rows));
    }

    /// Sends a form with a field more than once.
    private Answer form(String path, String... fields) {
        String body = IntStream.range(0, fields.length / 2)
                .mapToObj(i -> fields[2 * i] + "=" + TestClient.encode(fields[2 * i + 1]))
                .collect(java.util.stream.Collectors.joining("&"));
        return pages.send("POST", bulk + path, "application/x-www-form-urlencoded", body);
    }

    /// Returns the report of an act that was begun, when it is over.
    private Answer over(Answer begun) {
        assertThat(begun.status()).as(begun.toString()).isEqualTo(303);
        return Eventually.until(
                () -> pages.get(begun.location()), report -> !report.text().contains("Working…"));
    }

    private long suspended() {
        return world.count(
                "SELECT COUNT(*) FROM sub_clients WHERE project_id = ? AND suspended = 1 AND deleted_at IS NULL",
                world.project().id().toString());
    }

    @Test
    void allThatMatchAreSuspendedActivatedAndDeleted() {
        assertThat(pages.get(WorkspacePaths.management(world.project().id())).text())
                .contains("All that match");
        Answer asked = pages.form(bulk, "as", as, "all", "true", "q", "branch", "action", "suspend");
        assertThat(asked.status()).isEqualTo(303);
        Answer question = pages.get(asked.location());
        assertThat(question.text()).contains("Suspend 40 workspaces", "and 20 more");
        assertThat(suspended()).as("it only asked").isZero();
        Answer done = over(pages.form(bulk + "/acts", "as", as, "all", "true", "q", "branch", "action", "suspend"));
        assertThat(done.text()).contains("40 workspaces suspended.");
        assertThat(suspended()).isEqualTo(40);

        Answer few = pages.form(bulk + "/acts", "as", as, "all", "true", "q", "harbour", "action", "activate");
        assertThat(pages.get(few.location()).text()).contains("10 workspaces activated.");
        assertThat(suspended()).isEqualTo(30);
        Answer confirm = pages.form(bulk, "as", as, "all", "true", "state", "suspended", "action", "delete");
        assertThat(confirm.text()).contains("Delete 30 workspaces?", "You can restore them for 30 days", "/export?as=");
        String[] fields = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("as", as),
                        world
                                .select(
                                        "SELECT id FROM sub_clients WHERE project_id = ? AND suspended = 1",
                                        world.project().id().toString())
                                .stream()
                                .flatMap(id -> java.util.stream.Stream.of("workspace", id)))
                .toArray(String[]::new);
        assertThat(confirm.text()).contains(bulk + "/delete-many");
        assertThat(over(form("/delete-many", fields)).text()).contains("30 workspaces deleted.");
        assertThat(suspended()).isZero();
    }

    @Test
    void anActEndsWithTheRightOfThePersonWhoBeganIt() {
        String tenant = world.acme().account().toString();
        String manager = world.rival().identity().toString();
        String employ = "INSERT INTO memberships (tenant_id, identity_id, role, scope, workspaces_enabled, created_at)"
                + " VALUES (?, ?, 'manager', 'all', 1, 1)";
        world.sql(employ, tenant, manager);
        world.sql("""
                CREATE TRIGGER the_manager_leaves AFTER UPDATE OF suspended ON sub_clients WHEN new.project_id = '%s'
                BEGIN
                    DELETE FROM memberships WHERE tenant_id = '%s' AND identity_id = '%s';
                END""".formatted(world.project().id(), tenant, manager));
        TestClient leaving = TestClient.of(world.rival());
        AccountContext context = world.context(world.rival(), as);

        Answer begun = leaving.form(bulk + "/acts", "as", as, "all", "true", "q", "", "action", "suspend");
        Eventually.until(
                () -> batches.lastRun(context, world.project().id()).map(WorkspaceBatches.ActRun::isRunning),
                Optional.of(false)::equals); // the right comes back after it was missed
        assertThat(suspended()).isEqualTo(1);

        world.sql("DROP TRIGGER the_manager_leaves");
        world.sql(employ, tenant, manager);
        Answer report = Eventually.until(
                () -> leaving.get(begun.location()), shown -> !shown.text().contains("Working…"));
        assertThat(report.text()).contains("1 workspace suspended.").contains("Something went wrong after 1 of ");
        assertThat(suspended()).isEqualTo(1);
    }

    @Test
    void aTemplateIsAppliedAndAnAdminInvited() {
        List<String> ids = world.select(
                "SELECT id FROM sub_clients WHERE project_id = ? AND name IN ('Branch 11', 'Branch 12', 'Branch 13')"
                        + " ORDER BY name",
                world.project().id().toString());
        world.sql("UPDATE sub_clients SET brand_color = '#0b5d4e' WHERE id = ?", ids.getFirst());
        String model = ids.getFirst();
        String query = "?as=" + as + "&workspace=" + ids.get(1) + "&workspace=" + ids.get(2);
        assertThat(pages.get(bulk + "/acts" + query + "&action=template").text())
                .contains("Apply template to 2 workspaces", "Branch 12");
        Answer unknown =
                pages.form(bulk + "/acts", "as", as, "workspace", ids.get(1), "action", "template", "value", "x");
        assertThat(unknown.status()).isEqualTo(422);
        Answer applied = form(
                "/acts", "as", as, "workspace", ids.get(1), "workspace", model, "action", "template", "value", model);
        assertThat(over(applied).text()).contains("Template applied to 1 workspace.", "It’s the template.");
        assertThat(world.select("SELECT brand_color FROM sub_clients WHERE id = ?", ids.get(1)))
                .containsExactly("#0b5d4e");

        assertThat(pages.form(bulk + "/acts", "as", as, "workspace", ids.get(1), "action", "invite", "value", "nowhere")
                        .status())
                .isEqualTo(422);
        Answer invited = form(
                "/acts",
                "as",
                as,
                "workspace",
                ids.get(1),
                "workspace",
                ids.get(2),
                "action",
                "invite",
                "value",
                "lena@branch.example");
        assertThat(over(invited).text()).contains("Admin invited to 2 workspaces.");
        assertThat(world.count("SELECT COUNT(*) FROM workspace_invitations WHERE email = 'lena@branch.example'"))
                .isEqualTo(2);
    }

    @Test
    void workspacesOfOthersAreLeftOut() {
        Workspace theirs = world.workspace(world.context(world.rival()), world.rivalProject(), "Rival");
        Answer none =
                pages.form(bulk + "/acts", "as", as, "workspace", theirs.id().value(), "action", "suspend");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.text()).contains("No workspaces selected.");
        assertThat(pages.form(
                                bulk + "/acts",
                                "as",
                                as,
                                "all",
                                "true",
                                "action",
                                "template",
                                "value",
                                theirs.id().value())
                        .status())
                .isEqualTo(422);
        assertThat(world.select(
                        "SELECT suspended FROM sub_clients WHERE id = ?",
                        theirs.id().value()))
                .containsExactly("0");
    }

    private Answer act(Map<String, Object> body) {
        return TestClient.of(world.acme()).post("/api" + bulk + "/acts", body);
    }

    @Test
    void programsWorkAllThatMatchOffInPortions() {
        List<Map<String, String>> more = IntStream.rangeClosed(1, 90)
                .mapToObj(i -> Map.of("name", "Harbour Desk " + i))
                .toList();
        TestClient.of(world.acme()).post("/api" + bulk, Map.of("workspaces", more));
        Answer first = act(Map.of("action", "suspend", "all", true, "search", "harbour", "state", "active"));
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(first.json().at("/data/changed").asInt()).isEqualTo(100);
        assertThat(first.json().at("/data/remaining").asInt()).isZero();
        assertThat(suspended()).isEqualTo(100);

        // what a page begins goes on by itself
        Answer ended = over(pages.form(bulk + "/acts", "as", as, "all", "true", "action", "suspend"));
        assertThat(ended.text()).contains("50 workspaces suspended.", "It was suspended already.");
        assertThat(suspended()).isEqualTo(150);

        Answer portion = act(Map.of("action", "activate", "all", true));
        assertThat(portion.json().at("/data/results")).hasSize(100);
        int remaining = portion.json().at("/data/remaining").asInt();
        assertThat(remaining).isGreaterThanOrEqualTo(50);
        Answer rest = act(Map.of(
                "action",
                "activate",
                "all",
                true,
                "after",
                portion.json().at("/data/nextCursor").asText()));
        assertThat(rest.json().at("/data/results").size()).isEqualTo(Math.min(100, remaining));
        assertThat(suspended()).isZero();
    }

    /// A form has room for a thousand fields, and so many workspaces are read at once.
    @Test
    void moreThanAThousandAreNamedAsManyAsTheyAre() {
        for (int i = 0; i < 5; i++) {
            int from = i * 200;
            List<Map<String, String>> rows = IntStream.range(from, from + 200)
                    .mapToObj(number -> Map.of("name", "Mass " + number))
                    .toList();
            assertThat(TestClient.of(world.acme())
                            .post("/api" + bulk, Map.of("workspaces", rows))
                            .status())
                    .isEqualTo(200);
        }
        TestClient.of(world.acme()).post("/api" + bulk, Map.of("workspaces", List.of(Map.of("name", "Mass last"))));

        assertThat(pages.get(bulk + "/acts?as=" + as + "&all=true&q=mass&action=suspend")
                        .text())
                .contains("Suspend 1,001 workspaces", "and 981 more");
        assertThat(over(pages.form(bulk + "/acts", "as", as, "all", "true", "q", "mass", "action", "suspend"))
                        .text())
                .contains("1,001 workspaces suspended.");
        Answer confirm = pages.form(bulk, "as", as, "all", "true", "q", "mass", "action", "delete");
        assertThat(confirm.text())
                .contains("Delete 1,001 workspaces?", "and 1 more", "Delete 1,001 workspaces</button>")
                .contains("name=\"all\" value=\"true\"", "name=\"q\" value=\"mass\"")
                .doesNotContain("name=\"workspace\"");
        assertThat(over(pages.form(bulk + "/delete-many", "as", as, "all", "true", "q", "mass"))
                        .text())
                .contains("1,001 workspaces deleted.");
        assertThat(suspended()).isZero();
    }

    @Test
    void programsAreToldWhatIsNotThere() {
        String id = world.select(
                        "SELECT id FROM sub_clients WHERE project_id = ? AND name = 'Office 55' AND deleted_at IS NULL",
                        world.project().id().toString())
                .getFirst();
        String theirs = world.workspace(world.context(world.rival()), world.rivalProject(), "Rival")
                .id()
                .value();
        Answer some = act(Map.of("action", "suspend", "workspaces", List.of("office-55", theirs, id, theirs)));
        assertThat(some.json().at("/data/changed").asInt()).as(some.toString()).isEqualTo(1);
        assertThat(some.json().at("/data/refused").asInt()).isEqualTo(2);
        assertThat(some.json().at("/data/results/1/id").asText()).isEqualTo("office-55");
        assertThat(some.json().at("/data/results/2/status").asText()).isEqualTo("refused");
        assertThat(some.json().at("/data/results/2/message").asText()).isEqualTo("Sub-client not found");
    }

    @Test
    void programsDeleteInviteAndApplyATemplate() {
        List<String> ids = world.select(
                "SELECT id FROM sub_clients WHERE project_id = ? AND deleted_at IS NULL ORDER BY id DESC LIMIT 3",
                world.project().id().toString());
        assertThat(act(Map.of("action", "delete", "workspaces", ids)).status()).isEqualTo(400);
        assertThat(act(Map.of("action", "burn", "workspaces", ids)).status()).isEqualTo(400);
        assertThat(act(Map.of("action", "suspend")).status()).isEqualTo(400);
        assertThat(act(Map.of("action", "template", "workspaces", ids, "template", "scl_1_aaaaaaaaa"))
                        .status())
                .isEqualTo(404);
        assertThat(act(Map.of("action", "delete", "workspaces", ids, "confirmDelete", true))
                        .json()
                        .at("/data/refused")
                        .asInt())
                .as("they are active")
                .isEqualTo(3);
        Answer invited = act(Map.of("action", "invite", "workspaces", ids, "email", "boss@people.example"));
        assertThat(invited.json().at("/data/changed").asInt())
                .as(invited.toString())
                .isEqualTo(3);
        assertThat(act(Map.of("action", "template", "workspaces", ids, "template", ids.getFirst()))
                        .json()
                        .at("/data/changed")
                        .asInt())
                .isEqualTo(2);
        act(Map.of("action", "suspend", "workspaces", ids));
        assertThat(act(Map.of("action", "delete", "workspaces", ids, "confirmDelete", true))
                        .json()
                        .at("/data/changed")
                        .asInt())
                .isEqualTo(3);
        assertThat(TestClient.of(world.rival())
                        .post("/api" + bulk + "/acts", Map.of("action", "suspend", "all", true))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aTemplateIsSuggestedFirst() {
        String id = world.select(
                        "SELECT id FROM sub_clients WHERE project_id = ? AND name = 'Office 55' AND deleted_at IS NULL",
                        world.project().id().toString())
                .getFirst();
        String route = "/projects/" + world.project().id() + "/sub-clients/" + id;
        TestClient acme = TestClient.of(world.acme());
        assertThat(acme.get("/api" + route + "/template")
                        .json()
                        .at("/data/template")
                        .asBoolean())
                .isFalse();
        assertThat(acme.put("/api" + route + "/template", Map.of()).status()).isEqualTo(400);
        assertThat(pages.form(route + "/settings/template", "as", as, "value", "on")
                        .status())
                .isEqualTo(303);
        assertThat(acme.get("/api" + route + "/template")
                        .json()
                        .at("/data/template")
                        .asBoolean())
                .isTrue();
        assertThat(pages.get(route + "/settings?as=" + as).text()).contains("Remove template");
        String asked = pages.get(bulk + "/acts?as=" + as + "&action=template&all=true&q=harbour")
                .text();
        assertThat(asked.indexOf("Office 55 (template)")).isPositive().isLessThan(asked.indexOf("</option>") + 1);
        assertThat(acme.put("/api" + route + "/template", Map.of("template", false))
                        .status())
                .isEqualTo(200);
    }
}
