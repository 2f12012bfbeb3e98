package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What admins see of sign-ins at their provider: who, what arrived, and why people aren’t in, in the provider’s words.
@QuarkusTest
class RecentSignInsTest extends OidcRoom {

    @Inject
    SignInLog log;

    private TestClient admin = TestClient.anonymous();

    @BeforeEach
    void anAdmin() {
        var world = rooms.world();
        admin = TestClient.of(world.guest(world.context(world.acme()), sales, "leila", WorkspaceRole.ADMIN));
    }

    private String page() {
        return admin.get(SsoBrowser.path(sales) + "/settings/sso").text();
    }

    private String stored(Workspace workspace) {
        return String.join(
                "\n",
                rooms.world()
                        .select(
                                "SELECT facts FROM sso_sign_ins WHERE sub_client_id = ? ORDER BY id",
                                workspace.id().value()));
    }

    private Answer refusedThere(String query) {
        String address = provider.signIn(browser.begin(sales), "1").getRawQuery();
        String state = address.substring(address.indexOf("state="));
        return browser.get(SsoBrowser.path(sales) + "/sso/callback?" + query + "&" + state);
    }

    @Test
    void theyAreListedWithTheNamesOfWhatArrivedAndTheReason() {
        assertThat(page()).contains("Recent sign-ins", "No sign-ins yet");
        provider.person("1", "amira", "sellers");
        provider.put(provider.person("2", "omar", "strangers", "<b>guests</b>").with("birthday", "1990-02-03"));
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(new SsoBrowser().signIn(provider, sales, "2").status()).isEqualTo(403);

        assertThat(page())
                .contains("amira@office.example", "Signed in", "sellers", "preferred_username")
                .contains("omar@office.example", "Refused", "None of their groups has a role here.")
                .contains(
                        "strangers, &lt;b&gt;guests&lt;/b&gt;",
                        "birthday",
                        "datetime=\"" + clock.instant().toString().substring(0, 10));
        assertThat(stored(sales)).contains("birthday").doesNotContain("1990");
        clock.forward(Duration.ofDays(31));
        assertThat(log.forgetExpired()).isPositive();
        assertThat(stored(sales)).isEmpty();
    }

    @Test
    void programsReadThemToo() {
        provider.person("1", "amira", "sellers");
        provider.person("2", "omar", "strangers");
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(new SsoBrowser().signIn(provider, sales, "2").status()).isEqualTo(403);
        Answer first = acme.get(route(sales) + "/sign-ins?limit=1");
        assertThat(first.json().at("/data/signIns/0/outcome").asText()).isEqualTo("refused");
        assertThat(first.json().at("/data/signIns/0/groups/0").asText()).isEqualTo("strangers");
        assertThat(first.json().at("/data/signIns/0/reason").asText()).contains("None of their groups has a role");
        String after = first.json().at("/data/nextCursor").asText();
        Answer second = acme.get(route(sales) + "/sign-ins?after=" + after);
        assertThat(second.json().at("/data/signIns/0/person").asText()).isEqualTo("amira@office.example");
        assertThat(second.json().at("/data/signIns/0/outcome").asText()).isEqualTo("in");
        assertThat(second.json().at("/data/signIns")).hasSize(1);
        assertThat(second.json().at("/data/nextCursor").isMissingNode()).isTrue();
        assertThat(TestClient.of(rooms.world().rival())
                        .get(route(sales) + "/sign-ins")
                        .status())
                .isEqualTo(404);
        Answer presets = acme.get(route(sales) + "/presets");
        assertThat(presets.text())
                .contains("Valid post logout redirect URIs")
                .contains(
                        acme.get(route(sales)).json().at("/data/postLogoutUri").asText());
    }

    @Test
    void theProvidersErrorIsSaidToThePersonAndTheAdminsCutAndWithoutWhatMayBeAToken() {
        String token = "A1b2".repeat(20);
        Answer answer = refusedThere("error=access_denied&error_description="
                + TestClient.encode(
                        "AADSTS50105: Not assigned to <i>Banyan</i>. " + token + " " + "long ".repeat(500)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .contains("It says: “access_denied: AADSTS50105: Not assigned to &lt;i&gt;Banyan&lt;/i&gt;. …")
                .doesNotContain(token);
        assertThat(page())
                .contains("Unknown person", "Failed", "The provider didn’t sign this person in.")
                .contains("access_denied: AADSTS50105: Not assigned to &lt;i&gt;");
        assertThat(stored(sales)).doesNotContain("A1b2A1b2").hasSizeLessThan(800);
    }

    @Test
    void aWrongSecretIsFoundByTheTestAndAtTheSignInAndIsNotRepeated() {
        assertThat(steps(Map.of())).contains("has no objection to the client ID and its secret");
        String wrong = "not-the-secret";
        var settings = new HashMap<String, Object>(Map.of(
                "kind",
                "oidc",
                "issuer",
                provider.issuer(),
                "clientId",
                FakeOidc.CLIENT,
                "clientSecret",
                wrong,
                "defaultRole",
                "user"));
        assertThat(steps(settings))
                .contains(
                        "\"ok\":false",
                        "doesn’t accept the client ID or its secret. It says: invalid_client: Not the secret of this"
                                + " client: banyan:…")
                .doesNotContain(wrong);
        setUp(Map.of("clientSecret", wrong));
        provider.person("1", "amira", "sellers");
        Answer answer = browser.signIn(provider, sales, "1");
        assertThat(answer.text()).contains("isn’t set up correctly").doesNotContain("invalid_client");
        assertThat(page()).contains("invalid_client: Not the secret of this client: banyan:…");
        assertThat(stored(sales)).contains("invalid_client").doesNotContain(wrong);
    }

    private String steps(Map<String, Object> settings) {
        return acme.post(route(sales) + "/test", settings).text();
    }

    @Test
    void strangersDoNotFillIt() {
        provider.person("1", "amira", "sellers");
        provider.person("2", "omar", "strangers");
        for (int number = 0; number < 55; number++) {
            refusedThere("error=e" + number);
        }
        assertThat(new SsoBrowser().signIn(provider, sales, "2").status()).isEqualTo(403);
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(stored(sales).lines()).hasSize(50 + 2);
        assertThat(page())
                .contains("amira@office.example", "omar@office.example", "5 sign-ins later in this hour not listed");
        String older =
                page().replaceAll("(?s).*href=\"([^\"]*)#sign-ins\".*", "$1").replace("&amp;", "&");
        String second = admin.get(older).text();
        assertThat(second).contains("Recent sign-ins", "<q><bdi>e31</bdi></q>").doesNotContain("omar@office.example");
        assertThat(page()).contains("<q><bdi>e32</bdi></q>").doesNotContain("<q><bdi>e31</bdi></q>");
        clock.forward(Duration.ofHours(1));
        refusedThere("error=next");
        assertThat(page()).contains("<q><bdi>next</bdi></q>");
    }
}
