package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An account disabled by operators loses all access at once, and is unchanged when it is enabled again.
@QuarkusTest
class DisabledAccountsTest {

    @Inject
    TestWorld world;

    private TestClient operator = TestClient.anonymous();

    @BeforeEach
    void theOperatorSignsIn() {
        operator = TestClient.withSession(world.operatorToken());
    }

    private static String path(TestWorld.Person person, String rest) {
        return "/operator/accounts/" + person.account() + rest;
    }

    private Answer switchOff(TestWorld.Person person) {
        return operator.form(path(person, "/disable"), "reason", "payment", "note", "Wrote twice, no answer");
    }

    private void makePublic(TestWorld.Person person, String username, String slug) {
        TestClient owner = TestClient.of(person);
        Answer made = owner.post(
                "/api/admin/CreatePage?UserId=" + username, Map.of("name", "Main", "slug", slug, "isDefault", true));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
    }

    private void makeShortLink(TestWorld.Person person, String slug) {
        Answer made = TestClient.of(person)
                .put(
                        "/api/admin/updateShortLinks",
                        Map.of(
                                "shortLinks",
                                List.of(Map.of(
                                        "operation", "add",
                                        "title", "Spring",
                                        "customSlug", slug,
                                        "targetUrl", "https://example.com/"))));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
    }

    @Test
    void everythingOfItEndsAtOnceAndComesBack() {
        TestWorld.Person agency = world.agency("closing");
        TestWorld.Brand brand = world.brand(agency, "closing-brand", "Closing Brand");
        TestWorld.Brand paused = world.brand(agency, "closing-paused", "Paused Brand");
        makePublic(agency, agency.username(), "main");
        makePublic(agency, brand.username(), "main");
        String slug = world.name("closing");
        makeShortLink(agency, slug);
        var context = world.context(agency);
        var project = world.project(context, "Closing");
        var workspace = world.workspace(context, project, "Closing");
        var guest = world.guest(context, workspace, "guest", dev.banyan.workspaces.WorkspaceRole.USER);
        assertThat(TestClient.of(agency)
                        .post(
                                "/admin/UpdateSubAccountStatus",
                                Map.of("subAccountId", paused.id().toString(), "status", "suspended"))
                        .status())
                .isEqualTo(200);
        var anybody = TestClient.anonymous();
        assertThat(anybody.get("/" + agency.username()).status()).isEqualTo(200);
        assertThat(anybody.get("/" + brand.username()).status()).isEqualTo(200);
        assertThat(anybody.get("/l/" + slug).status()).isBetween(300, 399);
        assertThat(TestClient.of(agency).get("/api/me").status()).isEqualTo(200);
        String workspaceHome = "/s/" + workspace.shortPath();
        assertThat(TestClient.of(guest).get(workspaceHome + "/chat").status()).isEqualTo(200);

        assertThat(switchOff(agency).location()).isEqualTo(path(agency, "/access?done=account-disabled"));

        assertThat(TestClient.of(agency).get("/api/me").status()).isEqualTo(401);
        assertThat(TestClient.withBearer(agency.token())
                        .get("/api/admin/GetPages")
                        .status())
                .isEqualTo(401);
        assertThat(TestClient.of(agency).get("/admin/dashboard").location()).startsWith("/login");
        assertThat(anybody.get("/" + agency.username()).status()).isEqualTo(404);
        assertThat(anybody.get("/" + agency.username()).text()).contains("unavailable");
        assertThat(anybody.get("/" + brand.username()).text()).contains("unavailable");
        assertThat(anybody.get("/l/" + slug).status()).isGreaterThanOrEqualTo(400);
        assertThat(TestClient.of(guest).get(workspaceHome + "/chat").status()).isNotEqualTo(200);
        Answer room =
                anybody.form(workspaceHome + "/login", "usernameOrEmail", "guest", "password", TestWorld.PASSWORD);
        assertThat(room.status()).as(room.toString()).isGreaterThanOrEqualTo(400);
        for (String login : List.of(agency.email(), agency.username())) {
            Answer refused = anybody.form("/login", "email", login, "password", TestWorld.PASSWORD);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text())
                    .contains("This account is disabled.", "A payment is overdue.")
                    .doesNotContain("no answer");
            assertThat(refused.header("Set-Cookie")).isEmpty();
        }
        Answer api = anybody.post("/api/login", Map.of("email", agency.email(), "password", TestWorld.PASSWORD));
        assertThat(api.status()).isEqualTo(403);
        assertThat(api.error()).isEqualTo("This account is disabled. A payment is overdue.");
        assertThat(anybody.post("/api/public/Login", Map.of("email", agency.email(), "password", TestWorld.PASSWORD))
                        .status())
                .isEqualTo(403);
        assertThat(anybody.form("/login", "email", agency.email(), "password", "wrong")
                        .text())
                .doesNotContain("This account is disabled");

        assertThat(operator.form(path(agency, "/enable")).status()).isEqualTo(303);

        assertThat(anybody.get("/" + agency.username()).status()).isEqualTo(200);
        assertThat(anybody.get("/" + brand.username()).status()).isEqualTo(200);
        assertThat(anybody.get("/l/" + slug).status()).isBetween(300, 399);
        assertThat(status(paused.id().toString())).containsExactly("suspended");
        assertThat(TestClient.of(agency).get("/api/me").status()).isEqualTo(401);
        assertThat(TestClient.withSession(world.newSession(agency.email()))
                        .get("/api/me")
                        .status())
                .isEqualTo(200);
        assertThat(anybody.form(workspaceHome + "/login", "usernameOrEmail", "guest", "password", TestWorld.PASSWORD)
                        .status())
                .isEqualTo(303);
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE target = ? AND action LIKE 'Account%abled' AND identity_id ="
                                + " (SELECT identity_id FROM operators) ORDER BY id",
                        agency.account().toString()))
                .containsExactly("AccountDisabled", "AccountEnabled");
        assertThat(world.select(
                                "SELECT details FROM audit_events WHERE tenant_id = ?",
                                agency.account().toString())
                        .toString())
                .doesNotContain("no answer");
    }

    private List<String> status(String account) {
        return world.select("SELECT status FROM accounts WHERE id = ?", account);
    }

    @Test
    void aPlanThatGrowsMeanwhileWakesUpNobodyBeforeItIsOn() {
        TestWorld.Person agency = world.agency("growing");
        TestWorld.Brand brand = world.brand(agency, "growing-brand", "Growing Brand");
        switchOff(agency);
        world.sql(
                "UPDATE accounts SET suspended_by = 'plan' WHERE id = ?",
                brand.id().toString());
        world.plan(agency, Tier.PREMIUM, AgencyPermission.PREMIUM, Map.of(Pack.TEN, 3));
        assertThat(status(brand.id().toString())).containsExactly("suspended");
        operator.form(path(agency, "/enable"));
        assertThat(status(brand.id().toString())).containsExactly("active");
    }

    @Test
    void theOperatorSeesWhyAndFindsIt() {
        TestWorld.Person person = world.person("found");
        assertThat(operator.get(path(person, "/access")).text()).contains("Disable account", "A payment is overdue.");
        switchOff(person);
        assertThat(operator.get(path(person, "/access")).text())
                .contains("Enable account", "Wrote twice, no answer", "Payment");
        assertThat(operator.get(path(person, "")).text()).contains("Disabled since", "Wrote twice, no answer");
        String id = person.account().toString();
        assertThat(operator.get("/operator/accounts?status=suspended").text()).contains(id);
        assertThat(operator.get("/operator/accounts?status=active&q=" + id).text())
                .doesNotContain("accounts/" + id);
        assertThat(operator.get("/operator/accounts?q=" + id).text()).contains("accounts/" + id);
        assertThat(operator.get("/operator/accounts?q=" + id + "&tier=free").text())
                .contains("accounts/" + id);
        assertThat(operator.get("/operator/accounts?q=" + id + "&tier=enterprise")
                        .text())
                .doesNotContain("accounts/" + id)
                .contains("Nothing matches");
        assertThat(switchOff(person).status()).isEqualTo(303);
    }

    @Test
    void aSubAccountsIdFindsItsAgency() {
        assertThat(operator.get("/operator/accounts?q=" + world.north().id()).text())
                .contains("accounts/" + world.acme().account());
    }

    @Test
    void badFormsAreSaidAtTheirField() {
        TestWorld.Person person = world.person("badly");
        Answer noReason = operator.form(path(person, "/disable"), "reason", "revenge", "note", "");
        assertThat(noReason.status()).isEqualTo(422);
        assertThat(noReason.text()).containsPattern("id=\"reason\"[^>]*aria-invalid=\"true\"");
        Answer longNote = operator.form(path(person, "/disable"), "reason", "terms", "note", "x".repeat(501));
        assertThat(longNote.status()).isEqualTo(422);
        assertThat(longNote.text()).containsPattern("id=\"note\"[^>]*aria-invalid=\"true\"");
        assertThat(status(person.account().toString())).containsExactly("active");
    }

    @Test
    void subAccountsAndStrangersIdsAreNotFound() {
        for (String id : List.of(world.north().id().toString(), "018f0000-0000-7000-8000-000000000000", "nonsense")) {
            for (String act : List.of("/disable", "/enable")) {
                assertThat(operator.form("/operator/accounts/" + id + act, "reason", "terms")
                                .status())
                        .as(id)
                        .isEqualTo(404);
            }
            assertThat(operator.get("/operator/accounts/" + id + "/access").status())
                    .isEqualTo(404);
            assertThat(operator.get("/operator/accounts/" + id + "/sign-ins").status())
                    .isEqualTo(404);
        }
        assertThat(status(world.north().id().toString())).containsExactly("active");
    }
}
