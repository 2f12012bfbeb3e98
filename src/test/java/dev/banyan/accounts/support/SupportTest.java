package dev.banyan.accounts.support;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.context.RouteEffects;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An operator acts for an account.
@QuarkusTest
class SupportTest {

    private static final String REASON = "Links don’t open";

    /// Names of routes that give something away, or take it away.
    private static final Pattern LOOKS_SENSITIVE = Pattern.compile(
            "(?i).*(api-?keys|apiauth|password|/sso|secret|export|\\.csv|/people|usermanager|invitation|delete(/|$)|DeleteSub|/remove"
                    + "|transfer|convert|rotate|/qr|pairing|/link(/|$)|webhook|integrations|connections|/projects/.*/whatsapp).*");

    @Inject
    TestWorld world;

    @Inject
    Support support;

    @Inject
    Database database;

    @Inject
    SupportMails mails;

    @Inject
    Audit audit;

    @Inject
    Event<AccessChanged> accessChanged;

    @Inject
    Clock clock;

    @Inject
    Uuids uuids;

    private TestWorld.Person person;
    private TestClient owner;
    private String token;
    private TestClient operator;

    @BeforeEach
    void anAccountAndAnOperator() {
        person = world.agency("helped");
        owner = TestClient.of(person);
        token = world.operatorToken();
        operator = TestClient.withSession(token);
    }

    private Answer begin() {
        return operator.post("/api/siteadmin/support", Map.of("account", person.username(), "reason", REASON));
    }

    private void allow() {
        Answer allowed = owner.put("/api/admin/support/consent", Map.of("hours", 24));
        assertThat(allowed.status()).as(allowed.toString()).isEqualTo(200);
    }

    private void begun() {
        allow();
        Answer begun = begin();
        assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
    }

    private Answer pages() {
        return operator.get("/api/admin/GetPages?subAccountId=" + person.username());
    }

    private List<String> mailsTo(String start) {
        return world.select(
                "SELECT subject FROM mails WHERE recipient = ? AND subject LIKE ? ORDER BY id",
                person.email(),
                start + "%");
    }

    @Test
    void withoutConsentTheOwnersAreAsked() {
        Answer asked = begin();
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        assertThat(asked.json().path("state").asText()).isEqualTo("requested");
        assertThat(mailsTo("Support asks for access")).hasSize(1);
        assertThat(pages().status()).isIn(403, 404);
        assertThat(owner.get("/admin/support-access?as=" + person.username()).text())
                .contains("Support asks for access", REASON);
        allow();
        assertThat(pages().status()).as("they must begin, too").isIn(403, 404);
        assertThat(begin().status()).isEqualTo(201);
        assertThat(pages().status()).isEqualTo(200);
    }

    @Test
    void bothSidesSeeItAndEveryEntryNamesBoth() {
        begun();
        assertThat(mailsTo("Support has access")).hasSize(1);
        Answer page = operator.get("/admin/dashboard?as=" + person.username());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("You act for", REASON, "/operator/accounts/support/end")
                .doesNotContain("/operator/jobs");
        assertThat(owner.get("/admin/dashboard?as=" + person.username()).text())
                .contains("Support has access to", REASON, "/admin/support-access/end");

        Answer made = operator.post(
                "/api/admin/CreatePage?subAccountId=" + person.username(), Map.of("name", "Menu", "slug", "menu"));
        assertThat(made.status()).as(made.toString()).isLessThan(300);
        List<String> details = world.select(
                "SELECT details FROM audit_events WHERE tenant_id = ? AND action = 'PageCreated'",
                person.account().toString());
        assertThat(details).hasSize(1);
        assertThat(details.getFirst()).contains("\"onBehalfOf\":\"" + person.account() + "\"", "supportAccess");
        assertThat(world.select(
                        "SELECT identity_id FROM audit_events WHERE tenant_id = ? AND action = 'PageCreated'",
                        person.account().toString()))
                .containsExactlyElementsOf(world.select(
                        "SELECT identity_id FROM sessions WHERE token_hash = ?", Digests.sha256Hex(token)));
        assertThat(owner.get("/api/admin/audit").text()).contains("Server operator", "support, for this account");
    }

    @Test
    void itEndsByTheOperator() {
        begun();
        assertThat(operator.get("/api/siteadmin/support").json().path("state").asText())
                .isEqualTo("active");
        assertThat(operator.get("/operator/accounts").status()).isEqualTo(403);
        assertThat(operator.post("/api/siteadmin/support/end", Map.of()).status())
                .isEqualTo(200);
        nothingWorks();
        assertThat(mailsTo("Support no longer has access")).hasSize(1);
        assertThat(operator.get("/operator/accounts").status()).isEqualTo(200);
    }

    private void nothingWorks() {
        // an operator without an account has none to act for
        assertThat(pages().status()).isIn(403, 404);
        assertThat(operator.get("/admin/dashboard?as=" + person.username()).status())
                .isIn(303, 404);
        assertThat(operator.post(
                                "/api/admin/CreatePage?subAccountId=" + person.username(),
                                Map.of("name", "Late", "slug", "late"))
                        .status())
                .isIn(403, 404);
    }

    @Test
    void itEndsByTheOwner() {
        begun();
        Answer ended = owner.onPagesOf(person).form("/admin/support-access/end", "as", person.username());
        assertThat(ended.status()).as(ended.toString()).isEqualTo(303);
        nothingWorks();
        assertThat(operator.get("/api/admin/GetPages").status())
                .as("what was meant for that account lands nowhere else")
                .isEqualTo(404);
        assertThat(world.select(
                        "SELECT ended_by FROM support_accesses WHERE tenant_id = ?",
                        person.account().toString()))
                .containsExactly("owner");
    }

    @Test
    void itEndsWithTheConsent() {
        begun();
        assertThat(owner.delete("/api/admin/support/consent").status()).isEqualTo(200);
        nothingWorks();
        assertThat(begin().status()).isEqualTo(202);
        assertThat(owner.post("/api/admin/support/end", Map.of()).text()).contains("Support access ended");
        assertThat(owner.post("/api/admin/support/end", Map.of()).text()).contains("There is no support access to end");
        assertThat(owner.delete("/api/admin/support/consent").text()).contains("There is no consent to withdraw");
    }

    @Test
    void itEndsByTimeAtOnceAndIsRecordedSoonAfter() {
        begun();
        world.sql(
                "UPDATE support_accesses SET expires_at = 1 WHERE tenant_id = ?",
                person.account().toString());
        nothingWorks();
        support.endOver();
        assertThat(world.select(
                        "SELECT ended_by FROM support_accesses WHERE tenant_id = ?",
                        person.account().toString()))
                .containsExactly("time");
        assertThat(mailsTo("Support no longer has access")).hasSize(1);
    }

    @Test
    void itEndsWhenTheOperatorSignsOut() {
        begun();
        assertThat(operator.post("/api/logout", Map.of()).status()).isEqualTo(200);
        support.endOver();
        assertThat(world.select(
                        "SELECT ended_by FROM support_accesses WHERE tenant_id = ?",
                        person.account().toString()))
                .containsExactly("operator");
    }

    @Test
    void itLastsAnHourAtMostAndNoLongerThanTheConsent() {
        begun();
        assertThat(world.count(
                        "SELECT expires_at - begun_at FROM support_accesses WHERE tenant_id = ?",
                        person.account().toString()))
                .isEqualTo(3_600_000);
        assertThat(owner.put("/api/admin/support/consent", Map.of("hours", 169)).status())
                .isEqualTo(400);
    }

    @Test
    void otherAccountsStayOutOfReach() {
        begun();
        for (String other : List.of(world.acme().username(), world.rival().username())) {
            assertThat(operator.get("/api/admin/GetPages?subAccountId=" + other).status())
                    .isEqualTo(404);
            assertThat(operator.get("/admin/dashboard?as=" + other).status()).isEqualTo(404);
        }
    }

    @Test
    void nobodyElseBeginsOrAllows() {
        TestClient solo = TestClient.of(world.solo());
        Map<String, String> body = Map.of("account", person.username(), "reason", REASON);
        assertThat(solo.post("/api/siteadmin/support", body).status()).isEqualTo(403);
        assertThat(TestClient.anonymous().post("/api/siteadmin/support", body).status())
                .isEqualTo(401);
        assertThat(solo.onPagesOf(world.solo())
                        .form("/operator/accounts/" + person.account() + "/support", "reason", REASON)
                        .status())
                .isEqualTo(404);
        assertThat(solo.form("/operator/accounts/support/end").status()).isIn(400, 404);
        assertThat(operator.post("/api/siteadmin/support", Map.of("account", person.username(), "reason", "x"))
                        .status())
                .isEqualTo(400);
        begun();
        assertThat(operator.put("/api/admin/support/consent", Map.of("hours", 24))
                        .status())
                .as("not even the operator for whom it is")
                .isEqualTo(403);
    }

    @Test
    void sensitiveRoutesAreClosedWhateverTheirParameters() {
        Project project = world.project(world.context(person), "Shop");
        Workspace workspace = world.workspace(world.context(person), project, "Counter");
        begun();
        List<Route> closed = Routes.all().stream()
                .filter(route -> RouteEffects.isSensitive(route.name())
                        || LOOKS_SENSITIVE.matcher(route.path()).matches()
                        || route.verb().equals("DELETE"))
                .filter(route -> route.path().matches("/(admin|api/(?!public)|operator|projects|s/|login/confirm).*"))
                .filter(route -> !route.path().startsWith("/api/v1"))
                .toList();
        assertThat(closed).hasSizeGreaterThan(150);
        var softly = new SoftAssertions();
        for (Route route : closed) {
            String path = route.path()
                    .replace("{projectId}", project.id().toString())
                    .replace("{subClientId}", workspace.id().value())
                    .replaceAll("\\{[^}]*}", "01900000-0000-7000-8000-000000000001");
            String json = path + "?subAccountId=" + person.username();
            boolean takesFile = route.path().equals("/api/admin/ImportSubAccount")
                    || route.path().endsWith("/templates/files");
            Answer answer = takesFile
                    ? operator.upload(json, Map.of(), "brand.zip", new byte[1])
                    : route.isJson() || route.verb().equals("GET")
                            ? operator.json(route.verb(), json, Map.of())
                            : operator.onPagesOf(person).form(path, "as", person.username());
            softly.assertThat(answer.status()).as(route + ": " + answer).isEqualTo(403);
            softly.assertThat(answer.text()).as(route.name()).contains("Not available");
        }
        softly.assertAll();
    }

    @Test
    void theBannersButtonWorksOnTheOperatorsPages() {
        allow();
        String page = "/operator/accounts/" + person.account() + "/support";
        assertThat(operator.get(page).text()).contains("Start access");
        Answer begun = operator.form(page, "reason", REASON);
        assertThat(begun.status()).as(begun.toString()).isEqualTo(303);
        assertThat(begun.location()).startsWith("/admin/dashboard?as=" + person.username());
        Answer ended = operator.form("/operator/accounts/support/end", "as", person.username());
        assertThat(ended.status()).as(ended.toString()).isEqualTo(303);
        assertThat(operator.get(page).text()).contains("Ended", REASON);
        assertThat(owner.get("/admin/support-access?as=" + person.username()).text())
                .contains("Revoke consent", "Ended", REASON);
    }

    @Test
    void whereTheServerSaysSoItBeginsWithoutConsentAndTheOwnersReadThat() {
        var breakGlass = new Support(
                database,
                Settings.from(Map.of("BANYAN_SUPPORT", "break-glass"), new Properties()),
                mails,
                audit,
                accessChanged,
                clock,
                uuids);
        String identity = world.select(
                        "SELECT identity_id FROM sessions WHERE token_hash = ?", Digests.sha256Hex(token))
                .getFirst();
        var caller = new Caller.Operator(
                IdentityId.parse(identity).orElseThrow(), Digests.sha256Hex(token), Optional.empty());
        var access = breakGlass
                .begin(caller, Actor.SERVER, person.account(), REASON)
                .orElseThrow(refusal -> new AssertionError(refusal));
        assertThat(access.forced()).isTrue();
        assertThat(pages().status()).isEqualTo(200);
        assertThat(world.select(
                                "SELECT body FROM mails WHERE recipient = ? AND subject LIKE 'Support has%'",
                                person.email())
                        .getFirst())
                .contains("without your consent");
        assertThat(owner.post("/api/admin/support/end", Map.of()).status()).isEqualTo(200);
        nothingWorks();
    }
}
