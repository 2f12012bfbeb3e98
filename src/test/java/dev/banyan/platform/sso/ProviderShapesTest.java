package dev.banyan.platform.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import dev.banyan.TestClient;
import net.minidev.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

/// What known providers send about a person, as their documentation describes it; the files are ours.
class ProviderShapesTest {

    private static final String IDS = "0f3c1f1e-aaaa-4bbb-8ccc-000000000001 0f3c1f1e-aaaa-4bbb-8ccc-000000000002";

    private static byte[] file(String name) {
        try (var in = ProviderShapesTest.class.getResourceAsStream("/sso/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static SsoPerson ofClaims(String name, String issuer, String groupClaim, PersonClaims names) {
        Map<?, ?> json = TestClient.JSON.convertValue(
                TestClient.parse(new String(file(name), StandardCharsets.UTF_8)), Map.class);
        var claims = new JSONObject();
        json.forEach((key, value) -> claims.put(String.valueOf(key), value));
        var settings = new SsoProvider.Oidc(issuer, "banyan", List.of("openid"), groupClaim, names);
        return SsoClaims.person(settings, "1", List.of(new ClaimsSet(claims)));
    }

    private static void assertAmira(
            SsoPerson person, String username, Optional<Boolean> verified, List<String> groups) {
        assertThat(person.email()).contains("amira@office.example");
        assertThat(person.username())
                .as("username")
                .isEqualTo(Optional.of(username).filter(name -> !name.isEmpty()));
        assertThat(person.emailVerified()).as("verified").isEqualTo(verified);
        assertThat(person.groups()).containsAll(groups);
    }

    @ParameterizedTest
    @CsvSource({
        "entra, groups, amira@office.example, , " + IDS,
        "okta, groups, amira@office.example, true, Everyone Support",
        "onelogin, groups, amira.haddad, , Everyone Support",
        "zitadel, urn:zitadel:iam:org:project:roles, amira@office.zitadel.example, true, Everyone Support",
        "authentik, groups, amira, false, Everyone Support",
        "adfs, group, amira@office.example, , Support",
        "keycloak, groups, amira, false, /Everyone /Support",
        "keycloak, realm_access.roles, amira, false, Everyone Support",
        "keycloak, resource_access.banyan.office.example.roles, amira, false, Everyone Support",
        "objects, groups, amira, , Everyone Support g1 g2"
    })
    void claims(String provider, String groupClaim, String username, Boolean verified, String groups) {
        String issuer = "https://login.office.example";
        List<String> expected = List.of(groups.split(" "));
        assertAmira(
                ofClaims(provider + ".json", issuer, groupClaim, PersonClaims.USUAL),
                username,
                Optional.ofNullable(verified),
                expected);
        assertAmira(
                ofClaims(
                        provider + ".json",
                        issuer,
                        groupClaim,
                        new PersonClaims(Optional.empty(), Optional.empty(), true)),
                username,
                Optional.of(true),
                expected);
    }

    @Test
    void atGoogleOnlyTheEmailCountsAndItsEmailsAreNotTrustedBeyondItsWord() {
        String google = "https://accounts.google.com";
        SsoPerson person = ofClaims("google.json", google, "groups", PersonClaims.USUAL);
        assertAmira(person, "", Optional.of(true), List.of());
        assertThat(person.hostedDomain()).contains("office.example");
        var trusting = new PersonClaims(Optional.of("preferred_username"), Optional.empty(), true);
        assertThat(ofClaims("authentik.json", google, "groups", trusting).emailVerified())
                .contains(false);
        assertThat(ofClaims("entra.json", google, "groups", trusting).email()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "entra, http://schemas.microsoft.com/ws/2008/06/identity/claims/groups, amira@office.example, " + IDS,
        "onelogin, memberOf, '', Everyone Support",
        "adfs, http://schemas.xmlsoap.org/claims/Group, amira@office.example, Support",
        "google, groups, '', Everyone Support",
        "okta, groups, '', Everyone Support",
        "keycloak, groups, amira, /Everyone /Support",
        "authentik, http://schemas.xmlsoap.org/claims/Group, amira, Everyone Support",
        "zitadel, roles, amira@office.zitadel.example, Everyone Support"
    })
    void attributes(String provider, String groupAttribute, String username, String groups)
            throws SAXException, ProviderTrouble {
        var settings = new SsoProvider.Saml(
                Optional.empty(),
                new SamlMetadata("https://login.office.example", "https://login.office.example/in", List.of()),
                groupAttribute);
        SsoPerson person =
                SamlPerson.of(settings, SafeXml.parse(file(provider + ".xml")).getDocumentElement());
        assertAmira(person, username, Optional.of(true), List.of(groups.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"urn:oid:1.2.840.113549.1.9.1", "http://schemas.xmlsoap.org/claims/EmailAddress", "EmailAddress"
            })
    void anAttributeNeedsNoFriendlyNameForItsEmail(String attribute) throws SAXException, ProviderTrouble {
        var settings = new SsoProvider.Saml(
                Optional.empty(),
                new SamlMetadata("https://login.office.example", "https://login.office.example/in", List.of()),
                "groups");
        String assertion = new String(file("keycloak.xml"), StandardCharsets.UTF_8)
                .replace("urn:oid:1.2.840.113549.1.9.1\" FriendlyName=\"email\"", attribute + "\"");
        SsoPerson person = SamlPerson.of(
                settings,
                SafeXml.parse(assertion.getBytes(StandardCharsets.UTF_8)).getDocumentElement());
        assertThat(person.email()).contains("amira@office.example");
    }

    private static SsoPerson of(Map<String, Object> claims) {
        var settings = new SsoProvider.Oidc("https://login.office.example", "banyan", List.of("openid"), "groups");
        return SsoClaims.person(settings, "1", List.of(new ClaimsSet(new JSONObject(claims))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Email", "EMAIL", "e-mail", "User.email", "primaryEmail", "userPrincipalName", "email_address"})
    void anEmailIsFoundWhateverTheSignsOfItsName(String claim) {
        assertThat(of(Map.of(claim, "amira@office.example")).email()).contains("amira@office.example");
    }

    /// No mail arrives at what Entra ID calls guests, and whoever has it as an email couldn’t be told anything.
    @Test
    void theNameOfAGuestIsNoEmail() {
        for (String name : List.of(
                "amira_office.example#EXT#@contoso.onmicrosoft.com",
                "amira_office.example#ext#@contoso.onmicrosoft.com",
                "live.com#amira@office.example")) {
            assertThat(of(Map.of("upn", name, "preferred_username", name, "unique_name", name))
                            .email())
                    .as(name)
                    .isEmpty();
            assertThat(of(Map.of("upn", name, "email", " Amira@office.example "))
                            .email())
                    .as(name)
                    .contains("Amira@office.example");
        }
        assertThat(of(Map.of("email", "c#dev@office.example")).email()).contains("c#dev@office.example");
    }

    /// SAML’s times are of UTC, and some leave the zone out.
    @Test
    void aTimeWithoutAZoneIsOfUtc() {
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");
        for (String text : List.of(
                "2026-11-20T12:00:00Z",
                "2026-11-20T12:00:00",
                " 2026-11-20T12:00:00.000",
                "2026-11-20T12:00:00.0000000Z",
                "2026-11-20T16:00:00+04:00")) {
            assertThat(SamlMetadata.time(text)).as(text).isEqualTo(noon);
        }
        for (String text : List.of("", "soon", "2026-11-20", "2026-11-20 12:00:00", "1795176000")) {
            assertThat(SamlMetadata.time(text)).as(text).isEqualTo(Instant.EPOCH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"groups", "Groups", "GROUPS"})
    void groupsAreFoundWhateverTheLetterCaseOfTheirName(String claim) {
        Map<String, Object> claims = Map.of("email", "amira@office.example", claim, List.of("Support"));
        var settings = new SsoProvider.Oidc("https://login.office.example", "banyan", List.of("openid"), "groups");
        assertThat(of(claims).groups()).containsExactly("Support");
        assertThat(SsoClaims.nameGroups(settings, List.of(new ClaimsSet(new JSONObject(claims)))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "1"})
    void whatSaysThatAnEmailIsVerifiedMayBeAText(String verified) {
        assertThat(PersonClaims.isYes(" " + verified)).as("an attribute").isTrue();
        assertThat(of(Map.of("email", "amira@office.example", "email_verified", verified))
                        .emailVerified())
                .contains(true);
        assertThat(of(Map.of("email", "amira@office.example", "email_verified", 1))
                        .emailVerified())
                .contains(true);
        assertThat(of(Map.of("email", "amira@office.example", "email_verified", "no"))
                        .emailVerified())
                .contains(false);
    }

    @Test
    void theWordAboutAnEmailCountsHoweverBothAreWritten() {
        String email = "amira@office.example";
        for (var name : List.of("email", "Email", "E-Mail")) {
            for (var word : List.of("email_verified", "emailVerified", "Email_Verified")) {
                for (Object sent : List.of(email, List.of(email))) {
                    assertThat(of(Map.of(name, sent, word, false)).emailVerified())
                            .as("%s %s %s", name, word, sent)
                            .contains(false);
                    assertThat(of(Map.of(name, sent, word, true)).emailVerified())
                            .contains(true);
                }
            }
        }
        var several = List.of(email, "omar@office.example");
        assertThat(of(Map.of("email", several, "email_verified", false)).emailVerified())
                .contains(false);
        assertThat(of(Map.of("email", several, "email_verified", true)).emailVerified())
                .isEmpty();
        assertThat(of(Map.of("upn", email, "email_verified", true)).emailVerified())
                .isEmpty();
    }

    /// Entra ID sends a link in place of more than 200 groups.
    @ParameterizedTest
    @ValueSource(strings = {"_claim_names", "hasgroups"})
    void groupsThatTheProviderLeftOutAreToldApartFromNone(String instead) {
        assertThat(of(Map.of(instead, "x")).groupsSent())
                .contains("more than 200", "Groups assigned to the application");
        assertThat(of(Map.of("email", "x")).groupsSent()).isEqualTo("Your provider sent no groups.");
    }

    @Test
    void namesOfGroupsAreComparedByOneRule() {
        var settings = new SsoSettings(
                new SsoProvider.Oidc("https://login.office.example", "banyan", List.of("openid"), "groups"),
                Optional.empty(),
                Map.of("Support", "agent", "/Bosses", "admin"),
                Optional.empty(),
                true,
                false);
        List<String> ranks = List.of("admin", "agent", "user");
        for (String group : List.of("support", "SUPPORT", "/support", "CN=Support,OU=Groups,DC=office,DC=example")) {
            assertThat(settings.roleOf(List.of("others", group), ranks))
                    .as(group)
                    .contains("agent");
        }
        assertThat(settings.roleOf(List.of("support", "bosses"), ranks)).contains("admin");
        String composed = "Équipe";
        var french = new SsoSettings(
                settings.provider(), Optional.empty(), Map.of(composed, "agent"), Optional.empty(), true, false);
        assertThat(french.roleOf(List.of(Normalizer.normalize(composed, Normalizer.Form.NFD)), ranks))
                .contains("agent");
        for (String group : List.of("supporters", "a/support", "Sales, Support", "ou=x,cn=support")) {
            assertThat(settings.roleOf(List.of(group), ranks)).as(group).isEmpty();
        }
    }

    @Test
    void aTextWithSeveralNamesIsSplitAndAnArrayIsNot() {
        assertThat(GroupNames.of("Sales,Support; Bosses")).contains("Sales", "Support", "Bosses");
        assertThat(GroupNames.of("[\"Sales\",\"Support\"]")).contains("Sales", "Support");
        assertThat(GroupNames.of(List.of("Sales, Support"))).containsExactly("Sales, Support");
        assertThat(GroupNames.of("CN=Sales,OU=x;CN=Support,OU=x")).contains("CN=Sales,OU=x", "CN=Support,OU=x");
        assertThat(GroupNames.of(Map.of("admin", false, "agent", true))).containsExactly("agent");
        assertThat(GroupNames.of(List.of(Map.of("agent", Map.of("22", "x"))))).containsExactly("agent");
        assertThat(GroupNames.of(List.of(Map.of("role", "agent"), Map.of("cn", "Sales"), Map.of("groupName", "All"))))
                .containsExactly("agent", "Sales", "All");
        assertThat(GroupNames.of(List.of(Map.of("name", "Sales", "role", "admin"), Map.of("id", 7, "role", "agent"))))
                .as("what the person is in the group")
                .containsExactly("Sales", "agent", "7");
        assertThat(GroupNames.of(true)).isEmpty();
    }
}
