package dev.banyan.console.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.console.RecordedScreen;
import dev.banyan.console.session.Commands;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.WahaShop;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Connections, numbers at gateways and passkeys in the console, against a gateway's fake.
@QuarkusTest
class ConnectionCommandsTest {

    private static final Pattern ID = Pattern.compile("\\(ID: ([^)]+)\\)");
    private static final String RESULT = "{\"id\":\"c\",\"rawId\":\"c\",\"response\":{\"signature\":\"s\"}}";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    Commands commands;

    private WahaShop shop;

    @BeforeEach
    void aGateway() {
        shop = new WahaShop(clock, TestClient.of(world.acme()));
    }

    @AfterEach
    void close() {
        shop.close();
        world.removeConnections();
    }

    private String run(String line, int code) {
        var screen = new RecordedScreen();
        assertThat(commands.run(line, Optional.of(world.acme().username()), false, "", screen)
                        .code())
                .as(() -> line + "\n" + screen.text())
                .isEqualTo(code);
        return screen.text();
    }

    private String shown(String line) {
        return run(line, 0);
    }

    private String refused(String line) {
        return run(line, 1);
    }

    private static String id(String text) {
        var found = ID.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    @Test
    void connectionsAreListedAndChecked() throws Exception {
        assertThat(shown("connections")).startsWith("🔌 CONNECTIONS (0)\n  (none)\n💡 Add one ");
        Phone phone = WahaShop.phone();
        shop.waha.hasLinked("old-shop", phone);
        shop.connection("Main WAHA");

        assertThat(shown("connections")).isEqualTo("""
                🔌 CONNECTIONS (1)

                ⏳ Main WAHA (WAHA)
                    Address: %s
                    Numbers: 0
                    Checked: never""".formatted(shop.waha.url()));
        assertThat(shown("connection 'main waha'"))
                .startsWith("🔌 CONNECTION: Main WAHA\n\nGateway: WAHA 2026.8.1, GOWS\nWebhooks: http")
                .endsWith("""
                        At the Gateway: 1

                          old-shop
                            State: working
                            Phone: %s
                            Account: none yet

                        💡 Adopt one: 'add-master "<name>" "connection=Main WAHA" remote=old-shop'""".formatted(phone));
        assertThat(shown("connection Main WAHA")).startsWith("🔌 CONNECTION: Main WAHA");
        assertThat(shown("connections")).contains("✅ Main WAHA (WAHA 2026.8.1, GOWS)");
        assertThat(new ObjectMapper()
                        .readTree(shown("connection 'Main WAHA' --json"))
                        .at("/numbers/0/remote")
                        .asText())
                .isEqualTo("old-shop");
        assertThat(refused("connection Unheard-of"))
                .isEqualTo("❌ Connection not found: Unheard-of\n💡 Use 'connections' to list them");
        shop.waha.kill();
        assertThat(refused("connection 'Main WAHA'"))
                .startsWith("❌ Main WAHA: ")
                .contains("can’t be reached");
        assertThat(shown("connections")).contains("❌ Main WAHA", "    Problem: ");
    }

    @Test
    void numbersAreAddedAdoptedAndMoved() {
        Phone phone = WahaShop.phone();
        shop.waha.hasLinked("old-shop", phone);
        String connection = shop.connection("Main WAHA");

        String added = shown("add-master 'Amira Nasser' \"connection=Main WAHA\" remote=old-shop");
        String master = id(added);
        assertThat(added).startsWith("✅ Account added successfully\n→ Added master account (ID: ");
        shop.becomes(master, "linked");
        assertThat(shop.sender(master).path("phone").asText()).isEqualTo(phone.e164());

        String fresh = shown("add-servant " + master + " 'Sales Team' \"connection=Main WAHA\" phone="
                + WahaShop.phone().e164() + " purpose=sales");
        String servant = id(fresh);
        assertThat(fresh).endsWith("→ Use 'link-secondary " + servant + "' to connect");
        assertThat(shop.sender(servant).path("connection").asText()).isEqualTo(connection);
        assertThat(shop.sender(servant).path("purpose").asText()).isEqualTo("sales");
        assertThat(shown("code " + servant)).containsPattern("Code: BNYN-[0-9]{4}");

        assertThat(shown("move-number " + servant + " simulator")).startsWith("""
                ✅ Sales Team is now at the simulator
                → Its pool, contacts and history stay
                """);
        assertThat(shop.sender(servant).path("driver").asText()).isEqualTo("simulator");
        assertThat(refused("move-number " + servant + " 'Main WAHA' unheard-of"))
                .isEqualTo("❌ The gateway has no number called “unheard-of”");
        assertThat(refused("add-master Omar connection=Nowhere")).startsWith("❌ Connection not found: Nowhere");
    }

    @Test
    void thePasskeyIsAStepOfItsOwn() throws Exception {
        String master = shop.master(Map.of("connection", shop.connection()));
        assertThat(refused("passkey " + master)).startsWith("❌ Only the GOWS engine of WAHA has a passkey step.");
        shop.scanUntilPasskey(master, WahaShop.phone(), true);

        assertThat(shown("passkey " + master))
                .startsWith("🔑 PASSKEY: ")
                .contains("web.whatsapp.com", "navigator.credentials.get(", "'passkey " + master + " '{...}''");
        assertThat(new ObjectMapper()
                        .readTree(shown("passkey " + master + " --json"))
                        .at("/passkey/challenge/rpId")
                        .asText())
                .isEqualTo("web.whatsapp.com");
        assertThat(refused("passkey " + master + " nothing")).startsWith("❌ This is not the browser’s credential.");
        assertThat(shown("passkey " + master + " '" + RESULT + "'")).startsWith("✅ Passkey accepted");
        assertThat(shown("passkey " + master)).contains("Code: 1234", "'passkey " + master + " match'");
        shown("passkey " + master + " match");
        shop.becomes(master, "linked");
    }
}
