package dev.banyan.whatsapp.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.WahaShop;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A number at a gateway's fake on the pages of the board: linked with a code, through a passkey, and moved.
@QuarkusTest
class NumberAtGatewayTest {

    private static final String RESULT = "'{\"id\":\"c\",\"rawId\":\"c\",\"response\":{\"signature\":\"s\"}}'";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private TestClient acme;
    private String as = "";
    private WahaShop shop;

    @BeforeEach
    void open() {
        acme = TestClient.of(world.acme());
        as = world.acme().username();
        shop = new WahaShop(clock, acme);
    }

    @AfterEach
    void close() {
        shop.close();
        world.removeConnections();
    }

    private String get(String path) {
        Answer answer = acme.get(path + (path.contains("?") ? "&" : "?") + "as=" + as);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.text();
    }

    private Answer post(String path, String... fields) {
        var form = new java.util.LinkedHashMap<String, String>();
        form.put("as", as);
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return acme.form(path, form);
    }

    private static String link(String id) {
        return "/admin/pools/" + id + "/link";
    }

    @Test
    void thePageLeadsThroughThePasskey() {
        String master = shop.master(Map.of("connection", shop.connection()));
        shop.scanUntilPasskey(master, WahaShop.phone(), true);

        // The state is stored before the code is taken away.
        assertThat(Eventually.until(() -> get(link(master)), page -> page.contains("asks for a passkey")))
                .contains("This number asks for a passkey.", "web.whatsapp.com", "data-copy=\"passkey-script\"")
                .contains("navigator.credentials.get(", "&quot;challenge&quot;:&quot;cGFzc2tleQ&quot;")
                .doesNotContain("Confirm code", "simulated phone");
        Answer wrong = post(link(master) + "/passkey", "credential", "not a credential");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("The passkey step didn’t succeed.", ">not a credential</textarea>");

        assertThat(post(link(master) + "/passkey", "credential", RESULT).location())
                .isEqualTo(link(master) + "?as=" + as);
        assertThat(get(link(master))).contains("<code id=\"passkey-code\">1234</code>", "Confirm code");
        assertThat(post(link(master) + "/passkey/confirm").status()).isEqualTo(303);
        shop.becomes(master, "linked");
        assertThat(get(link(master))).contains("Linked: +971");
        assertThat(post(link(master) + "/passkey/confirm").text()).contains("WhatsApp asks for no passkey right now.");
    }

    @Test
    void manyNumbersMoveToAConnectionTogether() {
        Phone known = WahaShop.phone();
        Phone fresh = WahaShop.phone();
        shop.waha.hasLinked("old-shop", known);
        String connection = shop.connection();
        String first = shop.master(Map.of("phone", known.e164()));
        String second = shop.master(Map.of("phone", fresh.e164()));
        String bulk = "/api/whatsapp/senders/bulk";
        Map<String, Object> wanted =
                Map.of("act", "connect", "connection", connection, "senders", List.of(first, second));

        var dry = new HashMap<>(wanted);
        dry.put("dryRun", true);
        assertThat(WahaShop.data(acme.post(bulk, dry), 200).path("done").asInt())
                .isEqualTo(2);
        assertThat(shop.sender(first).path("driver").asText()).isEqualTo("simulator");
        assertThat(acme.post(bulk, Map.of("act", "connect", "connection", "x", "senders", List.of(first)))
                        .status())
                .isEqualTo(404);

        var report = WahaShop.data(acme.post(bulk, wanted), 200);
        assertThat(report.at("/lines/0/text").asText()).endsWith("as old-shop");
        assertThat(report.at("/lines/1/text").asText()).endsWith("and must be linked");
        assertThat(shop.session(first)).isEqualTo("old-shop");
        shop.becomes(first, "linked");
        assertThat(shop.sender(second).path("driver").asText()).isEqualTo("waha");
        assertThat(shop.sender(second).path("state").asText()).isEqualTo("pending");

        Answer asked = post("/admin/pools/bulk", "act", "connect", "sender", second);
        assertThat(asked.text()).contains("Move to a connection", "value=\"" + connection + "\"");
        Answer planned = post("/admin/pools/bulk/plan", "act", "connect", "sender", second, "connection", connection);
        assertThat(planned.text()).contains("is there already", "Move 1 number");
        assertThat(post("/admin/pools/bulk/plan", "act", "connect", "sender", second, "connection", "")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void onlySimulatedNumbersOfferSimulatedCustomers() {
        String real = shop.master(Map.of("connection", shop.connection()));
        String simulated = shop.master(Map.of("phone", WahaShop.phone().e164()));

        assertThat(get("/admin/pools/senders/" + real)).doesNotContain("/customers?");
        assertThat(get("/admin/pools/senders/" + simulated)).contains("/admin/pools/" + simulated + "/customers?");
        assertThat(get("/admin/pools"))
                .doesNotContain("/admin/pools/" + real + "/customers?")
                .contains("/admin/pools/" + simulated + "/customers?");
    }

    @Test
    void aPairingCodeIsShownNextToTheQrCode() {
        Phone phone = WahaShop.phone();
        String master = shop.master(Map.of("connection", shop.connection(), "phone", phone.e164()));
        assertThat(get(link(master))).contains("Show pairing code");

        assertThat(post(link(master) + "/pair").status()).isEqualTo(303);

        assertThat(get(link(master)))
                .containsPattern("<code id=\"pairing-code\">BNYN-[0-9]{4}</code>")
                .contains("Code 1 of 6")
                .doesNotContain("Show pairing code", "Scan with simulated phone");
        assertThat(post(link(master) + "/cancel").status()).isEqualTo(303);
        assertThat(get(link(master))).contains("Show pairing code").doesNotContain("BNYN-");
        String unknown = shop.master(Map.of("connection", shop.connection()));
        assertThat(get(link(unknown))).doesNotContain("Show pairing code");
        assertThat(post(link(unknown) + "/pair").text()).contains("The gateway has no pairing code right now.");
    }

    @Test
    void afterTheSecondCodeAGatewayWithoutPasskeysIsSuspected() {
        try (var other = new WahaShop(clock, acme, "NOWEB")) {
            String master = other.master(Map.of("connection", other.connection()));
            post(link(master));
            assertThat(get(link(master))).contains("Code 1 of 6").doesNotContain("Some accounts need a passkey");

            other.waha.timePasses(Duration.ofSeconds(61));
            other.eventually(() -> String.valueOf(get(link(master)).contains("Code 2 of 6")), "true");

            assertThat(get(link(master))).contains("Some accounts need a passkey, which this gateway can’t pass on.");
        }
    }

    @Test
    void aNumberMovesToAnotherConnectionAndKeepsItsHistory() {
        String first = shop.connection();
        String master = shop.master(Map.of("connection", first));
        try (var other = new WahaShop(clock, acme)) {
            Phone phone = WahaShop.phone();
            other.waha.hasLinked("old-shop", phone);
            String second = other.connection("Second gateway " + master);
            String move = "/admin/pools/" + master + "/connection";
            assertThat(get("/admin/pools/senders/" + master)).contains("Move to another connection…");
            assertThat(get(move)).contains("Second gateway " + master, "Its pool, contacts and history stay.");
            assertThat(get(move + "?connection=" + second))
                    .contains("<option value=\"old-shop\">old-shop (" + phone + ")</option>", "New session");

            assertThat(post(move, "connection", "").text()).contains("Choose a connection.");
            assertThat(post(move, "connection", second, "remote", "nothing-like-it")
                            .text())
                    .contains("The gateway has no number called “nothing-like-it”");
            assertThat(shop.sender(master).path("connection").asText()).isEqualTo(first);

            assertThat(post(move, "connection", second, "remote", "old-shop").location())
                    .contains("done=number-moved");
            other.becomes(master, "linked");
            assertThat(shop.sender(master).path("connection").asText()).isEqualTo(second);
            assertThat(shop.sender(master).path("phone").asText()).isEqualTo(phone.e164());

            assertThat(post(move, "connection", "simulated").status()).isEqualTo(303);
            assertThat(shop.sender(master).path("driver").asText()).isEqualTo("simulator");
            assertThat(get("/admin/pools/senders/" + master)).contains("Moved to another connection");
        }
    }

    @Test
    void strangersMoveNothing() {
        String master = shop.master(Map.of("connection", shop.connection()));
        TestClient stranger = TestClient.of(world.rival());
        String move = "/admin/pools/" + master + "/connection";

        String rival = world.rival().username();
        assertThat(stranger.get(move + "?as=" + rival).status()).isEqualTo(404);
        assertThat(stranger.form(move, "as", rival, "connection", "simulated").status())
                .isEqualTo(404);
        assertThat(shop.sender(master).path("driver").asText()).isEqualTo("waha");
    }
}
