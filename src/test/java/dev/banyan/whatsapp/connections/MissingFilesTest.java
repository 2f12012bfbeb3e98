package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.WahaShop;
import dev.banyan.whatsapp.drivers.HookStore;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// A message whose file can't be fetched is not lost with it.
@QuarkusTest
class MissingFilesTest {

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    Database database;

    @Test
    void aMessageIsShownWithoutTheFileThatItsGatewayNeverGives() {
        TestClient acme = TestClient.of(world.acme());
        try (var shop = new WahaShop(clock, acme)) {
            Phone phone = WahaShop.phone();
            String connection = shop.connection();
            String master = shop.master(Map.of("connection", connection, "phone", phone.e164()));
            String session = shop.session(master);
            String body = """
                    {"event": "message.any", "session": "%s", "engine": "GOWS",
                     "payload": {"id": "false_971500000898@c.us_3EB0A1", "timestamp": %d, "from": "971500000898@c.us",
                      "fromMe": false, "body": "This cake", "hasMedia": true, "media": null,
                      "_data": {"Message": {"imageMessage": {"mimetype": "image/jpeg", "caption": "This cake"}}}}}""".formatted(session, clock.instant().getEpochSecond());
            var tried = new HookStore.Row(
                    new Uuids(clock).next(),
                    world.acme().account(),
                    ConnectionId.of(connection),
                    Optional.empty(),
                    Optional.empty(),
                    "tried-often",
                    body,
                    7,
                    clock.instant(),
                    clock.instant());
            database.write(world.acme().account(), tx -> new HookStore(tx).insert(tried.tenant(), tried));

            Eventually.until(
                    () -> acme.get("/api/whatsapp/inbound?master=" + master).text(),
                    all -> all.contains("This cake\\n(A file that could not be fetched from WhatsApp.)"));
        }
    }
}
