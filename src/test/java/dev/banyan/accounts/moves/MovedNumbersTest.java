package dev.banyan.accounts.moves;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.Digests;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers of a brand that moves go on sending for its new tenant; and a brand that becomes a person's own account.
@QuarkusTest
class MovedNumbersTest {

    private static final AtomicInteger PHONE = new AtomicInteger(7_100);

    @Inject
    NumberRooms rooms;

    private TestWorld world;
    private TestWorld.Person giver;
    private TestWorld.Brand brand;
    private TestClient giving;
    private Workspace workspace;
    private String number;

    @BeforeEach
    void aBrandWithANumber() {
        world = rooms.world();
        giver = world.agency("handing");
        world.confirm(giver);
        brand = world.brand(giver, "talking", "Talking");
        giving = TestClient.of(giver);
        workspace = rooms.workspace(world.context(giver, brand.username()), "Counter");
        Answer created = giving.post(
                "/api/whatsapp/client?subAccountId=" + brand.username(),
                Map.of("subClientId", workspace.id().value()));
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        number = created.json().at("/client/id").asText();
        rooms.scan(workspace, number, "+97150000" + PHONE.incrementAndGet());
        arrives(giving);
        assertThat(giving.post(
                                "/api/admin/CreatePage?subAccountId=" + brand.username(),
                                Map.of("name", "Menu", "slug", "menu"))
                        .status())
                .isLessThan(300);
    }

    private void arrives(TestClient sender) {
        Answer ordered = sender.post(
                "/api/whatsapp/messages?subAccountId=" + brand.username(),
                Map.of("subClientId", workspace.id().value(), "to", "+971500000201", "text", "Good morning"));
        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        String id = ordered.json().at("/data/id").asText();
        Eventually.until(
                () -> sender.get("/api/whatsapp/messages/" + id + "?subClientId=" + workspace.id() + "&subAccountId="
                                + brand.username())
                        .json()
                        .at("/data/state")
                        .asText(),
                state -> List.of("sent", "delivered", "read").contains(state));
    }

    @Test
    void numbersSendForTheirNewTenantAndComeBack() {
        TestWorld.Person taker = world.agency("getting");
        TestClient taking = TestClient.of(taker);
        Answer offered = giving.post(
                "/api/admin/TransferSubAccount", Map.of("subAccountId", brand.username(), "to", taker.username()));
        assertThat(offered.status()).as(offered.text()).isEqualTo(201);
        var transfer = Map.of("transferId", offered.json().at("/transfer/id").asText());
        JsonNode plan = taking.post(
                        "/api/admin/AcceptTransfer", Map.of("transferId", transfer.get("transferId"), "dryRun", true))
                .json();
        assertThat(plan.at("/moves/numbers").asLong()).isEqualTo(1);
        assertThat(plan.path("stays")).isEmpty();

        Answer accepted = taking.post("/api/admin/AcceptTransfer", transfer);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        arrives(taking);
        assertThat(giving.post(
                                "/api/whatsapp/messages?subAccountId=" + brand.username(),
                                Map.of("subClientId", workspace.id().value(), "to", "+971500000201", "text", "Hi"))
                        .status())
                .isEqualTo(404);

        assertThat(giving.post("/api/admin/UndoTransfer", transfer).status()).isEqualTo(200);
        arrives(giving);
    }

    /// A gateway sees every message: the former agency's is used on only if the receiver says so.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGatewayWaitsForItsCredentialsUnlessItIsKept(boolean keeps) {
        TestWorld.Person taker = world.agency("gateway");
        TestClient taking = TestClient.of(taker);
        Answer added = giving.post(
                "/api/whatsapp/connections",
                Map.of(
                        "name",
                        "Theirs",
                        "driver",
                        "waha",
                        "url",
                        "http://127.0.0.1:9",
                        "credentials",
                        Map.of("apiKey", "of-the-former-side")));
        String connection = added.json().at("/data/id").asText();
        world.sql("UPDATE senders SET connection_id = ?, remote_id = 'one' WHERE id = ?", connection, number);
        Answer offered = giving.post(
                "/api/admin/TransferSubAccount", Map.of("subAccountId", brand.username(), "to", taker.username()));
        String id = offered.json().at("/transfer/id").asText();
        assertThat(taking.post("/api/admin/AcceptTransfer", Map.of("transferId", id, "dryRun", true))
                        .json()
                        .path("review")
                        .toString())
                .contains("“Theirs” (127.0.0.1) stop until");
        Answer accepted = taking.post("/api/admin/AcceptTransfer", Map.of("transferId", id, "keepGateways", keeps));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);

        String route = "/api/whatsapp/connections/" + connection;
        assertThat(giving.get(route).status()).isEqualTo(404);
        Answer renamed = taking.put(route, Map.of("name", "Ours"));
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(keeps ? 200 : 400);
        assertThat(taking.put(route, Map.of("name", "Ours", "credentials", Map.of("apiKey", "our own")))
                        .status())
                .isEqualTo(200);
        world.sql("UPDATE senders SET connection_id = NULL, remote_id = NULL WHERE id = ?", number);
    }

    @Test
    void aBrandBecomesAPersonsOwnAccount() {
        TestWorld.Person person = world.person("newowner");
        Answer offered = giving.post(
                "/api/admin/ConvertSubAccount", Map.of("subAccountId", brand.username(), "email", person.email()));
        assertThat(offered.status()).as(offered.text()).isEqualTo(201);
        assertThat(offered.json().at("/transfer/kind").asText()).isEqualTo("conversion");
        // the link is in a mail; the test writes one that it knows
        String token = Digests.newToken();
        world.sql(
                "UPDATE account_moves SET token_hash = ? WHERE id = ?",
                Digests.sha256Hex(token),
                offered.json().at("/transfer/id").asText());
        String link = "/conversion?token=" + token;
        assertThat(TestClient.anonymous().get(link).location()).startsWith("/login?next=");
        assertThat(giving.get(link).location()).startsWith("/login?next=");
        TestClient own = TestClient.of(person);
        assertThat(own.get(link).text()).contains("1 workspace", "1 number");

        Answer accepted = own.form("/conversion", "token", token);
        assertThat(accepted.location()).as(accepted.text()).startsWith("/admin/dashboard?as=" + brand.username());
        assertThat(own.get("/admin/dashboard?as=" + brand.username()).status()).isEqualTo(200);
        assertThat(giving.get("/api/admin/GetPages?subAccountId=" + brand.username())
                        .status())
                .isEqualTo(404);
        assertThat(own.post("/conversion", Map.of()).status()).isNotEqualTo(200);
        assertThat(own.get(link).status()).isEqualTo(404);
        assertThat(world.select(
                        "SELECT kind || ' ' || tier FROM accounts WHERE id = ?",
                        brand.id().toString()))
                .containsExactly("root free");
        assertThat(world.select(
                        "SELECT role FROM memberships WHERE tenant_id = ?",
                        brand.id().toString()))
                .containsExactly("owner");
        assertThat(world.select("PRAGMA foreign_key_check")).isEmpty();
        assertThat(TestClient.anonymous().get("/" + brand.username()).status()).isEqualTo(200);
        arrives(own);
    }

    @Test
    void aNewcomerRegistersAndHasTheAccount() {
        String email = world.name("newcomer") + "@people.example";
        Answer offered =
                giving.post("/api/admin/ConvertSubAccount", Map.of("subAccountId", brand.username(), "email", email));
        String token = Digests.newToken();
        world.sql(
                "UPDATE account_moves SET token_hash = ? WHERE id = ?",
                Digests.sha256Hex(token),
                offered.json().at("/transfer/id").asText());
        TestClient visitor = TestClient.anonymous();
        assertThat(visitor.get("/conversion?token=" + token).text()).contains(email);
        assertThat(visitor.form("/conversion", "token", token, "name", "Amira", "password", "short")
                        .status())
                .isEqualTo(422);
        Answer welcome =
                visitor.form("/conversion", "token", token, "name", "Amira", "password", "a long enough sentence");
        assertThat(welcome.status()).as(welcome.text()).isEqualTo(303);
        assertThat(world.select("SELECT home_account_id FROM identities WHERE email = ?", email))
                .containsExactly(brand.id().toString());
    }
}
