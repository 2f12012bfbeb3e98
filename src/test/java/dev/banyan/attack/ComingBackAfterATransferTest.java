package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.Digests;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.sso.FakeOidc;
import dev.banyan.workspaces.sso.SsoBrowser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An agency prepares every way back before it gives a brand away: a provider, an invitation, a link, a password, a
/// session, a key, and servers that are sent something. After the move it tries them all.
@QuarkusTest
class ComingBackAfterATransferTest {

    private static final Pattern LINK = Pattern.compile("/s/[^/\\s]+/invitation/[A-Za-z0-9_-]{43}");
    private static final String NEVER_CALLED = "http://127.0.0.1:9";

    @Inject
    ChatRooms rooms;

    private final FakeOidc provider = new FakeOidc();
    private final SsoBrowser before = new SsoBrowser();
    private final SsoBrowser halfway = new SsoBrowser();

    private TestWorld world;
    private TestWorld.Person giver;
    private TestWorld.Person taker;
    private TestWorld.Brand brand;
    private TestClient giving;
    private TestClient taking;
    private Workspace workspace;
    private String api;
    private String home;
    private String of;

    private ChatRooms.Chatter admin;
    private ChatRooms.Chatter own;
    private URI callback;
    private String invitation;
    private String passwordLink;
    private String key;
    private String export;

    @BeforeEach
    void theAgencyPreparesItsWaysBack() {
        world = rooms.world();
        giver = world.agency("leaving");
        taker = world.agency("keeping");
        world.confirm(giver);
        world.confirm(taker);
        brand = world.brand(giver, "given", "Given");
        giving = TestClient.of(giver);
        taking = TestClient.of(taker);
        of = "?subAccountId=" + brand.username();
        workspace = rooms.workspace(world.context(giver, brand.username()), "Counter");
        api = "/api" + WorkspacePaths.workspace(workspace.project(), workspace.id());
        home = "/s/" + workspace.shortPath();

        admin = rooms.admin(workspace);
        own = rooms.admin(workspace);
        world.sql(
                "UPDATE sub_client_users SET email = ? WHERE id = ?",
                giver.email(),
                own.user().id());
        invitation = link("/invitations", Map.of("email", world.name("back") + "@people.example", "role", "admin"));
        passwordLink = link("/users/" + admin.user().id() + "/password-link", Map.of());
        key = done(giving.post(api + "/api-keys" + of, Map.of("name", "Ours", "permissions", List.of("conversations"))))
                .at("/data/key")
                .asText();
        done(giving.put(
                api + "/assistant" + of, Map.of("kind", "openai", "endpoint", NEVER_CALLED + "/v1", "model", "m")));
        done(giving.post(
                "/api/admin/webhooks" + of, Map.of("url", NEVER_CALLED + "/hooks", "events", List.of("page.*"))));
        export = done(giving.post(
                        "/api/admin/ExportSubAccount",
                        Map.of("subAccountId", brand.username(), "password", TestWorld.PASSWORD)))
                .at("/export/id")
                .asText();
        done(giving.put(
                api + "/mail" + of,
                Map.of(
                        "host",
                        "127.0.0.1",
                        "port",
                        9,
                        "security",
                        "none",
                        "user",
                        "",
                        "from",
                        "shop@shop.example",
                        "fromName",
                        "Shop")));
        done(giving.put(
                api + "/sso" + of,
                Map.of(
                        "kind",
                        "oidc",
                        "issuer",
                        provider.issuer(),
                        "clientId",
                        FakeOidc.CLIENT,
                        "clientSecret",
                        FakeOidc.SECRET,
                        "roles",
                        Map.of("bosses", "admin"))));
        provider.person("1", "boss", "bosses");
        assertThat(before.end(provider.signIn(begun(before), "1")).status()).isEqualTo(303);
        assertThat(isIn(before)).isTrue();
        callback = provider.signIn(begun(halfway), "1");
        assertThat(isIn(admin)).isTrue();
    }

    @AfterEach
    void close() {
        provider.close();
        world.removeConnections();
    }

    private static JsonNode done(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isLessThan(300);
        return answer.json();
    }

    private String link(String path, Map<String, ?> body) {
        done(giving.post(api + path + of, body));
        Matcher found = LINK.matcher(world.select("SELECT body FROM mails ORDER BY created_at DESC, id DESC LIMIT 1")
                .getFirst());
        assertThat(found.find()).isTrue();
        return found.group();
    }

    private URI begun(SsoBrowser browser) {
        return URI.create(browser.get(home + "/sso").location());
    }

    private boolean isIn(SsoBrowser browser) {
        return browser.get(home + "/chat").status() == 200;
    }

    private boolean isIn(ChatRooms.Chatter who) {
        return TestClient.anonymous()
                        .with("Cookie", who.cookie())
                        .get(home + "/chat")
                        .status()
                == 200;
    }

    private Answer signIn(ChatRooms.Chatter who) {
        return TestClient.anonymous()
                .post(
                        "/api/sub-client/login",
                        Map.of(
                                "shortPath",
                                workspace.shortPath(),
                                "usernameOrEmail",
                                who.user().username(),
                                "password",
                                ChatRooms.PASSWORD));
    }

    @Test
    void nothingThatWasPreparedOpensAfterATransfer() {
        String transfer = done(giving.post(
                        "/api/admin/TransferSubAccount",
                        Map.of("subAccountId", brand.username(), "to", taker.username())))
                .at("/transfer/id")
                .asText();
        said(done(taking.post("/api/admin/AcceptTransfer", Map.of("transferId", transfer, "dryRun", true))));
        assertThat(taking.get("/admin/moves/" + transfer + "/accept?as=" + taker.username())
                        .text())
                .contains("What ends:", "Single sign-on of 1 workspace", "What to review:");
        done(taking.post("/api/admin/AcceptTransfer", Map.of("transferId", transfer)));
        nothingOpens();

        done(taking.put(api + "/sso" + of, theirs()));
        done(taking.put(
                api + "/assistant" + of, Map.of("kind", "openai", "endpoint", NEVER_CALLED + "/taker", "model", "m")));
        done(taking.post("/api/admin/UndoTransfer", Map.of("transferId", transfer)));
        whatWasPreparedIsThereAgain();
    }

    /// What the receiver would come back by.
    private Map<String, ?> theirs() {
        return Map.of(
                "kind",
                "oidc",
                "issuer",
                provider.issuer(),
                "clientId",
                "taker",
                "clientSecret",
                FakeOidc.SECRET,
                "roles",
                Map.of("bosses", "admin"));
    }

    /// After an undone transfer: all that was the agency's, and nothing of the other side. Sessions have ended.
    private void whatWasPreparedIsThereAgain() {
        assertThat(isIn(before)).as("a session of the provider").isFalse();
        assertThat(isIn(admin)).as("a session").isFalse();
        assertThat(new SsoBrowser().get(home + "/sso").location())
                .as("the provider")
                .startsWith(provider.issuer())
                .contains("client_id=" + FakeOidc.CLIENT);
        assertThat(TestClient.anonymous().get(invitation).status())
                .as("an invitation of an admin")
                .isEqualTo(200);
        assertThat(TestClient.anonymous().get(passwordLink).status())
                .as("a mailed link")
                .isEqualTo(200);
        assertThat(signIn(admin).status()).as("a password").isEqualTo(200);
        assertThat(signIn(own).status()).as("a password of one's own").isEqualTo(200);
        assertThat(world.count(
                        "SELECT count(*) FROM workspace_api_keys WHERE sub_client_id = ?",
                        workspace.id().value()))
                .as("a key")
                .isEqualTo(1);
        assertThat(world.select(
                        "SELECT kind || coalesce(endpoint, '') FROM assistants WHERE sub_client_id = ?",
                        workspace.id().value()))
                .containsExactly("openai" + NEVER_CALLED + "/v1");
        assertThat(world.select(
                        "SELECT host FROM workspace_mail_servers WHERE sub_client_id = ?",
                        workspace.id().value()))
                .containsExactly("127.0.0.1");
        assertThat(world.select(
                        "SELECT is_active FROM webhook_endpoints WHERE account_id = ?",
                        brand.id().toString()))
                .containsExactly("1");
    }

    @Test
    void nothingThatWasPreparedOpensAfterAConversion() {
        TestWorld.Person person = world.person("alone");
        String token = Digests.newToken();
        Answer offered = giving.post(
                "/api/admin/ConvertSubAccount", Map.of("subAccountId", brand.username(), "email", person.email()));
        world.sql(
                "UPDATE account_moves SET token_hash = ? WHERE id = ?",
                Digests.sha256Hex(token),
                done(offered).at("/transfer/id").asText());
        assertThat(TestClient.of(person).get("/conversion?token=" + token).text())
                .contains("What ends:");
        done(TestClient.of(person).post("/api/admin/AcceptConversion", Map.of("token", token)));
        nothingOpens();
    }

    private void said(JsonNode plan) {
        String ends = plan.path("ends").toString();
        assertThat(ends)
                .contains(
                        "1 API key",
                        "2 open invitation or password links",
                        "1 mail server",
                        "sessions",
                        "Single sign-on of 1 workspace",
                        "1 assistant",
                        "1 webhook",
                        "1 export",
                        "Passwords of",
                        "User “" + own.user().username() + "”");
        assertThat(plan.path("review").toString()).contains(admin.user().username());
    }

    private void nothingOpens() {
        nothingOpensInTheWorkspace();
        assertThat(giving.get(api + of).status()).as("the former owner").isEqualTo(404);
        assertThat(giving.get("/api/admin/GetPages" + of).status()).isEqualTo(404);
        assertThat(giving.get("/api/admin/exports/" + export + "/file").status())
                .as("an export that was ready, or was being made")
                .isGreaterThanOrEqualTo(400);
        assertThat(world.select(
                        "SELECT is_active FROM webhook_endpoints WHERE account_id = ?",
                        brand.id().toString()))
                .containsExactly("0");
    }

    private void nothingOpensInTheWorkspace() {
        assertThat(new SsoBrowser().get(home + "/sso").location())
                .as("the provider")
                .doesNotContain(provider.issuer());
        assertThat(halfway.end(callback).status())
                .as("a sign-in that had begun")
                .isGreaterThanOrEqualTo(400);
        assertThat(isIn(halfway)).isFalse();
        assertThat(isIn(before)).as("a session of the provider").isFalse();
        assertThat(isIn(admin)).as("a session").isFalse();
        assertThat(TestClient.anonymous().get(invitation).status())
                .as("an invitation of an admin")
                .isEqualTo(404);
        assertThat(TestClient.anonymous().get(passwordLink).status())
                .as("a mailed link")
                .isEqualTo(404);
        assertThat(signIn(admin).status()).as("a password").isEqualTo(401);
        assertThat(signIn(own).status()).as("a password of one's own").isEqualTo(401);
        TestClient.anonymous().form(home + "/forgot-password", "usernameOrEmail", giver.email());
        assertThat(world.count(
                        "SELECT count(*) FROM mails WHERE recipient = ? AND body LIKE '%/invitation/%'", giver.email()))
                .as("a link for a new password")
                .isZero();
        assertThat(TestClient.anonymous()
                        .with("Authorization", "Bearer " + key)
                        .get(api + "/conversations")
                        .status())
                .as("a key")
                .isIn(401, 404);
        assertThat(world.select(
                        "SELECT kind || coalesce(endpoint, '') FROM assistants WHERE sub_client_id = ?",
                        workspace.id().value()))
                .as("conversations for a language model")
                .containsExactly("rules");
        assertThat(world.count(
                        "SELECT count(*) FROM workspace_mail_servers WHERE sub_client_id = ?",
                        workspace.id().value()))
                .as("mails through a server")
                .isZero();
    }
}
