package dev.banyan.whatsapp.connections;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.waha.FakeWaha;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Connections in the API, and a number at a real gateway's fake from its first code to its first answer.
@QuarkusTest
class ConnectionsApiTest {

    private static final String API = "/api/whatsapp";
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");
    private static final AtomicInteger NUMBER = new AtomicInteger(700);

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private TestClient acme;
    private TestClient stranger;
    private FakeWaha waha;

    @BeforeEach
    void open() {
        acme = TestClient.of(world.acme());
        stranger = TestClient.of(world.rival());
        waha = new FakeWaha(clock).with("GOWS", "2026.8.1");
    }

    @AfterEach
    void close() {
        waha.close();
        world.removeConnections();
    }

    private static Phone phone() {
        return new Phone("+971500000" + NUMBER.incrementAndGet());
    }

    private static JsonNode data(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("data");
    }

    private String connection() {
        return data(
                        acme.post(
                                API + "/connections",
                                Map.of(
                                        "name",
                                        "WAHA " + NUMBER.incrementAndGet(),
                                        "driver",
                                        "waha",
                                        "url",
                                        waha.url().toString(),
                                        "credentials",
                                        Map.of("apiKey", FakeWaha.KEY),
                                        "webhook",
                                        Map.of("url", TestServer.uri().toString()))),
                        201)
                .path("id")
                .asText();
    }

    @Test
    void credentialsGoInAndNeverComeOut() {
        String id = connection();

        for (Answer answer : List.of(
                acme.get(API + "/connections"),
                acme.get(API + "/connections/" + id),
                acme.put(API + "/connections/" + id, Map.of("name", "Renamed " + id)))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).doesNotContain(FakeWaha.KEY).doesNotContain("apiKey");
        }
        JsonNode found = data(acme.get(API + "/connections/" + id), 200);
        assertThat(found.path("name").asText()).isEqualTo("Renamed " + id);
        assertThat(found.path("driver").asText()).isEqualTo("waha");
        assertThat(found.at("/webhook/url").asText()).endsWith("/hooks/whatsapp/" + id);
    }

    @Test
    void aNameHasSomethingToSee() {
        String id = connection();
        String path = API + "/connections/" + id;
        assertThat(data(acme.put(path, Map.of("name", "\u200eShop " + id + "\u200f")), 200)
                        .path("name")
                        .asText())
                .isEqualTo("Shop " + id);
        assertThat(data(acme.put(path, Map.of("name", "\u200b\u2800")), 200)
                        .path("name")
                        .asText())
                .as("as if there were none")
                .isEqualTo("Shop " + id);
        assertThat(acme.put(path, Map.of("name", "Sh\u202eop")).error()).startsWith("name must not contain");
    }

    @Test
    void marketingOverItsOwnRouteIsAChoiceOfTheCloudApi() {
        Map<String, Object> cloud = Map.of(
                "name",
                "Meta " + NUMBER.incrementAndGet(),
                "driver",
                "cloud",
                "credentials",
                Map.of("token", "t", "appSecret", "s"));
        JsonNode added = data(acme.post(API + "/connections", and(cloud, "marketingMessages", true)), 201);
        assertThat(added.path("marketingMessages").asBoolean()).isTrue();
        String id = added.path("id").asText();
        JsonNode renamed = data(acme.put(API + "/connections/" + id, Map.of("name", "Other " + id)), 200);
        assertThat(renamed.path("marketingMessages").asBoolean())
                .as("what is left out stays")
                .isTrue();

        String page = "/admin/pools/connections/" + id;
        var form = new HashMap<>(Map.of("as", world.acme().username(), "driver", "cloud", "name", "Other " + id));
        assertThat(acme.get(page + "?as=" + form.get("as")).text())
                .contains("name=\"marketingMessages\" value=\"true\" checked");
        assertThat(acme.form(page, form).status()).isEqualTo(303);
        assertThat(data(acme.get(API + "/connections/" + id), 200).at("/marketingMessages"))
                .as("an empty box says no")
                .isEqualTo(BooleanNode.FALSE);
        form.put("marketingMessages", "true");
        assertThat(acme.form(page, form).status()).isEqualTo(303);
        assertThat(data(acme.get(API + "/connections/" + id), 200).at("/marketingMessages"))
                .isEqualTo(BooleanNode.TRUE);

        String other = connection();
        assertThat(data(acme.get(API + "/connections/" + other), 200).has("marketingMessages"))
                .isFalse();
        assertThat(acme.put(API + "/connections/" + other, Map.of("marketingMessages", true))
                        .error())
                .isEqualTo("marketingMessages is offered by the Cloud API only");
    }

    /// A changed one kept its old secrets without a word: the new ones were lost with the error.
    @Test
    void credentialsAreTypedOnceAlsoIfTheFormIsRefused() {
        String path = "/admin/pools/connections";
        var form = new HashMap<>(Map.of(
                "as", world.acme().username(), "driver", "waha", "name", "W " + NUMBER.incrementAndGet(), "url", "x"));
        form.put("apiKey", "mistyped");
        String id = acme.form(
                        path,
                        refused(
                                path,
                                form,
                                "typedSecret",
                                "apiKey",
                                "url",
                                waha.url().toString()))
                .location()
                .replaceFirst(".*/([0-9a-f-]{36}).*", "$1");
        assertThat(data(acme.post(API + "/connections/" + id + "/check", Map.of()), 200)
                        .toString())
                .contains("refuses");
        path += "/" + id;
        form.put("apiKey", FakeWaha.KEY);
        form.put("url", "x");
        assertThat(acme.form(
                                path,
                                refused(
                                        path,
                                        form,
                                        "typedSecret",
                                        "apiKey",
                                        "url",
                                        waha.url().toString()))
                        .location())
                .contains("connection-saved");
        assertThat(data(acme.post(API + "/connections/" + id + "/check", Map.of()), 200)
                        .toString())
                .contains("2026.8.1");
    }

    @Test
    void bothSecretsOfTheCloudApiAreTypedOnce() {
        String path = "/admin/pools/connections";
        var form = new HashMap<>(Map.of("as", world.acme().username(), "driver", "cloud", "url", "x"));
        form.putAll(Map.of("name", "Meta " + NUMBER.incrementAndGet(), "token", "secret-t", "appSecret", "secret-s"));
        refused(path, form, "typedSecret", "token", "url", "x");
        assertThat(acme.form(path, refused(path, form, "typedAppSecret", "appSecret", "url", ""))
                        .location())
                .contains("connection-added");
    }

    /// Returns the form as its page sends it again: without the secret, which the page keeps sealed.
    private Map<String, String> refused(
            String path, Map<String, String> form, String hidden, String secret, String field, String better) {
        Answer refused = acme.form(path, form);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("Entered. Leave empty to use it.")
                .doesNotContain("value=\"" + form.get(secret));
        form.putAll(Map.of(hidden, refused.hidden(hidden), secret, "", field, better));
        return form;
    }

    @Test
    void aConnectionBelongsToItsAccount() {
        String id = connection();

        assertThat(stranger.get(API + "/connections/" + id).status()).isEqualTo(404);
        assertThat(stranger.put(API + "/connections/" + id, Map.of("name", "Mine"))
                        .status())
                .isEqualTo(404);
        assertThat(stranger.post(API + "/connections/" + id + "/check", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(stranger.delete(API + "/connections/" + id).status()).isEqualTo(404);
        Answer taken = stranger.post(
                API + "/masters", Map.of("displayName", "Sales", "connection", id, "phone", phone().e164()));
        assertThat(taken.status()).isEqualTo(404);
        assertThat(taken.error()).isEqualTo("Connection not found");
    }

    @Test
    void badInputIsAnsweredClearly() {
        record Bad(Map<String, Object> body, String error) {}
        for (Bad bad : List.of(
                new Bad(Map.of("driver", "telegram"), "driver must be cloud, waha, evolution or simulator"),
                new Bad(Map.of("driver", "waha", "credentials", Map.of("apiKey", "k")), "Missing url"),
                new Bad(
                        Map.of("driver", "waha", "url", "ftp://host", "credentials", Map.of("apiKey", "k")),
                        "url must be an address such as http://localhost:3000"),
                new Bad(Map.of("driver", "waha", "url", "http://localhost:3000"), "Missing apiKey"),
                new Bad(Map.of("driver", "cloud", "credentials", Map.of("token", "t")), "Missing appSecret"))) {
            Answer answer = acme.post(API + "/connections", bad.body());
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo(bad.error());
        }
        Map<String, Object> complete =
                Map.of("driver", "waha", "url", waha.url().toString(), "credentials", Map.of("apiKey", "k"));
        assertThat(acme.post(API + "/connections", and(complete, "password", "x"))
                        .error())
                .startsWith("Unknown field: password");
        assertThat(acme.post(
                                API + "/connections",
                                and(complete, "credentials", Map.of("apiKey", "k", "token", "x", "secret", "y")))
                        .error())
                .startsWith("Unknown field: credentials.secret");
        assertThat(acme.post(API + "/masters", Map.of("displayName", "Sales", "remote", "x"))
                        .error())
                .isEqualTo("Missing connection");
    }

    private static Map<String, Object> and(Map<String, Object> body, String field, Object value) {
        var more = new HashMap<>(body);
        more.put(field, value);
        return more;
    }

    @Test
    void aCheckSaysWhatIsThere() {
        waha.hasLinked("old-shop", phone());
        String id = connection();

        JsonNode check = data(acme.post(API + "/connections/" + id + "/check", Map.of()), 200);

        assertThat(check.path("version").asText()).isEqualTo("2026.8.1");
        assertThat(check.path("engine").asText()).isEqualTo("GOWS");
        assertThat(check.at("/numbers/0/remote").asText()).isEqualTo("old-shop");
        assertThat(check.at("/numbers/0/state").asText()).isEqualTo("working");

        waha.kill();
        JsonNode dead = data(acme.post(API + "/connections/" + id + "/check", Map.of()), 200);
        assertThat(dead.path("ok").asBoolean(true)).isFalse();
        assertThat(dead.path("error").asText()).contains("can’t be reached");
        assertThat(data(acme.get(API + "/connections/" + id), 200)
                        .path("problem")
                        .asText())
                .contains("can’t be reached");
    }

    @Test
    void aConnectionWithNumbersIsNotRemoved() {
        String id = connection();
        String master = master(id);

        assertThat(acme.delete(API + "/connections/" + id).error())
                .isEqualTo("1 number uses this connection; move or remove it first");
        assertThat(acme.delete(API + "/masters/" + master).status()).isEqualTo(200);
        assertThat(acme.delete(API + "/connections/" + id).status()).isEqualTo(200);
        assertThat(acme.get(API + "/connections/" + id).status()).isEqualTo(404);
    }

    private String master(String connection) {
        return data(
                        acme.post(
                                API + "/masters",
                                Map.of("displayName", "Shop " + NUMBER.incrementAndGet(), "connection", connection)),
                        201)
                .path("id")
                .asText();
    }

    @Test
    void aNumberIsLinkedSendsAndReceives() {
        Phone shop = phone();
        String master = master(connection());
        JsonNode added = data(acme.get(API + "/masters/" + master), 200);
        String session = added.path("remote").asText();
        assertThat(added.path("driver").asText()).isEqualTo("waha");

        JsonNode linking = data(acme.post(API + "/masters/" + master + "/link", Map.of()), 200);
        assertThat(linking.at("/code/text").asText()).contains("2@");
        waha.phoneScans(session, shop);
        becomes("linked", () -> state(master));
        assertThat(data(acme.get(API + "/masters/" + master), 200).path("phone").asText())
                .isEqualTo(shop.e164());

        Phone amal = phone();
        JsonNode message = data(
                acme.post(API + "/messages", Map.of("master", master, "to", amal.e164(), "text", "Good morning")), 202);
        String id = message.path("id").asText();
        becomes(
                "read",
                () -> data(acme.get(API + "/messages/" + id), 200).path("state").asText());
        assertThat(waha.sent(session)).hasSize(1);

        waha.contact(session, amal, "Amal").writes("Is the shop open?");
        Eventually.until(
                () -> acme.get(API + "/inbound?master=" + master).text(), text -> text.contains("Is the shop open?"));

        waha.contact(session, amal, "Amal").sendsFile("image", "image/png", "", PNG, "This cake");
        JsonNode cake = Eventually.until(
                () -> acme.get(API + "/inbound?master=" + master).json().at("/data/messages/0"),
                found -> found.path("text").asText().equals("This cake"));
        assertThat(cake.at("/media/name").asText()).isEqualTo("image.png");
    }

    /// Waits for a state while the time of the fake and of the server passes.
    private void becomes(String wanted, Supplier<String> state) {
        Eventually.until(
                () -> {
                    waha.timePasses(Duration.ofMillis(200));
                    return state.get();
                },
                wanted::equals);
    }

    private String state(String master) {
        return data(acme.get(API + "/masters/" + master), 200).path("state").asText();
    }

    @Test
    void aNumberThatTheGatewayHasIsAdopted() {
        Phone shop = phone();
        waha.hasLinked("old-shop", shop);

        JsonNode added =
                data(acme.post(API + "/masters", Map.of("connection", connection(), "remote", "old-shop")), 201);

        assertThat(added.path("phone").asText()).isEqualTo(shop.e164());
        String master = added.path("id").asText();
        becomes("linked", () -> state(master));
    }

    /// One message with U+0000 must not cost the gateway's whole batch.
    @Test
    void aWebhookWithNulIsLookedAt() {
        assertThat(TestClient.anonymous()
                        .post("/hooks/whatsapp/" + connection(), Map.of("event", "a\0b"))
                        .status())
                .as("unsigned, but read")
                .isEqualTo(401);
    }

    @Test
    void aWebhookWithAWrongSignatureIsRefused() {
        String id = connection();
        var gateway = TestClient.anonymous();

        assertThat(gateway.post("/hooks/whatsapp/" + id, Map.of("event", "message"))
                        .status())
                .isEqualTo(401);
        assertThat(gateway.post("/hooks/whatsapp/00000000-0000-4000-8000-000000000000", Map.of())
                        .status())
                .isEqualTo(404);
    }
}
