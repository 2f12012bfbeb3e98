package dev.banyan.whatsapp.numbers;

import static dev.banyan.whatsapp.WahaShop.CREDENTIAL;
import static dev.banyan.whatsapp.WahaShop.data;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.WahaShop;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pairing codes and passkeys in the API, at a gateway's fake and at the simulator.
@QuarkusTest
class LinkStepsApiTest {

    private static final String SENDERS = "/api/whatsapp/senders/";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private TestClient acme;
    private WahaShop shop;

    @BeforeEach
    void open() {
        acme = TestClient.of(world.acme());
        shop = new WahaShop(clock, acme);
    }

    @AfterEach
    void close() {
        shop.close();
        world.removeConnections();
    }

    @Test
    void aPasskeyIsSignedComparedAndConfirmed() {
        Phone phone = WahaShop.phone();
        String master = shop.master(Map.of("connection", shop.connection()));
        String passkey = SENDERS + master + "/passkey";
        assertRefused(acme.get(passkey), 409);
        shop.scanUntilPasskey(master, phone, true);

        JsonNode challenge = data(acme.get(passkey), 200);
        assertThat(challenge.path("step").asText()).isEqualTo("challenge");
        assertThat(challenge.at("/challenge/rpId").asText()).isEqualTo("web.whatsapp.com");
        assertThat(challenge.at("/challenge/allowCredentials/0/id").asText()).isEqualTo("Y3JlZGVudGlhbA");
        assertThat(challenge.has("code")).isFalse();

        JsonNode answered = data(acme.post(passkey, Map.of("credential", CREDENTIAL)), 200);
        assertThat(answered.path("state").asText()).isEqualTo("passkey-required");
        JsonNode confirmation = data(acme.get(passkey), 200);
        assertThat(confirmation.path("step").asText()).isEqualTo("confirmation");
        assertThat(confirmation.path("code").asText()).isEqualTo("1234");

        assertThat(acme.post(passkey + "/confirm", Map.of()).status()).isEqualTo(200);
        shop.becomes(master, "linked");
        assertThat(shop.sender(master).path("phone").asText()).isEqualTo(phone.e164());
        assertThat(acme.get(passkey).error()).isEqualTo("WhatsApp asks for no passkey right now.");
    }

    @Test
    void whatAGatewayIsIsFoundOutWhenANumberConnects() {
        String connection = shop.connection();
        String path = "/api/whatsapp/connections/" + connection;
        String master = shop.master(Map.of("connection", connection));
        assertThat(data(acme.get(path), 200).path("version").asText("")).isEmpty();

        shop.scanUntilPasskey(master, WahaShop.phone(), false);
        assertThat(acme.post(SENDERS + master + "/passkey", Map.of("credential", CREDENTIAL))
                        .status())
                .isEqualTo(200);
        shop.becomes(master, "linked");

        shop.eventually(() -> data(acme.get(path), 200).path("version").asText(), "2026.8.1");
        assertThat(data(acme.get(path), 200).path("engine").asText()).isEqualTo("GOWS");
    }

    private static void assertRefused(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.error()).isNotBlank();
    }

    @Test
    void whatIsNoCredentialIsRefused() {
        String master = shop.master(Map.of("connection", shop.connection()));
        shop.scanUntilPasskey(master, WahaShop.phone(), false);
        String passkey = SENDERS + master + "/passkey";

        assertThat(acme.post(passkey, Map.of()).error()).isEqualTo("Missing credential");
        for (Object wrong : new Object[] {"text", 1, new int[] {1}, Map.of("id", "c")}) {
            Answer answer = acme.post(passkey, Map.of("credential", wrong));
            assertRefused(answer, 400);
            assertThat(answer.error()).startsWith("This is not the browser’s credential.");
        }
        Answer large =
                acme.post(passkey, Map.of("credential", Map.of("response", Map.of("signature", "s".repeat(17_000)))));
        assertThat(large.error()).isEqualTo("The credential must be 16,384 characters or fewer.");
        assertRefused(acme.post(passkey + "/confirm", Map.of()), 409);
        assertThat(data(acme.post(passkey, Map.of("credential", CREDENTIAL)), 200)
                        .path("state")
                        .asText())
                .isNotBlank();
        shop.becomes(master, "linked");
    }

    @Test
    void aGatewayWithoutPasskeysSaysWhatToDoInstead() {
        String evolution = data(
                        acme.post(
                                "/api/whatsapp/connections",
                                Map.of(
                                        "name",
                                        "Evolution",
                                        "driver",
                                        "evolution",
                                        "url",
                                        shop.waha.url().toString(),
                                        "credentials",
                                        Map.of("apiKey", "key"))),
                        201)
                .path("id")
                .asText();
        String master = shop.master(Map.of("connection", evolution));
        String passkey = SENDERS + master + "/passkey";

        for (Answer answer : new Answer[] {
            acme.get(passkey),
            acme.post(passkey, Map.of("credential", CREDENTIAL)),
            acme.post(passkey + "/confirm", Map.of())
        }) {
            assertRefused(answer, 409);
            assertThat(answer.error())
                    .startsWith("Evolution API has no passkey step.")
                    .contains("WAHA");
        }
    }

    @Test
    void aSimulatedPhoneHasItsPasskeyAtHand() {
        String master = shop.master(Map.of());
        String passkey = SENDERS + master + "/passkey";
        acme.post(SENDERS + master + "/simulate", Map.of("fault", Fault.PASSKEY.key()));
        acme.post("/api/whatsapp/masters/" + master + "/link", Map.of());
        acme.post(SENDERS + master + "/scan", Map.of());

        assertThat(data(acme.get(passkey), 200).path("step").asText()).isEqualTo("confirmation");
        assertRefused(acme.post(passkey, Map.of("credential", CREDENTIAL)), 409);
        assertThat(data(acme.post(passkey + "/confirm", Map.of()), 200)
                        .path("state")
                        .asText())
                .isEqualTo("linked");
    }

    @Test
    void aPairingCodeIsForANumberThatIsKnown() {
        String connection = shop.connection();
        Phone phone = WahaShop.phone();
        String known = shop.master(Map.of("connection", connection, "phone", phone.e164()));
        String unknown = shop.master(Map.of("connection", connection));

        String code = data(acme.post(SENDERS + known + "/pairing-code", Map.of()), 200)
                .path("code")
                .asText();
        assertThat(code).matches("BNYN-[0-9]{4}");
        assertThat(data(acme.post(SENDERS + known + "/pairing-code", Map.of()), 200)
                        .path("code")
                        .asText())
                .as("the same until the linking ends")
                .isEqualTo(code);
        assertThat(acme.post(SENDERS + unknown + "/pairing-code", Map.of()).error())
                .isEqualTo("The phone number is unknown; link it with a QR code");
        shop.waha.phoneScans(shop.session(known), phone);
        shop.becomes(known, "linked");
        assertRefused(acme.post(SENDERS + known + "/pairing-code", Map.of()), 409);
    }

    @Test
    void strangersSeeNoSteps() {
        String master = shop.master(Map.of("connection", shop.connection()));
        shop.scanUntilPasskey(master, WahaShop.phone(), false);
        TestClient stranger = TestClient.of(world.rival());

        assertRefused(stranger.get(SENDERS + master + "/passkey"), 404);
        assertRefused(stranger.post(SENDERS + master + "/passkey", Map.of("credential", CREDENTIAL)), 404);
        assertRefused(stranger.post(SENDERS + master + "/pairing-code", Map.of()), 404);
        assertThat(shop.sender(master).path("state").asText()).isEqualTo("passkey-required");
    }
}
