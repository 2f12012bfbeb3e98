package dev.banyan.whatsapp.connections;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.WahaShop;
import dev.banyan.whatsapp.drivers.cloud.FakeContacts;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution;
import dev.banyan.whatsapp.templates.CloudShop;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People can write U+0000, and no database keeps it: a signed webhook with it in one message is read, and loses
/// neither that message nor another one.
@QuarkusTest
class NulInWebhooksTest {

    private static final String API = "/api/whatsapp";
    private static final String WRITTEN = "before\0after";
    private static final String SHOWN = "beforeafter";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private TestClient acme;

    @BeforeEach
    void open() {
        acme = TestClient.of(world.acme());
    }

    @Test
    void ofTheCloudApi() {
        try (var shop = new CloudShop(acme, clock)) {
            FakeContacts.Contact amal = shop.contact("Amal");
            shop.meta.hooks().together(() -> {
                shop.meta.contacts().writes(shop.number, amal, WRITTEN);
                shop.meta.contacts().writes(shop.number, amal, "innocent");
            });

            assertThat(shop.meta.hooks().posted().getLast().status()).isEqualTo(200);
            assertThatBothCome(shop.master);
        }
    }

    @Test
    void ofWaha() {
        try (var shop = new WahaShop(clock, acme)) {
            Phone phone = WahaShop.phone();
            String master = shop.master(Map.of("connection", shop.connection(), "phone", phone.e164()));
            assertThat(acme.post(API + "/masters/" + master + "/link", Map.of()).status())
                    .isEqualTo(200);
            shop.waha.phoneScans(shop.session(master), phone);
            shop.becomes(master, "linked");

            var amal = shop.waha.contact(shop.session(master), WahaShop.phone(), "Amal");
            amal.writes(WRITTEN);
            amal.writes("innocent");

            assertThatBothCome(master);
        }
    }

    @Test
    void ofEvolution() {
        try (var fake = new FakeEvolution(FakeEvolution.Version.V2_4_0, clock, "GLOBAL-KEY")) {
            Phone phone = WahaShop.phone();
            String connection = CloudShop.data(
                            acme.post(
                                    API + "/connections",
                                    Map.of(
                                            "name",
                                            "Evolution of " + phone.e164(),
                                            "driver",
                                            "evolution",
                                            "url",
                                            fake.url().toString(),
                                            "credentials",
                                            Map.of("apiKey", "GLOBAL-KEY"),
                                            "webhook",
                                            Map.of("url", TestServer.uri().toString()))),
                            201)
                    .path("id")
                    .asText();
            String master = CloudShop.data(
                            acme.post(
                                    API + "/masters",
                                    Map.of("displayName", "Shop", "connection", connection, "phone", phone.e164())),
                            201)
                    .path("id")
                    .asText();
            String name = CloudShop.data(acme.get(API + "/masters/" + master), 200)
                    .path("remote")
                    .asText();
            assertThat(acme.post(API + "/masters/" + master + "/link", Map.of()).status())
                    .isEqualTo(200);
            fake.phoneScans(name, phone.digits());
            Eventually.until(
                    () -> {
                        fake.timePasses(Duration.ofMillis(200));
                        return CloudShop.data(acme.get(API + "/masters/" + master), 200)
                                .path("state")
                                .asText();
                    },
                    "linked"::equals);

            ArrayNode both = TestClient.JSON.createArrayNode();
            for (String text : List.of(WRITTEN, "innocent")) {
                var record = both.addObject().put("pushName", "Amal").put("messageType", "conversation");
                record.put("messageTimestamp", clock.instant().getEpochSecond());
                record.putObject("key")
                        .put("remoteJid", "971500000899@s.whatsapp.net")
                        .put("fromMe", false)
                        .put("id", "3A" + UUID.randomUUID());
                record.putObject("message").put("conversation", text);
            }
            fake.tells(name, "messages.upsert", both);

            assertThatBothCome(master);
            fake.settle();
            assertThat(fake.waitingWebhooks()).isZero();
        }
    }

    private void assertThatBothCome(String master) {
        Eventually.until(
                () -> acme.get(API + "/inbound?master=" + master).text(),
                all -> all.contains('"' + SHOWN + '"') && all.contains("\"innocent\""));
    }
}
