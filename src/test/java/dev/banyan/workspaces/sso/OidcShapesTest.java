package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.banyan.TestClient.Answer;
import dev.banyan.workspaces.sso.FakeOidc.Signing;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// Providers that follow the standard in their own ways: what they send, how they sign it, and what they refuse.
@QuarkusTest
class OidcShapesTest extends OidcRoom {

    private void sends(String subject, Map<String, Object> claims) {
        provider.put(new FakeOidc.Someone(subject, claims, true));
    }

    @Test
    void userInfoIsAskedOnlyForWhatIsMissingAndItsRefusalIsNoFailureWhereTheRestSuffices() {
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(provider.userInfosRead()).as("the ID token has all").isZero();
        for (int status : new int[] {401, 403, 404}) {
            provider.answerUserInfo(status);
            sends("e" + status, Map.of("upn", "e" + status + "@office.example", "groups", List.of("sellers")));
            assertIn(browser.signIn(provider, sales, "e" + status));
            recheck();
            assertThat(browser.isIn(sales)).as("asked again, %d", status).isTrue();
        }
        assertThat(provider.userInfosRead())
                .as("each sign-in, and each time the sessions that were used since: the new one and the one before")
                .isEqualTo(3 + 1 + 2 + 2);
        provider.answerUserInfo(503);
        assertThat(new SsoBrowser().signIn(provider, sales, "e401").text()).contains("can’t be reached");
    }

    @Test
    void adminsSeeWhyTheUserInfoSaidNothingWhereThePersonIsNotIn() {
        provider.answerUserInfo(403);
        sends("1", Map.of("groups", List.of("sellers")));
        assertRefused(browser.signIn(provider, sales, "1"), 403, "Your provider sent no email");
        assertThat(acme.get(route(sales) + "/sign-ins")
                        .json()
                        .at("/data/signIns/0/reason")
                        .asText())
                .startsWith("Your provider sent no email")
                .endsWith("The provider’s user info can’t be read: it answered 403.");
        sends("2", Map.of("upn", "omar@office.example", "groups", List.of("sellers")));
        assertIn(browser.signIn(provider, sales, "2"));
        assertThat(acme.get(route(sales) + "/sign-ins")
                        .json()
                        .at("/data/signIns/0")
                        .has("reason"))
                .as("someone who is in")
                .isFalse();
    }

    /// ADFS and Entra ID name people differently for each client, and may answer with the name for their own service.
    @Test
    void aUserInfoOfAnotherSubjectIsNotReadAndTheIdTokenHasToDo() {
        sends("1", Map.of("email", "amira@office.example", "sub", "another", "groups", List.of("sellers")));
        provider.tamper(claims -> new JWTClaimsSet.Builder(claims)
                .subject("1")
                .claim("groups", null)
                .build());
        assertRefused(browser.signIn(provider, sales, "1"), 403, "Your provider sent no groups");
        assertThat(acme.get(route(sales) + "/sign-ins")
                        .json()
                        .at("/data/signIns/0/reason")
                        .asText())
                .endsWith("The provider’s user info is of another person.");
        setUp(Map.of("defaultRole", "agent"));
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.me(sales).json().at("/data/user/email").asText()).isEqualTo("amira@office.example");
    }

    @Test
    void rolesAreReadFromAnAccessTokenThatIsForThisClientAndPerson() {
        setUp(Map.of("groupClaim", "realm_access.roles"));
        var roles = Map.of("roles", List.of("sellers"));
        sends("1", Map.of("email", "amira@office.example"));
        provider.signAccessTokens(claims -> claims.claim("realm_access", roles));
        assertIn(browser.signIn(provider, sales, "1"));
        recheck();
        assertThat(browser.role(sales)).isEqualTo("agent");
        List<UnaryOperator<JWTClaimsSet.Builder>> others = List.of(
                claims -> claims.claim("azp", "another-client"),
                claims -> claims.subject("2"),
                claims -> claims.issuer("https://login.example.com"));
        for (var other : others) {
            provider.signAccessTokens(claims -> other.apply(claims.claim("realm_access", roles)));
            assertThat(new SsoBrowser().signIn(provider, sales, "1").text()).contains("Your provider sent no groups");
        }
    }

    @Test
    void aUserInfoThatIsSignedIsReadAndAForgedOneIsNot() {
        provider.groupsInUserInfoOnly();
        provider.signUserInfo();
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.role(sales)).isEqualTo("agent");
        provider.tamper(claims -> claims.getClaim("nonce") == null
                ? new JWTClaimsSet.Builder(claims).audience("another-client").build()
                : claims);
        var other = new SsoBrowser();
        assertThat(other.signIn(provider, sales, "1").text()).contains("Your provider sent no groups");
    }

    @Test
    void keysThatCannotBeReadAreLeftOut() {
        provider.publish(List.of(
                Map.of("kty", "EC", "crv", "P-999", "x", "AQ", "y", "AQ", "kid", "a"),
                Map.of("n", "AQAB", "e", "AQAB", "kid", "b"),
                Map.of("kty", "lattice", "kid", "c"),
                Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB", "x5c", List.of("bm8="), "kid", "d"),
                Map.of("kty", "OKP", "crv", "X25519", "x", "AQ", "kid", "e")));
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
    }

    @Test
    void whatIsNotNeededOfAnAnswerCannotMakeItUnreadable() {
        provider.person("1", "amira", "sellers");
        provider.describe(Map.of(
                "op_policy_uri",
                "",
                "ui_locales_supported",
                List.of("de_DE"),
                "claims_parameter_supported",
                "true",
                "prompt_values_supported",
                List.of("odd"),
                "token_endpoint_auth_methods_supported",
                Arrays.asList("client_secret_basic", null),
                "end_session_endpoint",
                ""));
        provider.addToKey(
                Map.of("x5u", ":: no address", "x5t", 5, "exp", "never", "key_ops", List.of("verify", "odd")));
        provider.addToTokens(Map.of("scope", List.of("openid"), "expires_in", "soon"));
        assertIn(browser.signIn(provider, sales, "1"));
        provider.addToTokens(Map.of("refresh_token", "", "token_type", ""));
        assertIn(browser.signIn(provider, sales, "1"));
    }

    @Test
    void aKeyIsFoundWithoutTheCertificateThatATokenNames() {
        provider.person("1", "amira", "sellers");
        provider.nameCertificates();
        assertIn(browser.signIn(provider, sales, "1"));
    }

    @Test
    void keysWithoutIdsAreAskedForAgainWhenNoneHasMadeTheSignature() {
        provider.nameNoKeys();
        provider.person("1", "amira", "sellers");
        assertIn(browser.signIn(provider, sales, "1"));
        provider.rotateKey();
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(provider.keySetsRead()).isEqualTo(2);
        provider.rotateKey();
        assertThat(new SsoBrowser().signIn(provider, sales, "1").status())
                .as("asked a moment ago")
                .isEqualTo(403);
        assertThat(provider.keySetsRead()).isEqualTo(2);
        clock.forward(Duration.ofSeconds(11));
        assertIn(browser.signIn(provider, sales, "1"));
    }

    @Test
    void aKeyThatIsNotPublishedIsCalledSo() {
        provider.person("1", "amira", "sellers");
        provider.nameAnotherKey();
        assertThat(browser.signIn(provider, sales, "1").status()).isEqualTo(403);
        assertThat(acme.get(route(sales) + "/sign-ins")
                        .json()
                        .at("/data/signIns/0/reason")
                        .asText())
                .isEqualTo("The provider’s ID token is signed with a key that it doesn’t publish.");
    }

    @Test
    void edwardsCurvesSignAndASecretThatIsSharedDoesNot() {
        provider.person("1", "amira", "sellers");
        provider.sign(Signing.ED448);
        assertIn(browser.signIn(provider, sales, "1"));
        provider.sign(Signing.ED25519);
        assertIn(browser.signIn(provider, sales, "1"));
        provider.tamper(claims ->
                new JWTClaimsSet.Builder(claims).audience("another-client").build());
        assertThat(new SsoBrowser().signIn(provider, sales, "1").status()).isEqualTo(403);
        provider.tamper(UnaryOperator.identity());
        provider.sign(Signing.SHARED_SECRET);
        assertThat(new SsoBrowser().signIn(provider, sales, "1").text()).contains("isn’t set up correctly");
    }

    @Test
    void rolesMayBeTheKeysOfAnObjectAndLetterCaseIsNoMatter() {
        setUp(Map.of("groupClaim", "urn:zitadel:iam:org:project:roles", "roles", Map.of("Agent", "agent")));
        sends(
                "1",
                Map.of(
                        "email",
                        "amira@office.example",
                        "urn:zitadel:iam:org:project:roles",
                        Map.of("agent", Map.of("22", "office.zitadel.example"))));
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.role(sales)).isEqualTo("agent");
        sends("2", Map.of("email", "omar@office.example", "urn:zitadel:iam:org:project:roles", List.of("a", "b")));
        assertThat(new SsoBrowser().signIn(provider, sales, "2").text())
                .contains("None of your groups may sign in here", "Your provider sent the groups “a, b”.");
    }

    @Test
    void anEmailThatIsNotVerifiedCountsIfTheAdminTrustsTheProvider() {
        provider.put(provider.person("1", "amira", "sellers").with("email_verified", false));
        assertRefused(
                browser.signIn(provider, sales, "1"),
                403,
                "Your provider sent the email “amira@office.example” and says that it isn’t verified.");
        setUp(Map.of("trustEmails", true));
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(rooms.world()
                        .select(
                                "SELECT email_proved_by FROM sub_client_users WHERE sub_client_id = ?",
                                sales.id().value()))
                .containsExactly("provider");
        sends("3", Map.of("email", "jörg@office.example", "email_verified", true, "groups", List.of("sellers")));
        assertThat(new SsoBrowser().signIn(provider, sales, "3").text())
                .contains("Your email address can’t be used here", "jörg@office.example")
                .doesNotContain("trust this provider");
        sends("2", Map.of("preferred_username", "omar", "groups", List.of("sellers")));
        assertThat(new SsoBrowser().signIn(provider, sales, "2").text())
                .contains("Your provider sent no email, only “", "preferred_username");
    }

    @Test
    void theAdminNamesTheClaimsThatCount() {
        setUp(Map.of("emailClaim", "contact.work", "usernameClaim", "short"));
        sends(
                "1",
                Map.of(
                        "email",
                        "private@elsewhere.example",
                        "contact",
                        Map.of("work", "amira@office.example"),
                        "short",
                        "amira_h",
                        "groups",
                        List.of("sellers")));
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.me(sales).json().at("/data/user/email").asText()).isEqualTo("amira@office.example");
        assertThat(browser.me(sales).json().at("/data/user/username").asText()).isEqualTo("amira_h");
        Answer shown = acme.get(route(sales));
        assertThat(shown.json().at("/data/sso/emailClaim").asText()).isEqualTo("contact.work");
        assertThat(shown.json().at("/data/sso/trustEmails").asBoolean(true)).isFalse();
    }

    /// As AD FS calls it.
    @Test
    void aClaimMayHaveSpaces() {
        setUp(Map.of("emailClaim", "E-Mail Address", "groupClaim", "http://schemas.xmlsoap.org/claims/My Groups"));
        sends(
                "1",
                Map.of(
                        "E-Mail Address",
                        "amira@office.example",
                        "http://schemas.xmlsoap.org/claims/My Groups",
                        List.of("sellers")));
        assertIn(browser.signIn(provider, sales, "1"));
        assertThat(browser.me(sales).json().at("/data/user/email").asText()).isEqualTo("amira@office.example");
    }

    @Test
    void emailsAreNotTrustedWhereAnyoneCanHaveAnAccount() {
        var google = Map.<String, Object>of(
                "kind",
                "oidc",
                "issuer",
                "https://accounts.google.com",
                "clientId",
                "x",
                "clientSecret",
                "y",
                "allowedDomains",
                List.of("office.example"),
                "defaultRole",
                "user");
        for (var wish : Map.<String, Object>of("trustEmails", true, "emailClaim", "nickname")
                .entrySet()) {
            var body = new HashMap<>(google);
            body.put(wish.getKey(), wish.getValue());
            assertThat(acme.put(route(sales), body).error())
                    .isEqualTo(wish.getKey() + " is for your own provider: anyone can have a Google account");
        }
    }
}
