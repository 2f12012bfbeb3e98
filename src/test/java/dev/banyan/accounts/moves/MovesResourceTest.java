package dev.banyan.accounts.moves;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Digests;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Brands that are handed over, by API: to another agency, and to a person.
@QuarkusTest
class MovesResourceTest {

    @Inject
    TestWorld world;

    private TestWorld.Person giver;
    private TestWorld.Person taker;
    private TestWorld.Brand brand;
    private TestClient giving;
    private TestClient taking;

    @BeforeEach
    void aBrandWithThings() {
        giver = world.agency("giver");
        taker = world.agency("taker");
        world.confirm(giver);
        world.confirm(taker);
        brand = world.brand(giver, "moving", "Moving");
        giving = TestClient.of(giver);
        taking = TestClient.of(taker);
        assertThat(giving.post(
                                "/api/admin/CreatePage?subAccountId=" + brand.username(),
                                Map.of("name", "Menu", "slug", "menu"))
                        .status())
                .isLessThan(300);
    }

    private Answer offered(Map<String, Object> more) {
        return giving.post(
                "/api/admin/TransferSubAccount",
                more.isEmpty() ? Map.of("subAccountId", brand.username(), "to", taker.username()) : more);
    }

    private String offer() {
        Answer answer = offered(Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("transfer").path("id").asText();
    }

    private static Answer answer(TestClient whose, String route, String id) {
        return whose.post("/api/admin/" + route, Map.of("transferId", id));
    }

    private static List<String> brandsOf(TestClient whose) {
        return whose.get("/api/admin/GetSubAccounts").json().path("subAccounts").findValuesAsText("username");
    }

    @Test
    void aDryRunSaysWhatMovesAndChangesNothing() {
        Answer answer = offered(Map.of("subAccountId", brand.username(), "to", taker.username(), "dryRun", true));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode plan = answer.json();
        assertThat(plan.path("dryRun").asBoolean()).isTrue();
        assertThat(plan.path("moves").path("pages").asLong()).isGreaterThanOrEqualTo(1);
        assertThat(plan.path("obstacles")).isEmpty();
        assertThat(giving.get("/api/admin/GetTransfers").json().path("transfers"))
                .isEmpty();
        assertThat(brandsOf(giving)).contains(brand.username());
    }

    @Test
    void anAcceptedBrandBelongsToTheOtherAgencyWithEverythingInIt() {
        AccountContext inBrand = world.context(giver, brand.username());
        Project project = world.project(inBrand, "Shop");
        Workspace workspace = world.workspace(inBrand, project, "Counter");
        assertThat(TestClient.of(taker).get("/" + brand.username()).status()).isEqualTo(200);
        String id = offer();
        assertThat(taking.get("/api/admin/GetTransfers")
                        .json()
                        .path("transfers")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo(id);

        assertThat(taking.get("/admin/dashboard?as=" + taker.username()).toString())
                .contains("You are offered the brand “Moving”.");

        Answer accepted = answer(taking, "AcceptTransfer", id);
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        assertThat(accepted.json().path("message").asText()).isEqualTo("Transfer accepted");

        assertThat(brandsOf(taking)).contains(brand.username());
        assertThat(brandsOf(giving)).doesNotContain(brand.username());
        assertThat(giving.get("/api/admin/GetPages?subAccountId=" + brand.username())
                        .status())
                .isEqualTo(404);
        Answer pages = taking.get("/api/admin/GetPages?subAccountId=" + brand.username());
        assertThat(pages.toString()).contains("menu");
        assertThat(taking.get("/api/projects/" + project.id() + "/sub-clients?subAccountId=" + brand.username())
                        .toString())
                .contains(workspace.id().toString());
        assertThat(giving.get("/api/projects/" + project.id() + "/sub-clients").status())
                .isEqualTo(404);
        assertThat(TestClient.of(taker).get("/" + brand.username()).status()).isEqualTo(200);
        assertThat(world.select(
                        "SELECT tenant_id FROM audit_events WHERE action = 'BrandTransferred' AND target = ?",
                        brand.id().toString()))
                .containsExactlyInAnyOrder(
                        giver.account().toString(), taker.account().toString());
        assertThat(world.select("PRAGMA foreign_key_check")).isEmpty();
    }

    @Test
    void eitherSideUndoesItWithinTwoDays() {
        String id = offer();
        assertThat(answer(giving, "UndoTransfer", id).status()).isEqualTo(400);
        Answer accepted = answer(taking, "AcceptTransfer", id);
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(state(accepted)).isEqualTo("moved");
        assertThat(accepted.json().path("transfer").has("undoUntil")).isTrue();
        Answer undone = answer(giving, "UndoTransfer", id);
        assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
        assertThat(state(undone)).isEqualTo("undone");
        assertThat(brandsOf(giving)).contains(brand.username());
        assertThat(brandsOf(taking)).doesNotContain(brand.username());
        assertThat(answer(taking, "UndoTransfer", id).error()).contains("no longer be undone");

        String again = offer();
        assertThat(answer(taking, "AcceptTransfer", again).status()).isEqualTo(200);
        world.sql("UPDATE account_moves SET undo_until_at = 1 WHERE id = ?", again);
        assertThat(answer(taking, "UndoTransfer", again).status()).isEqualTo(400);
        assertThat(brandsOf(taking)).contains(brand.username());
    }

    private static long brandsUsedBy(TestClient whose) {
        return whose.get("/api/admin/GetSubAccounts")
                .json()
                .at("/limits/usedSubAccounts")
                .asLong(-1);
    }

    private void moveAndDelete(String id) {
        assertThat(answer(taking, "AcceptTransfer", id).status()).isEqualTo(200);
        Answer deleted =
                taking.post("/api/admin/DeleteSubAccount", Map.of("subAccountId", brand.id(), "confirmDelete", true));
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
    }

    @Test
    void undoingTakesABrandOutOfTheTrashOfTheOtherSide() {
        world.brand(taker, "own", "Own");
        String id = offer();
        moveAndDelete(id);
        assertThat(TestClient.anonymous().get("/" + brand.username()).status()).isEqualTo(404);

        Answer undone = answer(giving, "UndoTransfer", id);
        assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
        assertThat(state(undone)).isEqualTo("undone");
        assertThat(brandsOf(giving)).containsExactly(brand.username());
        assertThat(TestClient.anonymous().get("/" + brand.username()).status()).isEqualTo(200);
        assertThat(brandsUsedBy(giving)).isEqualTo(1);
        assertThat(brandsUsedBy(taking)).isEqualTo(1);
        assertThat(world.select(
                        "SELECT used FROM account_usage WHERE account_id = ? AND quota = 'pages'",
                        brand.id().toString()))
                .containsExactly("1");
        assertThat(world.select("PRAGMA foreign_key_check")).isEmpty();
    }

    @Test
    void aBrandWhoseNameTheOtherSideGaveAwayComesBackOnceThatOneHasAnother() {
        String id = offer();
        moveAndDelete(id);
        Answer other = taking.post(
                "/api/admin/CreateSubAccount", Map.of("username", brand.username(), "displayName", "Other"));
        assertThat(other.status()).as(other.toString()).isEqualTo(200);

        Answer refused = answer(giving, "UndoTransfer", id);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.error()).contains("gave its username to another one");
        assertThat(brandsUsedBy(taking)).isEqualTo(1);

        Answer renamed = taking.put(
                "/api/admin/UpdateSubAccount",
                Map.of("subAccountId", other.json().path("userId").asText(), "username", world.name("renamed")));
        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
        Answer undone = answer(giving, "UndoTransfer", id);
        assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
        assertThat(brandsOf(giving)).containsExactly(brand.username());
        assertThat(TestClient.anonymous().get("/" + brand.username()).text()).contains("Moving");
    }

    private String domain(String account, String tenant, String host, boolean isProved) {
        String id = UUID.randomUUID().toString();
        world.sql(
                "INSERT INTO domains (id, tenant_id, account_id, host, serving_host, state, due_at, created_at)"
                        + " VALUES (?, ?, ?, ?, NULLIF(?, ''), ?, 9007199254740991, 1)",
                id,
                tenant,
                account,
                host,
                isProved ? host : "",
                isProved ? "active" : "pending");
        return id;
    }

    /// Whoever gets a brand may have entered its domain already, and whoever gave it away may enter it again.
    @Test
    void aDomainThatBothSidesHaveEnteredStopsNoMove() {
        String host = world.name("both") + ".example";
        domain(brand.id().toString(), giver.account().toString(), host, true);
        String waiting = domain(taker.account().toString(), taker.account().toString(), host, false);

        String id = offer();
        Answer accepted = answer(taking, "AcceptTransfer", id);
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        assertThat(world.select("SELECT account_id FROM domains WHERE host = ?", host))
                .containsExactly(brand.id().toString());

        domain(giver.account().toString(), giver.account().toString(), host, false);
        Answer undone = answer(giving, "UndoTransfer", id);
        assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
        assertThat(world.select(
                        "SELECT account_id FROM domains WHERE host = ? AND tenant_id = ?",
                        host,
                        giver.account().toString()))
                .containsExactly(brand.id().toString());
        assertThat(world.select(
                        "SELECT id FROM domains WHERE tenant_id = ?",
                        taker.account().toString()))
                .containsExactly(waiting);
    }

    @Test
    void domainsThatThePlanThereLacksAreNamed() {
        String host = world.name("lacking") + ".example";
        domain(brand.id().toString(), giver.account().toString(), host, true);
        JsonNode plan = offered(Map.of("subAccountId", brand.username(), "to", taker.username(), "dryRun", true))
                .json();
        assertThat(plan.path("flagged").toString()).contains(host + " stops working 30 days after the move");
        world.plan(taker, Tier.PREMIUM, AgencyPermission.PREMIUM, Map.of(Pack.TEN, 1));
        assertThat(offered(Map.of("subAccountId", brand.username(), "to", taker.username(), "dryRun", true))
                        .json()
                        .path("flagged"))
                .isEmpty();
        JsonNode own = giving.post(
                        "/api/admin/ConvertSubAccount",
                        Map.of("subAccountId", brand.username(), "email", "client@brand.example", "dryRun", true))
                .json();
        assertThat(own.path("flagged").toString()).contains(host);
    }

    private static String state(Answer answer) {
        return answer.json().path("transfer").path("state").asText();
    }

    @Test
    void undoingGivesMembersAndInvitationsTheirBrandsBack() {
        TestWorld.Brand other = world.brand(giver, "staying", "Staying");
        TestWorld.Person manager = world.person("manager");
        world.confirm(manager);
        String invited = world.name("invited") + "@people.example";
        invite(manager.email(), List.of(brand.username(), other.username()));
        invite(invited, List.of(brand.username()));
        Answer joined = TestClient.of(manager)
                .post("/api/admin/UserManagerRespond", Map.of("FromUserId", giver.account(), "State", "accepted"));
        assertThat(joined.status()).as(joined.toString()).isEqualTo(200);
        String token = world.select("SELECT body FROM mails WHERE recipient = ?", invited)
                .getFirst()
                .replaceFirst("(?s).*/invitation\\?token=([A-Za-z0-9_-]+).*", "$1");
        JsonNode before = giving.get("/api/admin/UserManagerList").json();
        assertThat(before.toString()).contains(brand.username());

        String id = offer();
        assertThat(answer(taking, "AcceptTransfer", id).status()).isEqualTo(200);
        assertThat(giving.get("/api/admin/UserManagerList").text()).doesNotContain(brand.username());

        assertThat(answer(taking, "UndoTransfer", id).status()).isEqualTo(200);
        assertThat(giving.get("/api/admin/UserManagerList").json()).isEqualTo(before);
        Answer come = TestClient.anonymous()
                .form("/invitation", "token", token, "name", "Omar", "password", TestWorld.PASSWORD);
        assertThat(come.location()).as(come.toString()).contains("as=" + brand.username());
        assertThat(TestClient.of(manager)
                        .get("/api/admin/GetPages?subAccountId=" + brand.username())
                        .status())
                .isEqualTo(200);
        assertThat(world.count("SELECT count(*) FROM account_move_rows WHERE move_id = ?", id))
                .isZero();
        assertThat(world.select("PRAGMA foreign_key_check")).isEmpty();
    }

    private void invite(String email, List<String> brands) {
        Answer answer = giving.post(
                "/api/admin/UserManagerInvite", Map.of("email", email, "scope", "listed", "subAccounts", brands));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void offersEnd() {
        String declined = offer();
        assertThat(offered(Map.of()).error()).contains("offered already");
        Answer ended = answer(taking, "EndTransfer", declined);
        assertThat(ended.status()).isEqualTo(200);
        assertThat(state(ended)).isEqualTo("declined");
        assertThat(answer(taking, "AcceptTransfer", declined).status()).isEqualTo(400);
        String canceled = offer();
        assertThat(answer(giving, "EndTransfer", canceled).status()).isEqualTo(200);
        assertThat(answer(taking, "AcceptTransfer", canceled).status()).isEqualTo(400);
        String expired = offer();
        world.sql("UPDATE account_moves SET ends_at = 1 WHERE id = ?", expired);
        assertThat(answer(taking, "AcceptTransfer", expired).status()).isEqualTo(400);
        offer(); // an expired offer doesn't stand in the way
    }

    @Test
    void othersFindNothing() {
        String id = offer();
        TestClient third = TestClient.of(world.agency("third"));
        for (String route : List.of("AcceptTransfer", "EndTransfer", "UndoTransfer")) {
            assertThat(answer(third, route, id).status()).as(route).isEqualTo(404);
        }
        assertThat(answer(giving, "AcceptTransfer", id).error()).contains("Only the other side");
        assertThat(third.post(
                                "/api/admin/TransferSubAccount",
                                Map.of("subAccountId", brand.username(), "to", taker.username()))
                        .status())
                .isEqualTo(404);
        assertThat(third.get("/api/admin/GetTransfers").json().path("transfers"))
                .isEmpty();
    }

    @Test
    void badReceiversAreNamed() {
        assertThat(offered(Map.of("subAccountId", brand.username(), "to", giver.username()))
                        .status())
                .isEqualTo(400);
        assertThat(offered(Map.of("subAccountId", brand.username(), "to", "no-agency-here"))
                        .error())
                .contains("username of another agency");
        assertThat(offered(Map.of("subAccountId", brand.username(), "to", taker.username(), "dry", true))
                        .status())
                .isEqualTo(400);
        TestWorld.Person alone = world.person("alone");
        assertThat(offered(Map.of("subAccountId", brand.username(), "to", alone.username()))
                        .error())
                .contains("has no room for another brand");
    }

    @Test
    void ofTwoAnswersAtOnceOneCounts() throws Exception {
        String id = offer();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> both = List.of(
                    () -> answer(taking, "AcceptTransfer", id).status(),
                    () -> answer(giving, "EndTransfer", id).status(),
                    () -> answer(taking, "AcceptTransfer", id).status());
            var statuses = new ArrayList<Integer>();
            for (var done : threads.invokeAll(both)) {
                statuses.add(done.get());
            }
            assertThat(statuses).containsOnlyOnce(200);
        }
        boolean hasTaken = brandsOf(taking).contains(brand.username());
        assertThat(brandsOf(giving).contains(brand.username())).isNotEqualTo(hasTaken);
        assertThat(world.select("PRAGMA foreign_key_check")).isEmpty();
    }

    @Test
    void ofTwoOffersAtOnceOneCountsAndTheOtherIsTold() throws Exception {
        TestWorld.Person other = world.agency("other");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> both = Stream.of(taker, other)
                    .<Callable<Answer>>map(
                            to -> () -> offered(Map.of("subAccountId", brand.username(), "to", to.username())))
                    .toList();
            var answers = new ArrayList<Answer>();
            for (var done : threads.invokeAll(both)) {
                answers.add(done.get());
            }
            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 400);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 400)
                    .allMatch(answer -> answer.error().contains("offered already"));
        }
    }

    @Test
    void theFormerOwnersLookOnIfTheNewOneSaysSo() {
        String id = offer();
        Answer accepted = taking.post("/api/admin/AcceptTransfer", Map.of("transferId", id, "keepReadAccess", true));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        String of = "?subAccountId=" + brand.username();
        assertThat(giving.get("/api/admin/GetPages" + of).text()).contains("menu");
        Answer page = giving.get("/admin/pages?as=" + brand.username());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("You have view-only access. Ask an owner if you need to change something.");
        assertThat(giving.post("/api/admin/CreatePage" + of, Map.of("name", "Mine", "slug", "mine"))
                        .status())
                .isEqualTo(403);
        assertThat(giving.put(
                                "/api/admin/UpdateLinks" + of,
                                Map.of("links", List.of(Map.of("operation", "remove", "id", "none"))))
                        .status())
                .isEqualTo(403);
        assertThat(giving.onPagesOf(giver)
                        .form("/admin/pages", "as", brand.username(), "name", "Mine", "slug", "mine")
                        .status())
                .isEqualTo(403);
        assertThat(giving.get("/api/projects" + of).status()).isEqualTo(403);
        assertThat(giving.get("/api/admin/UserManagerList" + of).status()).isEqualTo(403);
        assertThat(giving.get("/api/admin/GetPages?subAccountId=" + taker.username())
                        .status())
                .as("no other account of the agency")
                .isEqualTo(404);
        assertThat(taking.get("/admin/users?as=" + taker.username()).text()).contains("Viewer", giver.email());

        assertThat(answer(taking, "UndoTransfer", id).status()).isEqualTo(200);
        assertThat(world.select(
                        "SELECT identity_id FROM memberships WHERE tenant_id = ? AND is_read_only = 1",
                        taker.account().toString()))
                .isEmpty();
    }

    @Test
    void theyLookOnUntilTheNewOwnerRemovesThem() {
        String id = offer();
        taking.post("/api/admin/AcceptTransfer", Map.of("transferId", id, "keepReadAccess", true));
        Answer removed = taking.post(
                "/api/admin/UserManagerRemove", Map.of("UserId", giver.account().toString()));
        assertThat(removed.status()).as(removed.toString()).isEqualTo(200);
        assertThat(giving.get("/api/admin/GetPages?subAccountId=" + brand.username())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aPersonAcceptsAConversionByApi() {
        TestWorld.Person person = world.person("converted");
        String token = Digests.newToken();
        Answer offered = giving.post(
                "/api/admin/ConvertSubAccount", Map.of("subAccountId", brand.username(), "email", person.email()));
        world.sql(
                "UPDATE account_moves SET token_hash = ? WHERE id = ?",
                Digests.sha256Hex(token),
                offered.json().at("/transfer/id").asText());
        Map<String, ?> body = Map.of("token", token, "keepReadAccess", true);
        assertThat(taking.post("/api/admin/AcceptConversion", body).status()).isEqualTo(404);
        assertThat(TestClient.anonymous()
                        .post("/api/admin/AcceptConversion", body)
                        .status())
                .isEqualTo(401);
        TestClient own = TestClient.of(person);
        Answer accepted = own.post("/api/admin/AcceptConversion", body);
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        assertThat(accepted.json().at("/account/username").asText()).isEqualTo(brand.username());
        assertThat(own.post("/api/admin/AcceptConversion", body).status()).isEqualTo(404);
        String of = "?subAccountId=" + brand.username();
        assertThat(own.get("/api/admin/GetPages" + of).text()).contains("menu");
        assertThat(giving.get("/api/admin/GetPages" + of).text()).contains("menu");
        assertThat(giving.post("/api/admin/CreatePage" + of, Map.of("name", "Mine", "slug", "mine"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void clicksThatWereNotWrittenYetAreCounted() {
        String id = offer();
        TestClient visitor = TestClient.anonymous();
        for (int visit = 0; visit < 5; visit++) {
            assertThat(visitor.get("/" + brand.username()).status()).isEqualTo(200);
        }
        assertThat(answer(taking, "AcceptTransfer", id).status()).isEqualTo(200);
        Eventually.until(
                () -> world.select(
                        "SELECT max(views) FROM visit_accounts WHERE account_id = ?",
                        brand.id().toString()),
                List.of("5")::equals);
    }
}
