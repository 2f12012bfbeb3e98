package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes.Route;
import dev.banyan.SampleCalls.Call;
import dev.banyan.TestClient.Answer;
import dev.banyan.accounts.signin.SignIns;
import dev.banyan.platform.audit.AuditChain;
import dev.banyan.platform.db.Database;
import dev.banyan.schema.DefaultSchema;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls every route of the application as a stranger, with Acme's ids in every parameter: the response must be "not
/// found", without showing or changing Acme's data. New routes are included automatically; routes without tenant data
/// are listed by name.
@QuarkusTest
class TenantIsolationTest {

    /// Routes without a tenant, and why.
    private static final Map<String, String> WITHOUT_TENANT_DATA = Map.ofEntries(
            Map.entry("GET /admin/analytics/reports/{key}", "asks whether to; shows nothing of the account"),
            Map.entry("POST /admin/analytics/reports/{key}", "the secret of a mail; answers any key alike"),
            Map.entry("GET /", "leads to the login or to the own dashboard"),
            Map.entry("GET /admin", "leads to the own dashboard"),
            Map.entry("GET /login", "the door"),
            Map.entry("GET /sso", "the door"),
            Map.entry("POST /sso", "the door"),
            Map.entry("GET /sso/{username}", "the door of an account’s members"),
            Map.entry("POST /sso/{username}", "the door of an account’s members"),
            Map.entry("GET /sso/{username}/callback", "the door of an account’s members"),
            Map.entry("GET /sso/{username}/metadata", "the door of an account’s members"),
            Map.entry("POST /sso/{username}/acs", "the door of an account’s members"),
            Map.entry("POST /sso/{username}/logout", "the door of an account’s members"),
            Map.entry("POST /login", "the door"),
            Map.entry("POST /login/code", "works with a secret that the first step of a sign-in gave"),
            Map.entry("POST /login/code/resend", "works with a secret that the first step of a sign-in gave"),
            Map.entry("POST /login/code/passkey", "works with a secret that the first step of a sign-in gave"),
            Map.entry("POST /login/code/passkey/options", "works with a secret that the first step of a sign-in gave"),
            Map.entry("POST /login/passkey", "the door"),
            Map.entry("POST /login/passkey/options", "the door"),
            Map.entry("GET /forgot-password", "the door"),
            Map.entry("POST /forgot-password", "the door"),
            Map.entry("GET /reset-password", "the door"),
            Map.entry("POST /reset-password", "works with a secret that was mailed"),
            Map.entry("POST /api/public/PasswordReset", "works with a secret that was mailed"),
            Map.entry("POST /api/public/2fatoken", "works with a secret that the first step of a sign-in gave"),
            Map.entry("GET /register", "the door"),
            Map.entry("POST /register", "the door"),
            Map.entry("POST /logout", "ends the own session"),
            Map.entry("GET /confirm-email", "works with a secret that was mailed"),
            Map.entry("GET /invitation", "works with a secret that was mailed"),
            Map.entry("POST /invitation", "works with a secret that was mailed"),
            Map.entry("GET /conversion", "works with a secret that was mailed"),
            Map.entry("POST /conversion", "works with a secret that was mailed"),
            Map.entry("GET /pools/approve", "works with a secret that was mailed"),
            Map.entry("POST /pools/approve", "works with a secret that was mailed"),
            Map.entry("GET /admin/invitations", "the person's own, whichever account they act for (PeoplePagesTest)"),
            Map.entry("POST /admin/invitations/{accountId}/accept", "answers what is addressed to one's own e-mail"),
            Map.entry("POST /admin/invitations/{accountId}/reject", "answers what is addressed to one's own e-mail"),
            Map.entry("POST /admin/invitations/{accountId}/leave", "ends the person's own membership"),
            Map.entry("GET /setup", "works with a secret that the server printed"),
            Map.entry("POST /setup", "works with a secret that the server printed"),
            Map.entry("POST /theme", "sets a cookie"),
            Map.entry("POST /api/admin/AcceptConversion", "works with a secret that was mailed"),
            Map.entry("GET /api/siteadmin/support", "for operators; SupportTest"),
            Map.entry("POST /api/siteadmin/support", "for operators; SupportTest"),
            Map.entry("POST /api/siteadmin/support/end", "for operators; SupportTest"),
            Map.entry("GET /api/siteadmin/listtimers", "about the server, for operators"),
            Map.entry("POST /api/siteadmin/runtimer", "about the server, for operators"),
            Map.entry("GET /healthz", "about the server"),
            Map.entry("GET /readyz", "about the server"),
            Map.entry("GET /openapi.json", "about the server"),
            Map.entry("GET /postman.json", "about the server"),
            Map.entry("POST /mcp", "for keys; what a tool does is a request of its route (McpTest)"),
            Map.entry("GET /docs", "about the server"),
            Map.entry("GET /docs/{name}", "about the server"),
            Map.entry("GET /docs/guides/{name}", "about the server"),
            Map.entry("GET /docs/pictures/{name}", "about the server"),
            Map.entry("GET /docs/search", "about the server"),
            Map.entry("GET /docs/api", "about the server"),
            Map.entry("GET /docs/api/{group}", "about the server"),
            Map.entry("GET /docs/api/events", "about the server"),
            Map.entry("GET /api/webhook-event-types", "about the server"),
            Map.entry("GET /internal/domain", "says of a host whether something is there, as the host itself does"),
            Map.entry("GET /.well-known/security.txt", "about the server"),
            Map.entry("POST /api/register", "the door"),
            Map.entry("POST /api/login", "the door"),
            Map.entry("POST /api/confirm", "proves the own session"),
            Map.entry("GET /login/confirm", "proves the own session"),
            Map.entry("POST /login/confirm", "proves the own session"),
            Map.entry("POST /login/confirm/passkey", "proves the own session"),
            Map.entry("POST /login/confirm/passkey/options", "proves the own session"),
            Map.entry("POST /api/logout", "ends the own session"),
            Map.entry("POST /api/public/Login", "the door"),
            Map.entry("POST /api/public/Signup", "the door"),
            Map.entry("POST /api/public/RefreshToken", "goes on with the own session"),
            Map.entry("POST /api/public/Logout", "ends the own session"),
            Map.entry("GET /projects/{projectId}/conversations", "leads everybody on to a public address"),
            Map.entry("GET /api/sub-clients/lookup", "a public address, made to be asked by everybody"),
            Map.entry("POST /api/sub-client/login", "the door of a workspace"),
            Map.entry("POST /api/sub-client/register", "the door of a workspace"),
            Map.entry("POST /api/sub-client/forgot-password", "the door of a workspace"),
            Map.entry("POST /api/sub-client/confirm", "works with a secret that was mailed"),
            Map.entry("POST /api/sub-client/confirm/again", "the door of a workspace"),
            Map.entry("POST /api/sub-client/invitation", "works with a secret that was mailed"));

    /// Routes for people of a single workspace, which don't name an account. `WorkspaceIsolationTest` calls them with
    /// every kind of caller.
    private static final Set<String> OF_WORKSPACE_USERS = Set.of(
            "POST /api/sub-client/logout",
            "GET /api/sub-client/me",
            "PUT /api/sub-client/me",
            "PUT /api/sub-client/password",
            "POST /api/sub-client/proof",
            "GET /api/sub-client/conversations",
            "GET /api/sub-client/conversations/{conversationId}",
            "PUT /api/sub-client/conversations/{conversationId}",
            "DELETE /api/sub-client/conversations/{conversationId}",
            "GET /api/sub-client/conversations/{conversationId}/messages",
            "POST /api/sub-client/attachments",
            "GET /api/sub-client/attachments/{attachmentId}",
            "DELETE /api/sub-client/attachments/{attachmentId}",
            "GET /api/sub-client/chat/messages",
            "POST /api/sub-client/chat/send",
            "GET /api/sub-client/inbox/threads",
            "POST /api/sub-client/inbox/threads",
            "GET /api/sub-client/inbox/threads/{threadId}",
            "PUT /api/sub-client/inbox/threads/{threadId}",
            "DELETE /api/sub-client/inbox/threads/{threadId}/merge",
            "GET /api/sub-client/inbox/threads/{threadId}/messages",
            "POST /api/sub-client/inbox/threads/{threadId}/messages",
            "GET /api/sub-client/inbox/threads/{threadId}/files/{fileId}",
            "GET /api/sub-client/inbox/contacts",
            "GET /api/sub-client/inbox/canned-replies",
            "POST /api/sub-client/inbox/canned-replies",
            "PUT /api/sub-client/inbox/canned-replies/{replyId}",
            "DELETE /api/sub-client/inbox/canned-replies/{replyId}");

    /// Pages of workspaces, for the same people: `WorkspacePagesTest` calls them with every kind of caller.
    private static final String PAGES_OF_WORKSPACES = "/s/";

    /// Public pages; their content is tested in `PublicPageTest`.
    private static final Set<String> PUBLIC = Set.of(
            "GET /{username}",
            "GET /{username}/{slug}",
            "GET /public/{username}",
            "GET /public/{username}/{slug}",
            "GET /go/{linkId}",
            "GET /media/{id}",
            "POST /go/{linkId}",
            "GET /media/card/{pageId}.png",
            "GET /media/icon/{pageId}.png",
            "GET /favicon.ico",
            "GET /robots.txt",
            "GET /sitemap.xml",
            "GET /sitemap/{list}.xml",
            "GET /api/public/GetUserProfile",
            "POST /api/public/TrackLinkClick",
            "POST /api/public/VerifyLinkCode",
            "GET /l/{slug}",
            "POST /l/{slug}",
            "GET /api/public/l",
            "GET /go/wa/{pageId}",
            // A gateway proves itself by its signature: `ConnectionsApiTest`.
            "GET /hooks/whatsapp/{connection}",
            "POST /hooks/whatsapp/{connection}",
            "POST /hooks/whatsapp/{connection}/{event}");

    /// Routes that know the caller and take no account from the request, and why that is right.
    private static final Map<String, String> OF_THE_CALLER_ALONE = Map.of(
            "GET /api/me", "says who is signed in",
            "POST /api/admin/SwitchToParentAccount", "leads back to the own account");

    /// Routes that owners may not call on a server whose plans are changed by its operators.
    private static final Set<String> OF_OPERATORS =
            Set.of("POST /api/admin/upgradeSubscription", "POST /api/admin/executeDowngrade");

    @Inject
    AcmesWorld acmes;

    @Inject
    Database database;

    @Inject
    AuditChain auditChain;

    @Inject
    SignIns signIns;

    private TestWorld world;
    private SampleCalls samples;

    @AfterEach
    void withoutConnections() {
        world.removeConnections();
    }

    @BeforeEach
    void acmeHasData() {
        acmes.fill();
        world = acmes.people();
        samples = new SampleCalls(acmes.ids());
    }

    @Test
    void strangerGetsNotFoundAndChangesNothing() {
        String before = rowsOfAcme();
        var softly = new SoftAssertions();
        var rival = TestClient.of(world.rival());
        for (Route route : routesOfTenants()) {
            for (Call attack : attacks(route)) {
                Answer answer = attack.by(rival);
                softly.assertThat(answer.status())
                        .as("%s: %s", attack, answer.text())
                        .isEqualTo(404);
                softly.assertThat(answer.text()).as("body of %s", attack).doesNotContainIgnoringCase(AcmesWorld.SECRET);
                if (route.isJson()) {
                    softly.assertThat(answer.error()).as("error of %s", attack).isNotBlank();
                } else {
                    softly.assertThat(answer.contentType()).as("%s", attack).startsWith("text/html");
                }
            }
        }
        softly.assertAll();
        assertThat(rowsOfAcme()).isEqualTo(before);
    }

    /// Checks that the data exists: Acme's owner finds it with the same requests.
    @Test
    void theOwnerReachesTheSameRoutes() {
        var softly = new SoftAssertions();
        var acme = TestClient.of(world.acme());
        boolean isChanged = false;
        Optional<Moment> before = Moment.now(database);
        for (Route route : routesOfTenants()) {
            // the slug sent here doesn't exist, and the message is one that was sent; AnalyticsResourceTest,
            // ShortLinksResourceTest and ReceivedFilesTest test existing ones
            boolean isOfNobody = route.path().equals("/api/admin/getShortLinkAnalytics")
                    || route.path().equals("/api/admin/updateShortLinks")
                    || route.path().equals("/api/whatsapp/inbound/{messageId}/file");
            boolean endsItself = route.path().equals("/admin/settings/sessions/end"); // the session of the request
            if (!(route.path() + "/").startsWith("/operator/") && !isOfNobody && !endsItself) {
                if (isChanged) { // the previous request may have deleted something
                    before.ifPresentOrElse(Moment::again, this::acmeHasData);
                }
                Call attack = attacks(route).getLast();
                String account = SampleCalls.isOfAgency(route)
                        ? world.acme().username()
                        : world.north().username();
                Answer answer = (isSwitch(route) ? attack : attack.named(account)).by(acme);
                isChanged = !route.verb().equals("GET") && answer.status() < 400;
                softly.assertThat(answer.status())
                        .as("%s: %s", attack, answer.text())
                        .isIn(
                                OF_OPERATORS.contains(route.name())
                                        ? List.of(403)
                                        : route.path().endsWith("{subClientId}/restore")
                                                ? List.of(404) // nothing is deleted (DeletedWorkspacesTest)
                                                : List.of(200, 201, 202, 204, 303, 400, 409, 422));
            }
        }
        before.ifPresent(Moment::close);
        softly.assertAll();
    }

    @Test
    void nobodyGetsUnauthorizedOrTheLogin() {
        String before = rowsOfAcme();
        var softly = new SoftAssertions();
        for (Route route : routesOfTenants()) {
            for (Call attack : attacks(route)) {
                Answer answer = attack.by(TestClient.anonymous());
                if (route.isJson()) {
                    softly.assertThat(answer.status())
                            .as("%s: %s", attack, answer.text())
                            .isEqualTo(401);
                    softly.assertThat(answer.error())
                            .as("%s", attack)
                            .isEqualTo(isOfWorkspaces(route) ? "Not authenticated" : "Unauthorized");
                } else {
                    softly.assertThat(answer.status())
                            .as("%s: %s", attack, answer.text())
                            .isEqualTo(303);
                    softly.assertThat(answer.header("Location").orElse(""))
                            .as("%s", attack)
                            .startsWith("/login");
                }
                softly.assertThat(answer.text()).as("body of %s", attack).doesNotContainIgnoringCase(AcmesWorld.SECRET);
            }
        }
        softly.assertAll();
        assertThat(rowsOfAcme()).isEqualTo(before);
    }

    /// These use the terms of the sub-client seed.
    private static boolean isOfWorkspaces(Route route) {
        return Stream.of("/api/projects", "/api/whatsapp", "/api/inboxes").anyMatch(route.path()::startsWith);
    }

    @Test
    void routesOfTheCallerAloneIgnoreOtherAccounts() {
        String before = rowsOfAcme();
        for (String name : OF_THE_CALLER_ALONE.keySet()) {
            String[] verbAndPath = name.split(" ");
            for (String naming : namings()) {
                Answer answer = TestClient.of(world.rival()).json(verbAndPath[0], verbAndPath[1] + "?" + naming, "{}");
                assertThat(answer.status()).as(name).isEqualTo(200);
                assertThat(answer.text())
                        .as(name)
                        .contains(world.rival().account().toString())
                        .doesNotContainIgnoringCase(AcmesWorld.SECRET)
                        .doesNotContain(world.acme().account().toString())
                        .doesNotContain(world.north().id().toString());
            }
            assertThat(TestClient.anonymous()
                            .json(verbAndPath[0], verbAndPath[1], "{}")
                            .status())
                    .as(name)
                    .isEqualTo(401);
        }
        assertThat(rowsOfAcme()).isEqualTo(before);
    }

    @Test
    void operatorActsForNoAccount() {
        String before = rowsOfAcme();
        var operator = TestClient.withSession(world.operatorToken());
        for (Route route : routesOfTenants()) {
            if (!(route.path() + "/").startsWith("/operator/")) {
                for (Call attack : attacks(route)) {
                    Answer answer = attack.by(operator);
                    assertThat(answer.status())
                            .as("%s: %s", attack, answer.text())
                            .isIn(403, 303);
                    assertThat(answer.text()).as("body of %s", attack).doesNotContainIgnoringCase(AcmesWorld.SECRET);
                }
            }
        }
        assertThat(rowsOfAcme()).isEqualTo(before);
    }

    /// An outdated entry would hide a new route with the same name.
    @Test
    void listedRoutesExist() {
        Set<String> names = Routes.all().stream().map(Route::name).collect(Collectors.toSet());
        assertThat(names)
                .containsAll(WITHOUT_TENANT_DATA.keySet())
                .containsAll(PUBLIC)
                .containsAll(OF_WORKSPACE_USERS)
                .containsAll(OF_THE_CALLER_ALONE.keySet());
    }

    private static List<Route> routesOfTenants() {
        List<Route> routes = Routes.all().stream()
                .filter(route -> !WITHOUT_TENANT_DATA.containsKey(route.name())
                        && !PUBLIC.contains(route.name())
                        && !OF_WORKSPACE_USERS.contains(route.name())
                        && !route.path().startsWith(PAGES_OF_WORKSPACES)
                        && !OF_THE_CALLER_ALONE.containsKey(route.name()))
                .toList();
        assertThat(routes).hasSizeGreaterThan(20);
        return routes;
    }

    /// Returns requests with Acme's ids as parameters, once for each way to name Acme's accounts.
    private List<Call> attacks(Route route) {
        var attacks = new ArrayList<Call>();
        String path = samples.path(route);
        String query = samples.query(route);
        Optional<Object> body = samples.body(route);
        Map<String, String> form = samples.form(route);
        boolean namesSomething = !route.pathParams().isEmpty()
                || route.queryParams().stream().anyMatch(name -> !SampleCalls.isHarmless(name))
                || form.keySet().stream().anyMatch(name -> !SampleCalls.isHarmless(name))
                || body.map(Object::toString).filter(this::holdsAnId).isPresent();
        if (namesSomething || (route.path() + "/").startsWith("/operator/")) {
            attacks.add(new Call(route, path + "?" + query, body, form));
        }
        if (!(route.path() + "/").startsWith("/operator/") && !form.containsKey("target") && !isSwitch(route)) {
            var formOfNobody = new LinkedHashMap<>(form);
            formOfNobody.computeIfPresent("as", (_, _) -> "");
            for (String naming : namings()) {
                attacks.add(new Call(route, path + "?" + query + "&" + naming, body, formOfNobody));
            }
            for (String account : accounts()) {
                form.computeIfPresent("as", (_, _) -> account);
                if (form.containsKey("as")) {
                    attacks.add(new Call(route, path + "?" + query, body, Map.copyOf(form)));
                }
            }
        }
        return attacks;
    }

    /// The target is named in the body, not in the query (design 4).
    private static boolean isSwitch(Route route) {
        return route.path().equals("/api/admin/SwitchToSubAccount");
    }

    private List<String> accounts() {
        return List.of(
                world.north().username(),
                world.north().id().toString(),
                world.acme().username(),
                world.acme().account().toString());
    }

    private List<String> namings() {
        return accounts().stream()
                .flatMap(account -> Stream.of("subAccountId=", "UserId=", "as=").map(name -> name + account))
                .toList();
    }

    /// Matches whole ids, because user ids are short numbers that also occur in phone numbers.
    private boolean holdsAnId(String text) {
        return acmes.ids().values().stream()
                .anyMatch(id -> Pattern.compile("(?<!\\w)" + Pattern.quote(id) + "(?!\\w)")
                        .matcher(text)
                        .find());
    }

    /// Returns every row of every table that refers to Acme's accounts or people.
    private String rowsOfAcme() {
        auditChain.seal(); // a job might do it between two checks
        signIns.write();
        List<String> ids = List.of(
                world.acme().account().toString(),
                world.acme().identity().toString(),
                world.north().id().toString());
        return database.read(tx -> DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .flatMap(table ->
                        tx.sql().selectFrom(table).fetch().stream().map(row -> table.getName() + " " + row.intoMap()))
                .filter(row -> ids.stream().anyMatch(row::contains))
                .sorted()
                .collect(Collectors.joining("\n")));
    }
}
