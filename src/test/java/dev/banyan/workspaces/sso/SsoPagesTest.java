package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The page on which single sign-on is set up, from both sides.
@QuarkusTest
class SsoPagesTest {

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    private Workspace sales;
    private TestClient acme;
    private TestClient admin;

    @BeforeEach
    void aWorkspaceWithAnAdmin() {
        sales = rooms.workspace("Sales Team");
        var world = rooms.world();
        acme = TestClient.of(world.acme()).onPagesOf(world.acme());
        admin = TestClient.of(world.guest(world.context(world.acme()), sales, "leila", WorkspaceRole.ADMIN));
    }

    private String ofProject() {
        return WorkspacePaths.workspace(sales.project(), sales.id()) + "/settings";
    }

    private String ofAdmins() {
        return SsoBrowser.path(sales) + "/settings";
    }

    private String as() {
        return "?as=" + rooms.world().acme().username();
    }

    private static Map<String, String> oidc(String issuer) {
        return new LinkedHashMap<>(Map.of(
                "kind",
                "oidc",
                "issuer",
                issuer,
                "clientId",
                FakeOidc.CLIENT,
                "secret",
                FakeOidc.SECRET,
                "label",
                "Office",
                "roles",
                "Support team = agent\nbosses=admin",
                "createUsers",
                "on",
                "passwordSignIn",
                "on"));
    }

    @Test
    void bothSidesFindItOpenItTestItSaveItAndRemoveIt() {
        assertThat(acme.get(ofProject() + as()).text()).contains(ofProject() + "/sso");
        assertThat(admin.get(ofAdmins()).text()).contains(ofAdmins() + "/sso");
        assertThat(admin.get(ofAdmins() + "/sso?kind=ldap").text())
                .contains("Search account", "(uid=&#123;username&#125;)");
        try (var provider = new FakeOidc()) {
            Answer fresh = acme.get(ofProject() + "/sso" + as());
            assertThat(fresh.status()).as(fresh.toString()).isEqualTo(200);
            assertThat(fresh.text())
                    .contains(SsoBrowser.path(sales) + "/sso/callback", "Test sign-in")
                    .doesNotContain("Remove single sign-on…");

            Answer tested = acme.form(ofProject() + "/sso/test", oidc(provider.issuer()));
            assertThat(tested.status()).as(tested.toString()).isEqualTo(200);
            assertThat(tested.text())
                    .contains("The test worked", "Support team = agent", provider.issuer())
                    .doesNotContain(FakeOidc.SECRET);
            assertThat(acme.form(ofProject() + "/sso", oidc(provider.issuer())).location())
                    .contains("done=sso-saved");
            assertThat(admin.get(ofAdmins() + "/sso").text())
                    .contains("Saved. Leave empty to keep it.", "Support team = agent", "Remove single sign-on…")
                    .doesNotContain(FakeOidc.SECRET);
            var kept = oidc(provider.issuer());
            kept.put("secret", "");
            assertThat(admin.form(ofAdmins() + "/sso", kept).status()).isEqualTo(303);
            provider.person("1", "amira", "Support team");
            assertThat(new SsoBrowser().signIn(provider, sales, "1").status()).isEqualTo(303);
        }
        assertThat(admin.get(ofAdmins() + "/sso/remove").text()).contains("Remove single sign-on?");
        assertThat(acme.get(ofProject() + "/sso/remove" + as()).text()).contains("Remove single sign-on?");
        assertThat(admin.form(ofAdmins() + "/sso/remove").location()).contains("done=sso-removed");
        assertThat(admin.get(ofAdmins() + "/sso").text()).doesNotContain("Remove single sign-on…");
    }

    /// Saved without it, everyone was refused: “The provider doesn’t accept the client id or its secret.”
    @Test
    void aSecretIsTypedOnceAlsoForATestOrAnError() {
        try (var provider = new FakeOidc()) {
            var typed = oidc(provider.issuer());
            typed.put("clientId", "");
            Answer refused = admin.form(ofAdmins() + "/sso", typed);
            assertThat(refused.status()).isEqualTo(422);
            typed.putAll(
                    Map.of("clientId", FakeOidc.CLIENT, "secret", "", "typedSecret", refused.hidden("typedSecret")));
            Answer tested = admin.form(ofAdmins() + "/sso/test", typed);
            assertThat(tested.text())
                    .contains("The test worked", "Entered. Leave empty to use it.")
                    .doesNotContain(FakeOidc.SECRET);
            typed.put("typedSecret", tested.hidden("typedSecret"));
            assertThat(admin.form(ofAdmins() + "/sso", typed).location()).contains("done=sso-saved");
            provider.person("1", "amira", "Support team");
            assertThat(new SsoBrowser().signIn(provider, sales, "1").status()).isEqualTo(303);
            assertThat(admin.get(ofAdmins() + "/sso").hidden("typedSecret")).isEmpty();
        }
    }

    @Test
    void aProviderFillsTheFormAndItsStepsNameOurAddresses() {
        String page = admin.get(ofAdmins() + "/sso?preset=keycloak").text();
        assertThat(page)
                .contains("At Keycloak", "Valid post logout redirect URIs", "realm_access.roles", "your-realm")
                .contains(SsoBrowser.path(sales) + "/sso/callback", SsoBrowser.path(sales) + "/login")
                .contains("kind=oidc&amp;preset=google");
        assertThat(admin.get(ofAdmins() + "/sso?kind=saml&preset=adfs").text())
                .contains("At ADFS", "http://schemas.xmlsoap.org/claims/Group", SsoBrowser.path(sales) + "/sso/acs");
        assertThat(acme.get(ofProject() + "/sso" + as() + "&kind=ldap&preset=adfs")
                        .text())
                .doesNotContain("At ADFS");
        try (var provider = new FakeOidc()) {
            var wish = oidc(provider.issuer());
            wish.put("preset", "keycloak");
            assertThat(acme.form(ofProject() + "/sso/test", wish).text()).contains("At Keycloak", "The test worked");
            assertThat(acme.form(ofProject() + "/sso", wish).status()).isEqualTo(303);
            assertThat(admin.get(ofAdmins() + "/sso?preset=okta").text())
                    .as("the rest stays")
                    .contains("At Okta", provider.issuer(), "email profile groups offline_access", "bosses = admin");
        }
    }

    @Test
    void whatIsWrongIsSaidAtItsField() {
        var broken = oidc("nothing");
        broken.put("clientId", "");
        Answer answer = admin.form(ofAdmins() + "/sso", broken);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("Issuer must be an https address", "Client ID is required", "Support team = agent");
        Answer ldap = admin.form(ofAdmins() + "/sso", Map.of("kind", "ldap", "port", "x", "tls", "ldaps"));
        assertThat(ldap.status()).isEqualTo(422);
        assertThat(ldap.text()).contains("Host is required", "Port must be between", "Base of the search is required");
    }

    @Test
    void othersCanNotOpenItAndTheProjectSideProvesWhoItIs() {
        var world = rooms.world();
        var agent = world.guest(world.context(world.acme()), sales, "nour", WorkspaceRole.AGENT);
        assertThat(TestClient.of(agent).get(ofAdmins() + "/sso").status()).isEqualTo(403);
        assertThat(TestClient.of(agent)
                        .form(ofAdmins() + "/sso", oidc("https://x.example"))
                        .status())
                .isEqualTo(403);
        assertThat(TestClient.of(world.rival()).get(ofProject() + "/sso").status())
                .isEqualTo(404);
        clock.forward(Duration.ofHours(2));
        assertThat(acme.get(ofProject() + "/sso" + as()).location()).startsWith("/login/confirm");
    }
}
