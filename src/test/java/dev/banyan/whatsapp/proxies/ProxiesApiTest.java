package dev.banyan.whatsapp.proxies;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.WahaShop;
import dev.banyan.whatsapp.numbers.Place;
import dev.banyan.whatsapp.numbers.Senders;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Proxies in the API and on their pages.
@QuarkusTest
class ProxiesApiTest {

    private static final String API = "/api/whatsapp/proxies";
    private static final Map<String, Object> PROXY = Map.of(
            "name",
            "Dubai",
            "kind",
            "socks5",
            "host",
            "proxy.example",
            "port",
            1080,
            "user",
            "amira",
            "password",
            "open sesame");

    @Inject
    TestWorld world;

    @Inject
    Senders senders;

    @Inject
    TestClock clock;

    private TestClient acme = TestClient.anonymous();
    private String as = "";

    @BeforeEach
    void acmeIsIn() {
        acme = TestClient.of(world.acme());
        as = world.acme().username();
    }

    @AfterEach
    void withoutConnections() {
        world.removeConnections();
    }

    @Test
    void aProxyIsAddedListedChangedAndDeleted() {
        JsonNode added = data(201, acme.post(API, PROXY));
        assertThat(added.path("hasPassword").asBoolean()).isTrue();
        assertThat(added.path("capacity").asInt()).isEqualTo(1);
        assertThat(added.path("enabled").asBoolean()).isTrue();
        assertThat(added.path("numbers").asInt()).isZero();
        String id = added.path("id").asText();

        Answer list = acme.get(API);
        assertThat(data(200, list).at("/proxies/0/name").asText()).isEqualTo("Dubai");
        assertThat(list.text()).doesNotContain("open sesame");
        assertThat(data(200, acme.put(API + "/" + id, Map.of("capacity", 3)))
                        .path("capacity")
                        .asInt())
                .isEqualTo(3);
        Answer moved = acme.put(API + "/" + id, Map.of("host", "other.example"));
        assertThat(moved.status()).isEqualTo(400);
        assertThat(moved.error()).contains("password is required again");
        assertThat(acme.put(API + "/" + id, Map.of("colour", "red")).status()).isEqualTo(400);
        assertThat(acme.post(API, PROXY).error()).isEqualTo("Another proxy has this name");

        assertThat(TestClient.of(world.rival())
                        .put(API + "/" + id, Map.of("capacity", 3))
                        .status())
                .isEqualTo(404);
        assertThat(acme.delete(API + "/" + id).status()).isEqualTo(200);
        assertThat(acme.delete(API + "/" + id).error()).isEqualTo("Proxy not found");
    }

    @Test
    void aNumberGetsAndKeepsItsProxy() {
        String number = number();
        String path = "/api/whatsapp/senders/" + number + "/proxy";
        assertThat(data(200, acme.get(path)).toString()).isEqualTo("{\"proxy\":null,\"name\":null,\"auto\":false}");
        Answer none = acme.put(path, Map.of("proxy", "auto"));
        assertThat(none.status()).isEqualTo(409);
        assertThat(none.error()).contains("No proxy has room");

        String id = data(201, acme.post(API, PROXY)).path("id").asText();
        JsonNode chosen = data(200, acme.put(path, Map.of("proxy", "auto")));
        assertThat(chosen.path("proxy").asText()).isEqualTo(id);
        assertThat(chosen.path("auto").asBoolean()).isTrue();
        assertThat(data(200, acme.put(path, Map.of("proxy", id))).path("auto").asBoolean())
                .isFalse();
        assertThat(acme.put(path, Map.of("proxy", "nonsense")).error())
                .isEqualTo("proxy must be the id of a proxy, auto or null");
        assertThat(data(200, acme.get(API)).at("/proxies/0/numbers").asInt()).isEqualTo(1);

        Answer used = acme.delete(API + "/" + id);
        assertThat(used.status()).isEqualTo(409);
        assertThat(used.error()).contains("in use by 1 number");
        assertThat(acme.delete(API + "/" + id + "?force=true").text()).contains("1 number without a proxy");
        assertThat(data(200, acme.get(path)).path("proxy").isNull()).isTrue();

        String again = data(201, acme.post(API, PROXY)).path("id").asText();
        data(200, acme.put(path, Map.of("proxy", again)));
        assertThat(acme.put(path, Map.of()).error())
                .as("which leaves its proxy")
                .isEqualTo("proxy must be the id of a proxy, auto or null");
        assertThat(data(200, acme.get(path)).path("proxy").asText()).isEqualTo(again);
        var nothing = new HashMap<String, Object>();
        nothing.put("proxy", null);
        assertThat(data(200, acme.put(path, nothing)).path("proxy").isNull()).isTrue();
    }

    @Test
    void aLiveNumberUsesItsProxyAtOnce() {
        try (var shop = new WahaShop(clock, acme)) {
            String master = shop.master(Map.of("connection", shop.connection()));
            assertThat(acme.post("/api/whatsapp/masters/" + master + "/link", Map.of())
                            .status())
                    .isEqualTo(200);
            shop.waha.phoneScans(shop.session(master), WahaShop.phone());
            shop.becomes(master, "linked");
            var http = new HashMap<>(PROXY);
            http.put("kind", "http");
            String id = data(201, acme.post(API, http)).path("id").asText();

            data(200, acme.put("/api/whatsapp/senders/" + master + "/proxy", Map.of("proxy", id)));

            shop.eventually(
                    () -> shop.waha
                            .config(shop.session(master))
                            .orElseThrow()
                            .at("/proxy/server")
                            .asText(),
                    "proxy.example:1080");
        }
    }

    @Test
    void aSimulatedNumberSaysThatItCannot() {
        String number = data(201, acme.post("/api/whatsapp/masters", Map.of("displayName", "Desk")))
                .path("id")
                .asText();
        data(201, acme.post(API, PROXY));

        Answer refused = acme.put("/api/whatsapp/senders/" + number + "/proxy", Map.of("proxy", "auto"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).isEqualTo("Simulator doesn’t support proxies.");
        assertThat(acme.get("/admin/pools/senders/" + number + "?as=" + as).text())
                .contains("Simulator doesn’t support proxies.")
                .doesNotContain("proxy-of-e");
    }

    @Test
    void proxiesAreManagedOnTheirPages() {
        assertThat(acme.get("/admin/pools/proxies?as=" + as).text()).contains("No proxies yet");
        Map<String, String> typed = new HashMap<>(Map.of(
                "as",
                as,
                "name",
                "Dubai",
                "kind",
                "http",
                "host",
                "proxy.example",
                "port",
                "x",
                "user",
                "amira",
                "proxyPassword",
                "open sesame",
                "capacity",
                "1",
                "enabled",
                "true"));
        Answer refused = acme.form("/admin/pools/proxies", typed);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("Enter a whole number", "value=\"proxy.example\"")
                .doesNotContain("open sesame");
        typed.putAll(Map.of("port", "3128", "proxyPassword", "", "typedSecret", refused.hidden("typedSecret")));
        assertThat(acme.form("/admin/pools/proxies", typed).status()).isEqualTo(303);
        String list = acme.get("/admin/pools/proxies?as=" + as).text();
        assertThat(list).contains("http://proxy.example:3128", "0 of 1 number");
        String id = list.replaceFirst("(?s).*id=\"proxy-([0-9a-f-]{36})\".*", "$1");
        assertThat(acme.get("/admin/pools/proxies/" + id + "?as=" + as).text())
                .contains("Leave empty to keep the current password.");

        String number = number();
        String page = "/admin/pools/senders/" + number;
        assertThat(acme.get(page + "?as=" + as).text())
                .contains("It connects without a proxy", "Dubai (0 of 1 number)");
        assertThat(acme.form(page + "/proxy", Map.of("as", as, "proxy", "auto")).status())
                .isEqualTo(303);
        assertThat(acme.get(page + "?as=" + as).text()).contains("It connects through “<bdi>Dubai</bdi>”");
        Answer full = acme.form("/admin/pools/senders/" + number() + "/proxy", Map.of("as", as, "proxy", id));
        assertThat(full.status()).isEqualTo(422);
        assertThat(full.text()).contains("“Dubai” has no room");

        typed.keySet().removeAll(List.of("proxyPassword", "typedSecret"));
        typed.put("capacity", "2");
        assertThat(acme.form("/admin/pools/proxies/" + id, typed).status()).isEqualTo(303);
        assertThat(acme.get("/admin/pools/proxies/" + id + "?as=" + as).text())
                .contains("Used by 1 of 2 numbers", "Remove password")
                .doesNotContain("open sesame");
        assertThat(acme.get("/admin/pools/proxies/" + id + "/delete?as=" + as).text())
                .contains("1 number is without a proxy then");
        assertThat(acme.form("/admin/pools/proxies/" + id + "/delete", "as", as).status())
                .isEqualTo(303);
        assertThat(acme.get(page + "?as=" + as).text()).contains("It connects without a proxy", "Proxy deleted");
    }

    /// Returns a place at a WAHA server, which supports proxies.
    private Place atWaha() {
        JsonNode connection = data(
                201,
                acme.post(
                        "/api/whatsapp/connections",
                        Map.of(
                                "name",
                                world.name("waha") + UUID.randomUUID(),
                                "driver",
                                "waha",
                                "url",
                                "http://127.0.0.1:9",
                                "credentials",
                                Map.of("apiKey", "quiet"))));
        return new Place(
                DriverKind.WAHA, ConnectionId.parse(connection.path("id").asText()), Optional.empty());
    }

    /// Returns a number at a gateway, which may support proxies.
    private String number() {
        return ((Senders.Added.Done) senders.addMaster(
                        world.acme().account(),
                        Actor.SERVER,
                        new Senders.NewMaster(
                                Optional.empty(), "Desk", Optional.empty(), MasterType.PRIMARY, atWaha())))
                .sender()
                .id()
                .value();
    }

    private static JsonNode data(int status, Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer.json().path("data");
    }
}
