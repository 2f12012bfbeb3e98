package dev.banyan.platform.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.platform.secrets.TestSecrets;
import dev.banyan.platform.sso.OidcProvider.Answer;
import dev.banyan.platform.sso.OidcProvider.Secrets;
import dev.banyan.workspaces.sso.Keycloak;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our guide for Keycloak, followed to the letter with a real one: its steps there, its preset here.
@Tag("keycloak")
class KeycloakGuideTest {

    private static final String HOME = "https://banyan.example.com/s/x7M2-marketing";
    private static final SsoAddresses ADDRESSES = new SsoAddresses(HOME + "/sso", Optional.of(HOME + "/login"));
    private static final SsoRules.Roles ROLES = new SsoRules.Roles(List.of("admin", "agent", "user"), "No role");
    private static final String PASSWORD = "blue parrot 7";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private static Keycloak keycloak;

    @SuppressWarnings("NullAway.Init")
    private static SamlKeys keys;

    private final ProviderHttp http = new ProviderHttp(LocalHttp.client());
    private final OidcDocuments documents = new OidcDocuments(http, Clock.systemUTC());
    private final SamlDocuments metadata = new SamlDocuments(http, keys, Clock.systemUTC());

    @BeforeAll
    static void startKeycloak(@TempDir Path data) {
        Settings ours = Settings.forTests(data);
        keys = new SamlKeys(TestDatabases.SQLITE.newCopy(), TestSecrets.of(ours), ours, Clock.systemUTC());
        keycloak = Keycloak.running();
        keycloak.employ("leila", "sellers", PASSWORD, false);
    }

    /// Returns the address that a step tells to enter.
    private static String address(String kind, String label) {
        SsoPreset preset = SsoPreset.Choices.at(ADDRESSES).presets().stream()
                .filter(found -> found.key().equals("keycloak") && found.kind().equals(kind))
                .findFirst()
                .orElseThrow();
        return preset.steps().stream()
                .filter(step -> step.text().contains(label))
                .flatMap(step -> step.address().stream())
                .findFirst()
                .orElseThrow();
    }

    /// Fills the form from the preset, then what everyone enters themselves.
    private SsoSettings settings(String kind, Map<String, String> typed) {
        var values = new HashMap<>(
                SsoForm.shown(Optional.empty(), kind, "keycloak", ROLES.keys()).values());
        values.putAll(typed);
        SsoBody body = new SsoForm(kind, values, ROLES.keys()).body(Keycloak.SECRET);
        return switch (SsoRules.read(body, ROLES, Optional.empty(), metadata)) {
            case SsoRules.Read.Valid(SsoRules.Wish wish) -> wish.settings();
            case SsoRules.Read.Rejected(var invalid) -> throw new AssertionError(invalid);
        };
    }

    @Test
    void openIdConnect() throws Exception {
        keycloak.create(
                "/clients",
                Map.of(
                        "clientId",
                        "guided",
                        "secret",
                        Keycloak.SECRET,
                        "protocol",
                        "openid-connect",
                        "publicClient",
                        false,
                        "standardFlowEnabled",
                        true,
                        "redirectUris",
                        List.of(address("oidc", "“Valid redirect URIs”")),
                        "attributes",
                        Map.of(
                                "post.logout.redirect.uris",
                                address("oidc", "“Valid post logout redirect URIs”"),
                                "backchannel.logout.url",
                                address("oidc", "“Backchannel logout URL”"))));
        keycloak.create("/roles", Map.of("name", "support"));
        keycloak.give("leila", "support");
        var typed = Map.of("issuer", keycloak.issuer(), "clientId", "guided", "roles", "Support = agent");

        SsoPerson named = signIn(settings("oidc", typed)).person();
        assertThat(settings("oidc", typed).roleOf(named.groups(), ROLES.keys())).contains("agent");
        assertThat(named.emailVerified()).as("what an admin entered").contains(false);
        assertThat(named.emailSent()).contains("says that it isn’t verified");

        var trusting = new HashMap<>(typed);
        trusting.put("trustEmails", "on");
        OidcProvider.SignedIn in = signIn(settings("oidc", trusting));
        assertThat(in.person().emailVerified()).contains(true);
        assertThat(in.person().email()).contains("leila@office.example");
        OidcProvider client = client(settings("oidc", trusting), Keycloak.SECRET);
        assertThat(client.checkClient(URI.create(ADDRESSES.redirect()))).contains("no objection");
        assertThatThrownBy(
                        () -> client(settings("oidc", trusting), "wrong").checkClient(URI.create(ADDRESSES.redirect())))
                .hasMessageContaining("doesn’t accept the client ID or its secret");
        assertThat(client.renew(in.refreshToken().orElseThrow(), in.person().subject(), in.idToken())
                        .person()
                        .groups())
                .contains("support");

        URI back = URI.create(ADDRESSES.signedOut().orElseThrow());
        assertThat(get(
                                client.signOutAddress(in.idToken(), URI.create(HOME + "/elsewhere"))
                                        .orElseThrow(),
                                "")
                        .body())
                .contains("Invalid redirect uri");
        HttpResponse<String> out = get(client.signOutAddress(in.idToken(), back).orElseThrow(), "");
        assertThat(out.statusCode()).as(out.body()).isEqualTo(302);
        assertThat(out.headers().firstValue("Location").orElseThrow()).startsWith(back.toString());
    }

    private OidcProvider client(SsoSettings settings, String secret) {
        return settings.provider() instanceof SsoProvider.Oidc oidc
                ? new OidcProvider(documents, http, oidc, Optional.of(secret))
                : fail(settings);
    }

    private static OidcProvider fail(SsoSettings settings) {
        throw new AssertionError(settings);
    }

    private OidcProvider.SignedIn signIn(SsoSettings settings) throws Exception {
        OidcProvider client = client(settings, Keycloak.SECRET);
        Secrets secrets = Secrets.fresh();
        URI redirect = URI.create(ADDRESSES.redirect());
        HttpResponse<String> back = logIn(client.signInAddress(redirect, "state", secrets));
        assertThat(back.statusCode()).as(back.body()).isEqualTo(302);
        URI callback = URI.create(back.headers().firstValue("Location").orElseThrow());
        assertThat(callback.toString()).startsWith(ADDRESSES.redirect() + "?");
        Map<String, List<String>> query = URLUtils.parseParameters(callback.getRawQuery());
        return client.signIn(
                new Answer(
                        query.getOrDefault("code", List.of("")).getFirst(),
                        query.getOrDefault("iss", List.of()).stream().findFirst()),
                redirect,
                secrets);
    }

    @Test
    void saml() throws Exception {
        keycloak.create(
                "/clients",
                Map.of(
                        "clientId",
                        address("saml", "client ID"),
                        "protocol",
                        "saml",
                        "redirectUris",
                        List.of(address("saml", "“Valid redirect URIs”")),
                        "adminUrl",
                        address("saml", "“Master SAML Processing URL”"),
                        "attributes",
                        Map.of(
                                "saml_name_id_format",
                                "persistent",
                                "saml.assertion.signature",
                                "true",
                                "saml.client.signature",
                                "false",
                                // What its form has on for new clients.
                                "saml.server.signature",
                                "true",
                                "saml.signature.algorithm",
                                "RSA_SHA256",
                                "saml.authnstatement",
                                "true",
                                "saml.force.post.binding",
                                "true"),
                        "protocolMappers",
                        List.of(
                                property("email"),
                                property("username"),
                                Map.of(
                                        "name",
                                        "groups",
                                        "protocol",
                                        "saml",
                                        "protocolMapper",
                                        "saml-group-membership-mapper",
                                        "config",
                                        Map.of("attribute.name", "groups", "full.path", "true")))));
        SsoSettings settings =
                settings("saml", Map.of("metadataUrl", keycloak.samlMetadata(), "roles", "Sellers = agent"));
        SamlProvider client = metadata.provider(saml(settings), ADDRESSES.service());
        SamlProvider.Asked asked = client.ask("state");
        String page = logIn(asked.to().provider()).body();
        assertThat(page).contains("action=\"" + ADDRESSES.service().answersTo() + "\"");
        SsoPerson named = client.signIn(field(page, "SAMLResponse"), asked.id()).person();
        assertThat(named.groups()).containsExactly("/sellers");
        assertThat(settings.roleOf(named.groups(), ROLES.keys())).contains("agent");
        assertThat(named.email()).contains("leila@office.example");
        assertThat(named.username()).contains("leila");
    }

    private static SsoProvider.Saml saml(SsoSettings settings) {
        return (SsoProvider.Saml) settings.provider();
    }

    /// With “Client signature required” on, it knows our certificate from our metadata, which were imported there.
    @Test
    void signedRequests() throws Exception {
        SamlService us = new SsoAddresses(HOME + "-signed/sso", Optional.empty()).service();
        keycloak.addSamlClient(us.metadata(keys.current().certificate(), true));
        SsoProvider.Saml there =
                saml(settings("saml", Map.of("metadataUrl", keycloak.samlMetadata(), "roles", "Sellers = agent")));
        assertThat(there.metadata().wantsSigned()).isTrue();
        assertThat(there.metadata().postsRequests()).isFalse();
        SamlProvider byRedirect = metadata.provider(there, us);
        SamlProvider.Asked asked = byRedirect.ask("state");
        URI changed = URI.create(asked.to().provider().toString().replace("RelayState=state", "RelayState=other"));
        assertThat(get(changed, "").statusCode())
                .as("a state that isn’t signed")
                .isEqualTo(400);
        assertLeila(byRedirect, asked, logIn(asked.to().provider()));

        SamlMetadata found = there.metadata();
        var withoutRedirects = new SamlMetadata(found.entityId(), found.signInUrl(), found.certificates(), true, true);
        SamlProvider byForm = metadata.provider(new SsoProvider.Saml(Optional.empty(), withoutRedirects, "groups"), us);
        asked = byForm.ask("state");
        HttpResponse<String> begun = post(asked.to());
        String location = begun.headers().firstValue("Location").orElse("");
        assertThat(location).as(begun.statusCode() + " " + begun.body()).isNotEmpty();
        String cookies = cookies(begun);
        assertLeila(byForm, asked, logIn(get(URI.create(location), cookies), cookies));
        var unsigned = new SamlMetadata(found.entityId(), found.signInUrl(), found.certificates(), true, false);
        SamlProvider without = metadata.provider(new SsoProvider.Saml(Optional.empty(), unsigned, "groups"), us);
        assertThat(post(without.ask("state").to()).statusCode()).as("unsigned").isEqualTo(400);
    }

    private static void assertLeila(SamlProvider client, SamlProvider.Asked asked, HttpResponse<String> page)
            throws ProviderTrouble {
        SsoPerson named =
                client.signIn(field(page.body(), "SAMLResponse"), asked.id()).person();
        assertThat(named.email()).contains("leila@office.example");
        assertThat(named.username()).contains("leila");
    }

    private static HttpResponse<String> post(SamlProvider.Leaving to) throws Exception {
        String body = to.fields().entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HTTP.send(
                HttpRequest.newBuilder(to.provider())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static Map<String, Object> property(String name) {
        return Map.of(
                "name",
                name,
                "protocol",
                "saml",
                "protocolMapper",
                "saml-user-property-mapper",
                "config",
                Map.of("user.attribute", name, "attribute.name", name, "attribute.nameformat", "Basic"));
    }

    private static HttpResponse<String> get(URI address, String cookies) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(address).header("Cookie", cookies).build(), BodyHandlers.ofString());
    }

    /// Enters the name and the password on the provider’s page.
    private static HttpResponse<String> logIn(URI address) throws Exception {
        HttpResponse<String> page = get(address, "");
        return logIn(page, cookies(page));
    }

    private static String cookies(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    private static HttpResponse<String> logIn(HttpResponse<String> page, String cookies) throws Exception {
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        Matcher action =
                Pattern.compile("id=\"kc-form-login\"[^>]*action=\"([^\"]+)\"").matcher(page.body());
        assertThat(action.find()).as(page.body()).isTrue();
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                        .header("Cookie", cookies)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("username=leila&password=" + PASSWORD.replace(" ", "+")))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String field(String page, String name) {
        Matcher found = Pattern.compile("(?i)name=\"" + name + "\"\\s+value=\"([^\"]+)\"")
                .matcher(page);
        assertThat(found.find()).as(page).isTrue();
        return found.group(1);
    }
}
