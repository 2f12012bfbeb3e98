package dev.banyan.platform.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import net.minidev.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who stands behind an account at a provider where anyone can have one.
class PublicIssuersTest {

    private static final String GOOGLE = "https://accounts.google.com";

    private static SsoProvider.Oidc oidc(String issuer) {
        return new SsoProvider.Oidc(issuer, "banyan", List.of("openid"), "groups");
    }

    private static SsoSettings settings(String issuer, Optional<String> everyone, String... domains) {
        return new SsoSettings(
                oidc(issuer), Optional.empty(), Map.of("sellers", "agent"), everyone, true, true, List.of(domains));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://accounts.google.com",
                "https://Accounts.Google.com",
                "https://accounts.google.com/",
                "https://accounts.google.com.",
                "https://accounts.google.com:443",
                "https://login.microsoftonline.com/common/v2.0",
                "https://login.microsoftonline.com/Organizations/v2.0",
                "https://login.microsoftonline.com/consumers/v2.0",
                "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
                "https://sts.windows.net/9188040D-6C67-4C5B-B112-36A304B66DAD/",
                "https://github.com/login/oauth",
                "https://appleid.apple.com",
                "https://www.facebook.com",
                "https://www.linkedin.com/oauth",
                "https://api.login.yahoo.com",
                "https://www.amazon.com",
                "https://gitlab.com",
                "https://login.yandex.ru",
                "https://www.paypal.com",
                "https://slack.com",
                "https://discord.com",
                "https://id.twitch.tv/oauth2",
                "https://access.line.me",
                "https://kauth.kakao.com",
                "https://login.salesforce.com"
            })
    void anyoneCanHaveAnAccountThere(String issuer) {
        assertThat(settings(issuer, Optional.of("user")).isOpenToAnyone()).isTrue();
        assertThat(settings(issuer, Optional.of("user")).mayCreate()).isFalse();
        assertThat(settings(issuer, Optional.of("user"), "office.example").isOpenToAnyone())
                .isFalse();
        assertThat(settings(issuer, Optional.empty()).isOpenToAnyone())
                .as("by groups")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0",
                "https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/",
                "https://office.okta.com",
                "https://office.eu.auth0.com/",
                "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc",
                "https://gitlab.office.example",
                "https://office.my.salesforce.com",
                "https://login.office.example/realms/google.com",
                "https://notgitlab.com",
                "https://accounts.google.com.office.example",
                "http://127.0.0.1:8080/realms/office"
            })
    void theAdminsOfAnOrganizationSayWhoHasAnAccountThere(String issuer) {
        assertThat(settings(issuer, Optional.of("user")).isOpenToAnyone()).isFalse();
        assertThat(settings(issuer, Optional.of("user")).mayCreate()).isTrue();
    }

    @Test
    void microsoftsAddressForManyOrganizationsIsTheIssuerOfNoToken() {
        for (String tenants : List.of("common", "organizations", "consumers")) {
            assertThat(PublicIssuers.isOfManyTenants("https://login.microsoftonline.com/" + tenants + "/v2.0"))
                    .as(tenants)
                    .isTrue();
        }
        assertThat(PublicIssuers.isOfManyTenants(
                        "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"))
                .isFalse();
        assertThat(PublicIssuers.isOfManyTenants("https://login.example.com/common/v2.0"))
                .isFalse();
    }

    @Test
    void claimsThatPeopleWriteThemselvesAreNoGroups() {
        for (String claim : List.of("name", "locale", "iss", "email_verified")) {
            var settings = new SsoSettings(
                    new SsoProvider.Oidc(GOOGLE, "banyan", List.of("openid"), claim),
                    Optional.empty(),
                    Map.of("en", "user"),
                    Optional.empty(),
                    true,
                    false);
            assertThat(settings.isOpenToAnyone()).as(claim).isTrue();
        }
    }

    private static SsoPerson person(String issuer, Map<String, Object> claims) {
        return SsoClaims.person(oidc(issuer), "1", List.of(new ClaimsSet(new JSONObject(claims))));
    }

    @Test
    void atGoogleOnlyItsOwnWordSaysThatAnOrganizationStandsBehindAPerson() {
        SsoSettings office = settings(GOOGLE, Optional.of("user"), "office.example");
        var worker =
                person(GOOGLE, Map.of("email", "amira@office.example", "email_verified", true, "hd", "Office.example"));
        assertThat(office.admits(worker)).isTrue();
        assertThat(worker.emailVerified()).contains(true);

        var outside = person(GOOGLE, Map.of("email", "amira@office.example", "email_verified", true));
        assertThat(office.admits(outside))
                .as("a private account with an address of the office, which somebody had once")
                .isFalse();
        assertThat(office.speaksFor(List.of("office.example"), outside)).isFalse();
        assertThat(outside.emailVerified()).as("Google can’t know any more").contains(false);

        var elsewhere = person(
                GOOGLE, Map.of("email", "amira@office.example", "email_verified", true, "hd", "elsewhere.example"));
        assertThat(office.admits(elsewhere)).isFalse();
        assertThat(person(GOOGLE, Map.of("email", "amira@gmail.com", "email_verified", true))
                        .emailVerified())
                .contains(true);
    }

    @Test
    void elsewhereTheEmailMustBeVerifiedByThePublicProvider() {
        SsoSettings office = settings("https://gitlab.com", Optional.of("user"), "office.example");
        assertThat(office.admits(
                        person("https://gitlab.com", Map.of("email", "amira@OFFICE.example", "email_verified", true))))
                .isTrue();
        assertThat(office.admits(person("https://gitlab.com", Map.of("email", "amira@office.example"))))
                .isFalse();
        assertThat(office.admits(
                        person("https://gitlab.com", Map.of("email", "amira@office.example", "email_verified", false))))
                .isFalse();
        assertThat(office.admits(person(
                        "https://gitlab.com",
                        Map.of("email", "amira@office.example", "email_verified", true, "hd", "x.example"))))
                .as("hd is a word of Google’s")
                .isTrue();
        assertThat(office.admits(person(
                        "https://gitlab.com",
                        Map.of("email", "a@office.example.evil.example", "email_verified", true))))
                .isFalse();
    }

    @Test
    void settingsOfBeforeAreReadAndThoseWithoutDomainsAreWrittenAsBefore() {
        String before = settings(GOOGLE, Optional.of("user")).written();
        assertThat(before).doesNotContain("allowedDomains");
        assertThat(SsoSettings.read(before).allowedDomains()).isEmpty();
        SsoSettings now = settings(GOOGLE, Optional.of("user"), "office.example");
        assertThat(SsoSettings.read(now.written())).isEqualTo(now);
    }

    @Test
    void oneSentenceSaysWhoCouldComeIn() {
        assertThat(SsoReach.of(
                        settings(GOOGLE, Optional.empty(), "office.example"), List.of("office.example"), "users"))
                .isEqualTo(
                        "Everyone with a Google account at office.example who is in the group “sellers” can sign in.");
        assertThat(SsoReach.of(settings("https://gitlab.com", Optional.of("user")), List.of(), "users"))
                .isEqualTo("Everyone with a GitLab account who is already among your users can sign in.");
        assertThat(SsoReach.of(
                        settings("https://login.office.example/x", Optional.of("user")),
                        List.of("a.example", "b.example"),
                        "members"))
                .isEqualTo(
                        "Everyone with an account at login.office.example and an email at a.example or b.example can "
                                + "sign in.");
    }
}
