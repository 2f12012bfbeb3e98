package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.AtHost;
import dev.banyan.FakeDns;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.config.Settings;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The address that a provider was told stays, whatever becomes of the workspace’s addresses, until it is changed on
/// purpose.
@QuarkusTest
class ToldAddressTest {

    @Inject
    TestWorld world;

    @Inject
    Settings settings;

    @Inject
    TestClock clock;

    private final FakeDns dns = FakeDns.ofServer();
    private final FakeOidc provider = new FakeOidc();
    private final SsoBrowser browser = new SsoBrowser();
    private TestWorld.Person owner;
    private TestClient client;
    private Workspace sales;
    private String home = "";
    private String host = "";
    private String domain = "";

    @BeforeEach
    void aWorkspace() {
        provider.person("1", "amira", "sellers");
        owner = world.person("told");
        world.plan(owner, Tier.PREMIUM, AgencyPermission.BASIC, Map.of());
        client = TestClient.of(owner);
        sales = world.workspace(world.context(owner), world.project(world.context(owner), "Atlas"), "Sales");
        home = "/s/" + sales.shortPath();
        host = world.name("desk") + ".example";
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private String managed() {
        return WorkspacePaths.workspace(sales.project(), sales.id());
    }

    private void setUp(Map<String, Object> more) {
        var wish = new HashMap<String, Object>(
                Map.of("label", "Office", "roles", Map.of("sellers", "agent", "bosses", "admin")));
        wish.putAll(more);
        Answer answer = client.put("/api" + managed() + "/sso", wish);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private void setUpOidc() {
        setUp(Map.of(
                "kind",
                "oidc",
                "issuer",
                provider.issuer(),
                "clientId",
                FakeOidc.CLIENT,
                "clientSecret",
                FakeOidc.SECRET));
    }

    private void prove() {
        domain = client.post(
                        "/api/admin/domains",
                        Map.of("domain", host, "subClientId", sales.id().value()))
                .json()
                .path("id")
                .asText();
        dns.has(host, "TXT", "\"verify=" + sales.id().value() + "\"");
        Answer checked = client.post("/api/admin/domains/" + domain + "/check", Map.of());
        assertThat(checked.json().path("state").asText()).as(checked.toString()).isEqualTo("active");
    }

    private AtHost atHost() {
        return new AtHost(TestServer.uri(), host);
    }

    private static String led(AtHost.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
        return answer.header("location").orElseThrow();
    }

    private void assertTells(String authorization, String address) {
        assertThat(authorization)
                .startsWith(provider.issuer() + "/auth?")
                .contains("redirect_uri=" + TestClient.encode(address + "/sso/callback"));
    }

    private String page() {
        return client.onPagesOf(owner).get(managed() + "/settings/sso").text();
    }

    @Test
    void aSetUpAtTheServersAddressWorksWhenADomainIsProvedWhereverASignInBegins() {
        setUpOidc();
        prove();

        String begun = browser.get(home + "/sso").location();
        assertTells(begun, settings.baseUrl() + home);
        assertThat(browser.end(provider.signIn(URI.create(begun), "1")).location())
                .isEqualTo(home + "/inbox");
        assertThat(browser.isIn(sales)).isTrue();
        assertThat(led(atHost().get(home + "/sso"))).isEqualTo(settings.baseUrl() + home + "/sso");
        String next = "?next=" + TestClient.encode(home + "/inbox?list=mine");
        assertThat(led(atHost().get(home + "/sso" + next))).isEqualTo(settings.baseUrl() + home + "/sso" + next);
        assertThat(client.get("/api" + managed() + "/sso").text())
                .contains(settings.baseUrl() + home + "/sso/callback");
        assertThat(page())
                .contains(settings.baseUrl() + home + "/sso/callback", "Use the new address…")
                .contains(settings.at(host) + home + "/sso/callback");
    }

    @Test
    void aRenamedWorkspaceIsStillKnownByItsFormerAddress() {
        setUpOidc();
        Answer renamed = client.put("/api" + managed(), Map.of("pathname", "desk-of-today"));
        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
        String now = "/s/" + sales.shortId() + "-desk-of-today";

        String begun = browser.get(now + "/sso").location();
        assertTells(begun, settings.baseUrl() + home);
        Answer back = browser.end(provider.signIn(URI.create(begun), "1"));
        assertThat(back.status()).isEqualTo(301);
        assertThat(browser.get(back.location()).location()).isEqualTo(now + "/inbox");
    }

    @Test
    void theNewAddressIsUsedOnPurposeAndOnlyWhileTheHostIsTheWorkspaces() {
        setUpOidc();
        prove();
        Answer used = client.onPagesOf(owner).form(managed() + "/settings/sso/address", "as", owner.username());
        assertThat(used.location()).contains("done=sso-address-changed");
        assertThat(page()).doesNotContain("Use the new address…").contains(settings.at(host) + home + "/sso/callback");

        assertThat(browser.get(home + "/sso").location()).isEqualTo(settings.at(host) + home + "/sso");
        AtHost.Answer begun = atHost().get(home + "/sso");
        assertTells(led(begun), settings.at(host) + home);
        URI callback = provider.signIn(URI.create(led(begun)), "1");
        AtHost.Answer in = atHost().get(
                        callback.getRawPath() + "?" + callback.getRawQuery(),
                        "Cookie: " + begun.header("set-cookie").orElseThrow().replaceFirst(";.*", ""));
        assertThat(led(in)).isEqualTo(home + "/inbox");

        client.put("/api" + managed(), Map.of("pathname", "desk-of-today"));
        String now = "/s/" + sales.shortId() + "-desk-of-today";
        assertTells(led(atHost().get(now + "/sso")), settings.at(host) + home);
        assertThat(atHost().get(home + "/sso/callback?state=x")
                        .header("location")
                        .orElse(""))
                .endsWith(now + "/sso/callback?state=x");

        assertThat(client.delete("/api/admin/domains/" + domain).status()).isEqualTo(200);
        assertTells(browser.get(now + "/sso").location(), settings.baseUrl() + now);
    }

    @Test
    void aProgramUsesTheNewAddressOnPurposeToo() {
        setUpOidc();
        String sso = "/api" + managed() + "/sso";
        assertThat(client.get(sso).text()).doesNotContain("newRedirectUri");
        prove();
        String now = settings.at(host) + home;
        assertThat(client.get(sso).json().findValue("newRedirectUri").asText()).isEqualTo(now + "/sso/callback");
        assertThat(client.get(sso).json().findValue("redirectUri").asText())
                .isEqualTo(settings.baseUrl() + home + "/sso/callback");

        Answer used = client.put(sso + "/address", Map.of());
        assertThat(used.status()).as(used.toString()).isEqualTo(200);
        assertThat(used.json().findValue("redirectUri").asText()).isEqualTo(now + "/sso/callback");
        assertThat(used.text()).doesNotContain("newRedirectUri");
        assertTells(led(atHost().get(home + "/sso")), now);
    }

    @Test
    void aSamlProviderKnowsTheFormerEntityIdAndAddress() {
        try (var saml = new FakeSaml(clock)) {
            setUp(Map.of("kind", "saml", "metadata", saml.metadata()));
            prove();
            client.put("/api" + managed(), Map.of("pathname", "desk-of-today"));
            String now = "/s/" + sales.shortId() + "-desk-of-today";

            assertThat(browser.get(now + "/sso/metadata").text())
                    .contains(settings.baseUrl() + home + "/sso/metadata", settings.baseUrl() + home + "/sso/acs");
            assertThat(led(atHost().get(now + "/sso"))).isEqualTo(settings.baseUrl() + now + "/sso");
            var begun = URI.create(browser.get(now + "/sso").location());
            FakeSaml.Reply reply = saml.reply(saml.person(begun, "amira", "sellers"));
            Answer moved = TestClient.anonymous()
                    .form(home + "/sso/acs", "SAMLResponse", reply.response(), "RelayState", reply.relayState());
            assertThat(moved.status()).isEqualTo(308);
            assertThat(browser.answer(moved.location(), reply).location()).isEqualTo(now + "/inbox");
        }
    }
}
