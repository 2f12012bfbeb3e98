package dev.banyan.workspaces.number;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.WahaShop;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A workspace's number at a gateway's fake: on its page, for both sides, and in the API.
@QuarkusTest
class NumberAtGatewayTest {

    private static final String RESULT = "{\"id\":\"c\",\"rawId\":\"c\",\"response\":{\"signature\":\"s\"}}";

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    private TestWorld world;
    private TestClient acme;
    private TestClient admin;
    private WahaShop shop;
    private Workspace sales;
    private String tab = "";
    private String inside = "";

    @BeforeEach
    void aWorkspaceAndAGateway() {
        world = rooms.world();
        world.removeConnections();
        acme = TestClient.of(world.acme());
        shop = new WahaShop(clock, acme);
        sales = rooms.workspace("Sales Team");
        admin = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.ADMIN).cookie());
        tab = "/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/whatsapp";
        inside = "/s/" + sales.shortPath() + "/whatsapp";
    }

    @AfterEach
    void close() {
        shop.close();
        world.removeConnections();
    }

    private String page() {
        return acme.get(tab + "?as=" + world.acme().username()).text();
    }

    private Answer post(String what, String... fields) {
        var form = new java.util.LinkedHashMap<String, String>();
        form.put("as", world.acme().username());
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return acme.form(tab + what, form);
    }

    private String client() {
        return world.select(
                        "SELECT whatsapp_client_id FROM sub_clients WHERE id = ?",
                        sales.id().value())
                .getFirst();
    }

    @Test
    void theAgencyChoosesTheGatewayAndGoesThroughThePasskey() {
        String connection = shop.connection("Main gateway");
        assertThat(page()).contains("Main gateway (WAHA)", "Simulated number", "id=\"link-connection\"");

        assertThat(post("/link", "connection", connection).status()).isEqualTo(303);
        String number = client();
        assertThat(shop.sender(number).path("connection").asText()).isEqualTo(connection);
        assertThat(page())
                .contains("Code 1 of 6", "Waiting for scan", "Stop linking")
                .doesNotContain("This number is a simulation.", "Scan with simulated phone");

        Phone phone = WahaShop.phone();
        shop.waha.wantsPasskey(shop.session(number), true);
        shop.waha.phoneScans(shop.session(number), phone);
        shop.becomes(number, "passkey-required");
        // The state is stored before the code is taken away.
        assertThat(Eventually.until(this::page, page -> page.contains("asks for a passkey")))
                .contains("This number asks for a passkey.", "navigator.credentials.get(", "Continue");
        Answer wrong = post("/passkey", "credential", "nothing");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("The passkey step didn’t succeed.", ">nothing</textarea>");

        assertThat(post("/passkey", "credential", RESULT).status()).isEqualTo(303);
        assertThat(page()).contains("<code id=\"passkey-code\">1234</code>", "Confirm code");
        assertThat(post("/passkey/confirm").status()).isEqualTo(303);
        shop.becomes(number, "linked");
        assertThat(page()).contains("Linked: <bdi>" + phone);
    }

    @Test
    void anAdminOfTheWorkspaceLinksAtTheAccountsGateway() {
        String connection = shop.connection();
        assertThat(admin.get(inside).text()).contains("No number yet").doesNotContain("link-connection");

        assertThat(admin.form(inside + "/link", "connection", "simulated").status())
                .isEqualTo(303);

        String number = client();
        assertThat(shop.sender(number).path("connection").asText()).isEqualTo(connection);
        assertThat(admin.get(inside).text()).contains("Code 1 of 6").doesNotContain("simulation");
        shop.waha.phoneScans(shop.session(number), WahaShop.phone());
        shop.becomes(number, "linked");
        assertThat(admin.get(inside).text()).contains("Linked: <bdi>+971");

        assertThat(admin.form(inside + "/unlink").status()).isEqualTo(303);
        assertThat(admin.get(inside).text()).contains("is not linked.", "Show a new code");
        assertThat(admin.form(inside + "/pair").status()).isEqualTo(303);
        assertThat(admin.get(inside).text()).containsPattern("<code id=\"pairing-code\">BNYN-[0-9]{4}</code>");
    }

    @Test
    void aNumberOfTheSimulationIsAChoice() {
        shop.connection();

        assertThat(post("/link", "connection", "simulated").status()).isEqualTo(303);

        assertThat(shop.sender(client()).path("driver").asText()).isEqualTo("simulator");
        assertThat(page()).contains("This number is a simulation.", "Scan with simulated phone");
    }

    @Test
    void aGatewayThatDoesNotAnswerIsNamed() {
        String connection = shop.connection();
        shop.waha.kill();

        assertThat(post("/link", "connection", connection).status()).isEqualTo(303);

        assertThat(page()).contains("can’t be reached", "Show a new code");
    }

    private Answer create(TestClient by, String connection) {
        return by.post("/api/whatsapp/client", Map.of("subClientId", sales.id().value(), "connection", connection));
    }

    @Test
    void theApiChoosesTheGateway() {
        shop.connection("Oldest gateway");
        String connection = shop.connection("Second gateway");

        Answer made = create(acme, connection);

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(shop.sender(client()).path("connection").asText()).isEqualTo(connection);
        assertThat(create(acme, shop.connection("Third gateway")).status()).isEqualTo(200);
        assertThat(shop.sender(client()).path("connection").asText()).isEqualTo(connection);
    }

    @Test
    void aWrongGatewayIsNamedAndChangesNothing() {
        String connection = shop.connection();
        var rival = TestClient.of(world.rival());
        try (var theirs = new WahaShop(clock, rival)) {
            Answer stolen = create(acme, theirs.connection());
            assertThat(stolen.status()).isEqualTo(404);
            assertThat(stolen.error()).isEqualTo("Connection not found");
        }
        assertThat(create(acme, "gateway").status()).isEqualTo(404);
        Answer byAdmin = create(admin, connection);
        assertThat(byAdmin.status()).isEqualTo(403);
        assertThat(byAdmin.error()).isEqualTo("Only the account can choose the connection of a WhatsApp client");
        assertThat(create(rival, connection).error()).isEqualTo("Sub-client not found");
        assertThat(create(acme, cloud()).text()).contains("attach its pool");
        assertThat(client()).isNull();
    }

    private String cloud() {
        return WahaShop.data(
                        acme.post(
                                "/api/whatsapp/connections",
                                Map.of(
                                        "name",
                                        "Meta",
                                        "driver",
                                        "cloud",
                                        "url",
                                        "https://graph.example/v26.0",
                                        "credentials",
                                        Map.of("token", "t", "appSecret", "s", "verifyToken", "v"))),
                        201)
                .path("id")
                .asText();
    }

    @Test
    void theApiLeadsThroughThePasskeyToo() {
        post("/link", "connection", shop.connection());
        String number = client();
        String passkey = "/api/whatsapp/passkey";
        assertThat(acme.get(passkey).error()).isEqualTo("Missing clientId");
        assertThat(acme.get(passkey + "?clientId=" + number).status()).isEqualTo(409);
        shop.waha.wantsPasskey(shop.session(number), true);
        shop.waha.phoneScans(shop.session(number), WahaShop.phone());
        shop.becomes(number, "passkey-required");

        assertThat(acme.get(passkey + "?clientId=" + number)
                        .json()
                        .at("/passkey/step")
                        .asText())
                .isEqualTo("challenge");
        assertThat(TestClient.of(world.rival())
                        .get(passkey + "?clientId=" + number)
                        .status())
                .isEqualTo(404);
        assertThat(acme.post(passkey, Map.of("clientId", number)).error()).isEqualTo("Missing credential");
        assertThat(acme.post(passkey, Map.of("clientId", number, "credential", WahaShop.CREDENTIAL))
                        .status())
                .isEqualTo(200);
        assertThat(acme.get(passkey + "?clientId=" + number)
                        .json()
                        .at("/passkey/code")
                        .asText())
                .isEqualTo("1234");
        assertThat(acme.post(passkey + "/confirm", Map.of("clientId", number)).status())
                .isEqualTo(200);
        shop.becomes(number, "linked");
    }
}
