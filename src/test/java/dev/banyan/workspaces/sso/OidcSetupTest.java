package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Setting up single sign-on: who may, what is refused, where secrets stay, and what it means for passwords and
/// sessions.
@QuarkusTest
class OidcSetupTest extends OidcRoom {

    @Test
    void withoutPasswordsOnlyTheEmergencyAdminSignsInWithOne() {
        var world = rooms.world();
        var leila = world.guest(world.context(world.acme()), sales, "leila", WorkspaceRole.ADMIN);
        var omar = world.guest(world.context(world.acme()), sales, "omar", WorkspaceRole.USER);
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(acme.put(
                                route(sales),
                                Map.of(
                                        "kind",
                                        "oidc",
                                        "issuer",
                                        provider.issuer(),
                                        "clientId",
                                        FakeOidc.CLIENT,
                                        "defaultRole",
                                        "user",
                                        "passwordSignIn",
                                        false))
                        .error())
                .contains("Name an admin");
        for (String notAnAdmin : List.of("omar", "someone")) {
            assertThat(acme.put(
                                    route(sales),
                                    Map.of(
                                            "kind",
                                            "oidc",
                                            "issuer",
                                            provider.issuer(),
                                            "clientId",
                                            FakeOidc.CLIENT,
                                            "defaultRole",
                                            "user",
                                            "passwordSignIn",
                                            false,
                                            "emergencyAdmin",
                                            notAnAdmin))
                            .status())
                    .isEqualTo(400);
        }
        setUp(Map.of("passwordSignIn", false, "emergencyAdmin", "leila"));

        assertThat(browser.isIn(sales)).as("signed in at the provider").isTrue();
        assertThat(TestClient.of(leila).get("/api/sub-client/me").status()).isEqualTo(200);
        assertThat(TestClient.of(omar).get("/api/sub-client/me").status())
                .as("a session by password")
                .isEqualTo(401);
        assertThat(login("leila").status()).isEqualTo(200);
        assertThat(login("omar").status()).isEqualTo(403);
        assertThat(login("omar").error()).contains("Passwords are off");
        assertThat(TestClient.anonymous()
                        .form(
                                SsoBrowser.path(sales) + "/login",
                                "usernameOrEmail",
                                "omar",
                                "password",
                                "correct horse battery")
                        .text())
                .contains("Passwords are off in this workspace");
        assertThat(TestClient.anonymous()
                        .post(
                                "/api/sub-client/register",
                                Map.of(
                                        "shortPath",
                                        sales.shortPath(),
                                        "email",
                                        "new@guests.example",
                                        "username",
                                        "newcomer",
                                        "password",
                                        "correct horse battery"))
                        .status())
                .isEqualTo(403);
        assertThat(TestClient.anonymous()
                        .get(SsoBrowser.path(sales) + "/register")
                        .status())
                .isEqualTo(403);
        assertThat(TestClient.anonymous().get(SsoBrowser.path(sales) + "/login").text())
                .doesNotContain("Create an account");
    }

    private Answer login(String name) {
        return TestClient.anonymous()
                .post(
                        "/api/sub-client/login",
                        Map.of(
                                "shortPath",
                                sales.shortPath(),
                                "usernameOrEmail",
                                name,
                                "password",
                                "correct horse battery"));
    }

    @Test
    void aLinkForAPasswordOpensNothingWherePasswordsAreOff() {
        var world = rooms.world();
        world.guest(world.context(world.acme()), sales, "leila", WorkspaceRole.ADMIN);
        var omar = world.guest(world.context(world.acme()), sales, "omar", WorkspaceRole.USER);
        world.confirm(world.acme());
        String users = "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/users/";
        assertThat(acme.post(users + omar.id() + "/password-link", Map.of()).status())
                .isEqualTo(200);
        String token = mailedToken();
        setUp(Map.of("passwordSignIn", false, "emergencyAdmin", "leila"));
        assertThat(TestClient.anonymous()
                        .post(
                                "/api/sub-client/invitation",
                                Map.of("shortPath", sales.shortPath(), "token", token, "password", "a new password"))
                        .status())
                .isEqualTo(404);
        setUp(Map.of());
        assertThat(TestClient.anonymous()
                        .post(
                                "/api/sub-client/invitation",
                                Map.of("shortPath", sales.shortPath(), "token", token, "password", "a new password"))
                        .status())
                .isEqualTo(201);
    }

    private String mailedToken() {
        String link = SsoBrowser.path(sales) + "/invitation/";
        String text = rooms.world()
                .select("SELECT body FROM mails WHERE body LIKE ?", "%" + link + "%")
                .getFirst();
        int at = text.indexOf(link) + link.length();
        return text.substring(at, text.indexOf('\n', at)).strip();
    }

    @Test
    void removingItOrChoosingAnotherProviderEndsItsSessions() {
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        setUp(Map.of("label", "Headquarters"));
        assertThat(browser.isIn(sales)).as("the same provider").isTrue();
        setUp(Map.of("clientId", FakeOidc.CLIENT, "groupClaim", "teams", "defaultRole", "user"));
        assertThat(browser.isIn(sales)).isFalse();
        setUp(Map.of());
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(acme.delete(route(sales)).status()).isEqualTo(200);
        assertThat(browser.isIn(sales)).isFalse();
        assertThat(users()).as("users are kept").isEqualTo(1);
        assertThat(browser.get(SsoBrowser.path(sales) + "/sso").location())
                .isEqualTo(SsoBrowser.path(sales) + "/login");
    }

    @Test
    void whileItIsOnItsWayAnotherProviderMayBeChosen() {
        provider.person("1", "amira", "sellers");
        URI callback = provider.signIn(browser.begin(sales), "1");
        acme.delete(route(sales));
        assertThat(browser.end(callback).status()).isEqualTo(400);
        assertThat(browser.isIn(sales)).isFalse();
    }

    @Test
    void addressesThatAreNotPublicAreNotCalled() {
        for (String issuer :
                List.of("https://10.0.0.1", "https://169.254.169.254/latest", "https://192.168.1.1:8443/x")) {
            Answer test = acme.post(
                    route(sales) + "/test",
                    Map.of(
                            "kind",
                            "oidc",
                            "issuer",
                            issuer,
                            "clientId",
                            "x",
                            "clientSecret",
                            "x",
                            "defaultRole",
                            "user"));
            assertThat(test.json().at("/data/ok").asBoolean(true))
                    .as(test.toString())
                    .isFalse();
            assertThat(test.json().at("/data/steps/0/text").asText()).contains("doesn’t call private addresses");
        }
        for (String issuer : List.of(
                "http://login.example.com", "ftp://x", "https://user@x.example", "login", "https://x.example/?a=b")) {
            assertThat(acme.put(
                                    route(sales),
                                    Map.of("kind", "oidc", "issuer", issuer, "clientId", "x", "defaultRole", "user"))
                            .status())
                    .as(issuer)
                    .isEqualTo(400);
        }
    }

    @Test
    void theAddressOfItsDocumentNamesAProviderToo() {
        setUp(Map.of("issuer", provider.issuer() + "/.well-known/openid-configuration"));
        assertThat(acme.get(route(sales)).json().at("/data/sso/issuer").asText())
                .isEqualTo(provider.issuer());
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
    }

    /// Providers' consoles let people copy a blank or a line end with it.
    @Test
    void aPastedSecretMayHaveBlanksAroundIt() {
        setUp(Map.of("clientSecret", "\t" + FakeOidc.SECRET + " \n"));
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
    }

    @Test
    void theTestSaysWhatIsWrong() {
        Answer good = acme.post(route(sales) + "/test", Map.of());
        assertThat(good.json().at("/data/ok").asBoolean()).as(good.toString()).isTrue();
        assertThat(good.json().at("/data/steps")).hasSize(4);
        Answer other = acme.post(
                route(sales) + "/test",
                Map.of(
                        "kind",
                        "oidc",
                        "issuer",
                        provider.issuer() + "/",
                        "clientId",
                        "x",
                        "clientSecret",
                        "x",
                        "defaultRole",
                        "user"));
        assertThat(other.json().at("/data/steps/0/text").asText()).contains("Enter exactly that address");
        provider.goDown(true);
        assertThat(acme.post(route(sales) + "/test", Map.of())
                        .json()
                        .at("/data/steps/0/text")
                        .asText())
                .contains("answered 503");
    }

    /// Auth0 answers the first one, OneLogin the second; servers before a provider may answer a page.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | application/json | {\"error\":\"access_denied\",\"error_description\":\"Unauthorized\"} | It says: access_denied: Unauthorized",
                "401 | application/json | {\"statusCode\":401,\"error\":\"Unauthorized\"} | doesn’t accept the client ID or its secret",
                "401 | text/html | <html>Who are you?</html> | doesn’t accept the client ID or its secret",
                "400 | application/json | {\"error\":\"invalid_client_id\"} | It says: invalid_client_id",
                "404 | text/html | <html>Not here</html> | answered 404",
                "429 | text/plain | Later | answered 429"
            })
    void theTestIsNotGreenWithASecretThatTheProviderRefuses(int status, String type, String body, String text) {
        provider.refuseTokens(status, type, body);
        Answer tested = acme.post(route(sales) + "/test", Map.of());
        assertThat(tested.json().at("/data/ok").asBoolean(true))
                .as(tested.toString())
                .isFalse();
        assertThat(tested.json().at("/data/steps/2/text").asText()).contains(text);
    }

    @Test
    void secretsAreNeverShownAndNeverSentToAnotherServer() {
        Answer shown = acme.get(route(sales));
        assertThat(shown.text()).doesNotContain(FakeOidc.SECRET).contains("\"hasSecret\":true", "/sso/callback");
        List<String> stored = rooms.world()
                .select(
                        "SELECT secret FROM workspace_sso WHERE sub_client_id = ?",
                        sales.id().value());
        assertThat(stored.getFirst()).startsWith("v2.").doesNotContain(FakeOidc.SECRET);

        var kept = Map.<String, Object>of(
                "kind", "oidc", "issuer", provider.issuer(), "clientId", FakeOidc.CLIENT, "defaultRole", "user");
        assertThat(acme.put(route(sales), kept).json().at("/data/sso/hasSecret").asBoolean())
                .isTrue();
        provider.person("1", "amira");
        assertIn(browser.signIn(provider, sales, "1"));
        try (var thief = new FakeOidc()) {
            var moved = new HashMap<>(kept);
            moved.put("issuer", thief.issuer());
            assertThat(acme.put(route(sales), moved).error())
                    .startsWith("Enter it again: it was entered for " + provider.issuer());
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        var good = Map.<String, Object>of(
                "kind", "oidc", "issuer", "https://login.example.com", "clientId", "x", "defaultRole", "user");
        refuse(good, "kind", "magic", "kind must be oidc, saml or ldap");
        refuse(good, "metadata", "<x/>", "metadataUrl, metadata and entityId are for SAML");
        refuse(good, "clientId", "", "clientId is required");
        refuse(good, "defaultRole", "owner", "Role must be 'admin', 'agent' or 'user'");
        refuse(good, "roles", Map.of("x", "owner"), "Role must be 'admin', 'agent' or 'user'");
        refuse(
                good,
                "host",
                "ldap.example.com",
                "host, port, tls, certificate, bindDn, bindPassword, baseDn and filters are for LDAP");
        refuse(good, "groupClaim", "a\u0007b", "groupClaim must be up to 255 characters");
        refuse(good, "emailClaim", "a".repeat(256), "emailClaim must be up to 255 characters");
        refuse(good, "isSecret", true, "Unknown field: isSecret");
        var noRoles = new HashMap<>(good);
        noRoles.remove("defaultRole");
        assertThat(acme.put(route(sales), noRoles).error()).startsWith("Name at least one group");
    }

    private void refuse(Map<String, Object> good, String field, Object value, String error) {
        var body = new HashMap<>(good);
        body.put(field, value);
        Answer answer = acme.put(route(sales), body);
        assertThat(answer.status()).as(field).isEqualTo(400);
        assertThat(answer.error()).startsWith(error);
    }

    @Test
    void adminsOfTheWorkspaceMayAndOthersMayNot() {
        var world = rooms.world();
        var admin = world.guest(world.context(world.acme()), sales, "leila", WorkspaceRole.ADMIN);
        var agent = world.guest(world.context(world.acme()), sales, "nour", WorkspaceRole.AGENT);
        assertThat(TestClient.of(admin).get(route(sales)).status()).isEqualTo(200);
        assertThat(TestClient.of(agent).get(route(sales)).status()).isEqualTo(403);
        assertThat(TestClient.of(agent).delete(route(sales)).status()).isEqualTo(403);
        assertThat(TestClient.of(world.rival()).get(route(sales)).status()).isEqualTo(404);
        assertThat(TestClient.of(world.rival())
                        .post(route(sales) + "/test", Map.of())
                        .status())
                .isEqualTo(404);
        clock.forward(Duration.ofHours(2));
        assertThat(acme.delete(route(sales)).json().path("reauthenticate").asBoolean())
                .as("a recent proof is asked for")
                .isTrue();
    }
}
