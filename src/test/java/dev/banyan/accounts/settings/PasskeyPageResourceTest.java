package dev.banyan.accounts.settings;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.signin.factors.Passkey;
import dev.banyan.accounts.signin.factors.PasskeyStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// The management of passkeys; signing in with one is tested with a browser.
@QuarkusTest
class PasskeyPageResourceTest {

    private static final TestClient ANYBODY = TestClient.anonymous();
    private static final String PAGE = "/admin/settings/passkeys";
    private static final String NO_ANSWER = """
            {"id":"AAAA","type":"public-key","response":{"clientDataJSON":"AAAA","attestationObject":"AAAA",\
            "authenticatorData":"AAAA","signature":"AAAA"},"clientExtensionResults":{}}""";

    @Inject
    TestWorld world;

    @Inject
    Database database;

    @Inject
    Clock clock;

    private TestClient solo() {
        return TestClient.of(world.solo()).onPagesOf(world.solo());
    }

    private JsonNode asked(TestClient client) {
        Answer answer = client.form(PAGE + "/options", "name", "Phone", "password", TestWorld.PASSWORD);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void keep(IdentityId identity, String credentialId) {
        database.write(tx -> new PasskeyStore(tx)
                .insert(new Passkey(
                        credentialId, identity, "Phone", "cHVi", 0, List.of(), clock.instant(), Optional.empty())));
    }

    private long kept(IdentityId identity) {
        return world.count("SELECT count(*) FROM passkeys WHERE identity_id = ?", identity.toString());
    }

    @Test
    void addingAsksForThePassword() {
        Answer wrong = solo().form(PAGE + "/options", "name", "Phone", "password", "not this one");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.error()).isEqualTo("That password is incorrect.");
        Answer nameless = solo().form(PAGE + "/options", "name", " ", "password", TestWorld.PASSWORD);
        assertThat(nameless.status()).isEqualTo(422);
        assertThat(nameless.error()).contains("1 to 60 characters");
        assertThat(ANYBODY.form(PAGE + "/options", "name", "Phone").location()).startsWith("/login");

        JsonNode options = asked(solo()).at("/options/publicKey");
        assertThat(options.at("/rp/id").asText()).isEqualTo("localhost");
        assertThat(options.at("/user/name").asText()).isEqualTo(world.solo().email());
        assertThat(options.path("challenge").asText()).hasSizeGreaterThan(40);
    }

    @Test
    void whatNoDeviceMadeIsNotKept() {
        String token = asked(solo()).path("token").asText();
        for (String credential : List.of("", "{}", "[]", "null", "no JSON", NO_ANSWER, "x".repeat(30_000))) {
            Answer answer = solo().form(PAGE, "name", "Phone", "token", token, "credential", credential);
            assertThat(answer.status()).as(credential).isEqualTo(422);
            assertThat(answer.text()).contains("timed out or failed");
        }
        for (String stale : List.of(
                "",
                "x",
                token + "x",
                asked(TestClient.of(world.rival()).onPagesOf(world.rival()))
                        .path("token")
                        .asText())) {
            assertThat(solo().form(PAGE, "name", "Phone", "token", stale, "credential", NO_ANSWER)
                            .status())
                    .isEqualTo(422);
        }
        assertThat(kept(world.solo().identity())).isZero();
    }

    @Test
    void aSignInNeedsAnAnswer() {
        JsonNode asked = ANYBODY.form("/login/passkey/options").json();
        assertThat(asked.at("/options/publicKey/userVerification").asText()).isEqualTo("required");
        assertThat(asked.at("/options/publicKey").has("allowCredentials"))
                .as("nobody learns who has one")
                .isFalse();
        for (String credential : List.of("", "{}", "null", NO_ANSWER)) {
            Answer answer =
                    ANYBODY.form("/login/passkey", "token", asked.path("token").asText(), "credential", credential);
            assertThat(answer.status()).as(credential).isEqualTo(422);
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(answer.text()).contains("That passkey is not registered here.");
        }
        assertThat(ANYBODY.form("/login/code/passkey/options", "session", "tfa-guess")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aPersonRemovesOnlyTheirOwn() {
        keep(world.rival().identity(), "cml2YWw");
        Answer stranger = solo().form(PAGE + "/remove", "passkey", "cml2YWw", "password", TestWorld.PASSWORD);
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(kept(world.rival().identity())).isEqualTo(1);

        TestClient rival = TestClient.of(world.rival()).onPagesOf(world.rival());
        assertThat(rival.get(PAGE).text()).contains("Phone");
        assertThat(rival.form(PAGE + "/remove", "passkey", "cml2YWw", "password", "not this one")
                        .status())
                .isEqualTo(422);
        assertThat(kept(world.rival().identity())).isEqualTo(1);
        assertThat(rival.form(PAGE + "/remove", "passkey", "cml2YWw", "password", TestWorld.PASSWORD)
                        .status())
                .isEqualTo(303);
        assertThat(kept(world.rival().identity())).isZero();
    }

    @Test
    void aPersonRenamesOnlyTheirOwn() {
        keep(world.rival().identity(), "bmFtZQ");
        assertThat(solo().form(PAGE + "/rename", "passkey", "bmFtZQ", "name", "Mine")
                        .status())
                .isEqualTo(404);
        TestClient rival = TestClient.of(world.rival()).onPagesOf(world.rival());
        Answer nameless = rival.form(PAGE + "/rename", "passkey", "bmFtZQ", "name", " ");
        assertThat(nameless.status()).isEqualTo(422);
        assertThat(nameless.text()).contains("1 to 60 characters", "Phone");
        assertThat(rival.form(PAGE + "/rename", "passkey", "bmFtZQ", "name", " Old phone ")
                        .location())
                .contains("done=passkey-renamed");
        assertThat(rival.get(PAGE).text()).contains("<bdi>Old phone</bdi>");
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE tenant_id = ? AND action LIKE 'Passkey%'",
                        world.rival().account().toString()))
                .containsExactly("PasskeyRenamed");
    }

    @Test
    void aBrandHasNoPasskeys() {
        TestClient acme = TestClient.of(world.acme()).onPagesOf(world.acme());
        String brand = world.north().username();
        assertThat(acme.get(PAGE + "?as=" + brand).location()).isEqualTo("/admin/settings?as=" + brand);
        assertThat(acme.form(PAGE + "/options", Map.of("as", brand, "name", "Phone", "password", TestWorld.PASSWORD))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anOperatorHasPasskeysOfTheirOwn() {
        TestClient operator = TestClient.withSession(world.operatorToken());
        assertThat(operator.get(PAGE).status()).isEqualTo(200);
        assertThat(operator.get(PAGE + "?as=" + world.solo().username()).status())
                .as("and nobody else's")
                .isEqualTo(303);
    }
}
