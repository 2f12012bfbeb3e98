package dev.banyan.accounts.settings;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.JsonShape;
import dev.banyan.accounts.TestFactors;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Contract 2.3, field by field, for each kind of second factor; for 2.2 see `ProfileResourceTest`.
@QuarkusTest
class LinkToMeSettingsTest {

    private static final String PATH = "/api/admin/2fatokensetup?action=";
    private static final JsonShape TOTP =
            JsonShape.of("secret:text", "qrCodeUri:text", "backupCodes:texts", "issuer:text", "accountName:text");

    @Inject
    TestWorld world;

    @Inject
    TestFactors factors;

    private Answer ask(String action, Map<String, String> body) {
        return TestClient.of(world.solo()).post(PATH + action, body);
    }

    private JsonNode setUp(Map<String, String> body, String type, String... parts) {
        Answer answer = ask("setup", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(TestClient.keys(answer.json())).containsExactlyInAnyOrder("type", "data");
        assertThat(answer.json().path("type").asText()).isEqualTo(type);
        JsonNode data = answer.json().path("data");
        assertThat(TestClient.keys(data)).containsExactlyInAnyOrder(parts);
        if (data.has("totp")) {
            JsonNode totp = data.path("totp");
            TOTP.assertFits(totp);
            assertThat(totp.path("backupCodes")).hasSize(10);
            assertThat(totp.path("backupCodes").valueStream().map(JsonNode::asText))
                    .doesNotHaveDuplicates()
                    .allMatch(code -> code.matches("[A-HJ-NP-Z2-9]{8}"));
            assertThat(totp.path("accountName").asText()).isEqualTo(world.solo().email());
            assertThat(totp.path("qrCodeUri").asText())
                    .startsWith("otpauth://totp/")
                    .contains(
                            "secret=" + totp.path("secret").asText(),
                            "issuer=" + totp.path("issuer").asText());
        }
        if (data.has("email")) {
            assertThat(data.at("/email/ready").isBoolean()).isTrue();
            assertThat(data.at("/email/accountEmail").asText())
                    .isEqualTo(world.solo().email());
        }
        return data;
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.toString()).isEqualTo("400 {\"error\":\"" + error + "\"}");
    }

    private void confirmed() {
        world.sql(
                "UPDATE identities SET email_confirmed_at = 1 WHERE email = ?",
                world.solo().email());
    }

    @Test
    void anAppIsTheKindThatIsMeantWithoutOne() {
        String secret = setUp(Map.of(), "totp", "totp").at("/totp/secret").asText();
        assertRefused(
                ask("enable", Map.of("type", "totp", "token", "000")), "Invalid verification code. Please try again.");
        assertThat(ask("enable", Map.of("token", factors.code(secret))).toString())
                .isEqualTo("200 {\"type\":\"totp\",\"emailEnabled\":false,\"totpEnabled\":true}");
        assertRefused(ask("setup", Map.of()), "Two-factor authentication is already enabled. Disable it first.");
    }

    @Test
    void mailsAlone() {
        setUp(Map.of("type", "email"), "email", "email");
        String code = factors.mailed(world.solo().email());
        assertThat(ask("enable", Map.of("type", "email", "token", code)).toString())
                .isEqualTo("200 {\"type\":\"email\",\"emailEnabled\":true,\"totpEnabled\":false}");
    }

    @Test
    void bothNeedAConfirmedAddressAndTheAppsCode() {
        assertRefused(ask("setup", Map.of("type", "both")), "Confirm your email address first");
        confirmed();
        String secret = setUp(Map.of("type", "both"), "both", "totp", "email")
                .at("/totp/secret")
                .asText();
        assertThat(ask("enable", Map.of("type", "both", "token", factors.code(secret)))
                        .toString())
                .isEqualTo("200 {\"type\":\"both\",\"emailEnabled\":true,\"totpEnabled\":true}");
    }

    @Test
    void disablingNeedsNoPasswordSoonAfterTheSignInAndDisablesOneKindOrAll() {
        factors.both(world.solo());
        assertRefused(
                ask("disable", Map.of("type", "totp", "password", "not the password")),
                "Current password is incorrect");
        assertThat(ask("disable", Map.of("type", "totp")).toString())
                .isEqualTo("200 {\"emailEnabled\":true,\"totpEnabled\":false}");
        assertThat(ask("disable", Map.of()).toString()).isEqualTo("200 {\"emailEnabled\":false,\"totpEnabled\":false}");
        JsonNode user = TestClient.of(world.solo()).get("/api/me").json().at("/data/user");
        for (String flag : List.of("twoFactorEnabled", "twoFactorEmailEnabled", "twoFactorTotpEnabled")) {
            assertThat(user.path(flag).asBoolean(true)).as(flag).isFalse();
        }
    }

    @Test
    void whatIsNotSetUpOrUnknownIsSaid() {
        assertRefused(ask("enable", Map.of("type", "totp", "token", "123456")), "TOTP is not set up");
        assertRefused(ask("enable", Map.of("type", "email", "token", "123456")), "Email verification is not set up");
        assertRefused(ask("setup", Map.of("type", "carrier pigeon")), "Invalid type");
        assertRefused(ask("dance", Map.of()), "Invalid action");
        assertThat(TestClient.anonymous().post(PATH + "setup", Map.of()).toString())
                .isEqualTo("401 {\"error\":\"Unauthorized\"}");
    }
}
