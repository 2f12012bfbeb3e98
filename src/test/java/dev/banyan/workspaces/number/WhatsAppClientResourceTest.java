package dev.banyan.workspaces.number;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The examples of the sub-client seed, "WhatsApp Integration", and the additions of contract 8 and design 6.
@QuarkusTest
class WhatsAppClientResourceTest {

    private static final String NOT_FOUND = "{\"success\":false,\"error\":\"WhatsApp client not found\"}";

    @Inject
    NumberRooms rooms;

    @Inject
    Senders senders;

    private Workspace sales;
    private TestClient acme;

    @BeforeEach
    void acmeHasAWorkspace() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
    }

    private Answer get(TestClient client) {
        return client.get("/api/whatsapp/client?subClientId=" + sales.id());
    }

    private Answer create(TestClient client) {
        return client.post(
                "/api/whatsapp/client",
                Map.of(
                        "projectId",
                        sales.project().toString(),
                        "subClientId",
                        sales.id().value()));
    }

    private String created() {
        Answer answer = create(acme);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/client/id").asText();
    }

    @Test
    void withoutAClientThereIsNone() {
        Answer answer = get(acme);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo(NOT_FOUND);
    }

    /// A cookie and a bearer token of the same session get the same answers, also if the request names no workspace.
    @Test
    void cookiesAndTokensGetTheSameAnswers() {
        Workspace other = rooms.workspace("Support Team");
        TestClient cookie = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.ADMIN).cookie());
        TestClient bearer = cookie.cookieAsBearer();
        String client = "/api/whatsapp/client";

        for (TestClient member : List.of(cookie, bearer)) {
            Answer missing = member.get(client);
            assertThat(missing.status()).isEqualTo(400);
            assertThat(missing.error()).isEqualTo("Missing subClientId");
            assertThat(member.post(client, Map.of()).status()).isEqualTo(400);
            assertThat(member.delete(client).status()).isEqualTo(400);
            assertThat(member.get("/api/whatsapp/qr").status()).isEqualTo(400);
            assertThat(member.get(client + "?subClientId=" + other.id()).status())
                    .isEqualTo(404);
            assertThat(member.get(client + "?subClientId=nonsense").status()).isEqualTo(404);
            assertThat(member.post(client, Map.of("subClientId", other.id().value()))
                            .status())
                    .isEqualTo(404);
        }
        assertThat(TestClient.anonymous().get(client).status()).isEqualTo(401);
        assertThat(cookie.with("Authorization", "Bearer nonsense").get(client).status())
                .as("a token takes precedence")
                .isEqualTo(401);
    }

    @Test
    void creatingAnswersAsTheSeedSays() {
        Answer answer = create(acme);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        String id = answer.json().at("/client/id").asText();
        assertThat(id).matches("wa_[0-9]+");
        assertThat(answer.text())
                .isEqualTo("{\"success\":true,\"client\":{\"id\":\"" + id + "\",\"connected\":false}}");
        assertThat(rooms.world()
                        .select(
                                "SELECT whatsapp_client_id FROM sub_clients WHERE id = ?",
                                sales.id().value()))
                .as("where the seed's SQL looks for it")
                .containsExactly(id);
        assertThat(get(acme).text()).isEqualTo(answer.text());
    }

    @Test
    void creatingTwiceAnswersTheOneThatIsThere() {
        String first = created();

        assertThat(created()).isEqualTo(first);
        assertThat(rooms.world().count("SELECT COUNT(*) FROM senders WHERE id = ?", first))
                .isEqualTo(1);
    }

    @Test
    void aCodeIsThereAfterCreation() {
        String client = created();

        Answer code = acme.get("/api/whatsapp/qr?clientId=" + client);

        assertThat(code.status()).isEqualTo(200);
        assertThat(TestClient.keys(code.json())).containsExactly("success", "qrCode");
        assertThat(code.json().path("success").asBoolean()).isTrue();
        assertThat(code.json().path("qrCode").asText()).startsWith("2@");
    }

    @Test
    void aLinkedClientHasNoCodeAndSaysWhoItIs() {
        String client = created();
        assertThat(rooms.scan(sales, client, "+971500000101")).isInstanceOf(Linking.Simulated.Done.class);

        Answer code = acme.get("/api/whatsapp/qr?clientId=" + client);
        assertThat(code.status()).isEqualTo(200);
        assertThat(code.text()).isEqualTo("{\"success\":false,\"error\":\"QR code not available yet\"}");

        JsonNode shown = get(acme).json().path("client");
        assertThat(TestClient.keys(shown)).containsExactly("id", "phone", "connected", "connectedAt", "deviceName");
        assertThat(shown.path("phone").asText()).isEqualTo("+971500000101");
        assertThat(shown.path("connected").asBoolean()).isTrue();
        assertThat(shown.path("connectedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(shown.path("deviceName").asText()).isNotBlank();
    }

    @Test
    void deletingAnswersAsTheSeedSays() {
        String client = created();

        Answer answer = acme.delete("/api/whatsapp/client?clientId=" + client);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"success\":true,\"message\":\"WhatsApp client deleted successfully\"}");
        assertThat(get(acme).text()).isEqualTo(NOT_FOUND);
        assertThat(acme.get("/api/whatsapp/qr?clientId=" + client).status()).isEqualTo(404);
        assertThat(rooms.world().count("SELECT COUNT(*) FROM senders WHERE id = ?", client))
                .isZero();
        assertThat(acme.delete("/api/whatsapp/client?clientId=" + client).text())
                .isEqualTo(NOT_FOUND);
        assertThat(created()).as("another one").isNotEqualTo(client);
    }

    @Test
    void aClientWithServantsStays() {
        String client = created();
        var wanted = new Senders.NewServant(new SenderId(client), "+971500000102", "Amira Nasser", Optional.empty());
        assertThat(senders.addServant(WorkspaceNumbers.tenant(sales), Actor.SERVER, wanted))
                .isInstanceOf(Senders.Added.Done.class);

        Answer answer = acme.delete("/api/whatsapp/client?clientId=" + client);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.error()).contains("1 servant");
        assertThat(get(acme).status()).isEqualTo(200);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(acme.get("/api/whatsapp/client").text())
                .isEqualTo("{\"success\":false,\"error\":\"Missing subClientId\"}");
        assertThat(acme.post("/api/whatsapp/client", "{}").text())
                .isEqualTo("{\"success\":false,\"error\":\"Missing subClientId\"}");
        assertThat(acme.get("/api/whatsapp/qr").text()).isEqualTo("{\"success\":false,\"error\":\"Missing clientId\"}");
        assertThat(acme.delete("/api/whatsapp/client").text())
                .isEqualTo("{\"success\":false,\"error\":\"Missing clientId\"}");
        for (String path : new String[] {"/api/whatsapp/client", "/api/whatsapp/qr"}) {
            assertThat(acme.get(path).status()).isEqualTo(400);
        }
    }

    @Test
    void aWorkspaceOfAnotherProjectGetsNothing() {
        Workspace other = rooms.workspace("Support");
        Answer answer = acme.post(
                "/api/whatsapp/client",
                Map.of(
                        "projectId",
                        other.project().toString(),
                        "subClientId",
                        sales.id().value()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).isEqualTo("Sub-client not found");
        assertThat(get(acme).status()).isEqualTo(404);
    }

    @Test
    void outsidersFindNothing() {
        String client = created();
        TestClient rival = TestClient.of(rooms.world().rival());
        Workspace support = rooms.workspace("Support");
        TestClient neighbour =
                bearer(rooms.somebody(support, WorkspaceRole.ADMIN).token());
        for (TestClient outsider : new TestClient[] {rival, neighbour}) {
            assertThat(get(outsider).text()).isEqualTo(NOT_FOUND);
            assertThat(get(outsider).status()).isEqualTo(404);
            assertThat(outsider.get("/api/whatsapp/qr?clientId=" + client).text())
                    .isEqualTo(NOT_FOUND);
            assertThat(outsider.delete("/api/whatsapp/client?clientId=" + client)
                            .text())
                    .isEqualTo(NOT_FOUND);
            assertThat(create(outsider).status()).isEqualTo(404);
        }
        assertThat(get(TestClient.anonymous()).status()).isEqualTo(401);
        assertThat(get(acme).json().at("/client/id").asText()).isEqualTo(client);
    }

    @Test
    void theWorkspacesAdminMayAndItsUserMayNot() {
        NumberRooms.Insider admin = rooms.somebody(sales, WorkspaceRole.ADMIN);
        TestClient byCookie = TestClient.anonymous().with("Cookie", admin.cookie());
        Answer made = create(byCookie);
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        String client = made.json().at("/client/id").asText();
        assertThat(get(byCookie).status()).isEqualTo(200);
        assertThat(byCookie.get("/api/whatsapp/qr?clientId=" + client)
                        .json()
                        .path("success")
                        .asBoolean())
                .isTrue();

        TestClient user = bearer(rooms.somebody(sales, WorkspaceRole.USER).token());
        for (Answer answer : new Answer[] {
            get(user),
            create(user),
            user.get("/api/whatsapp/qr?clientId=" + client),
            user.delete("/api/whatsapp/client?clientId=" + client)
        }) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        }
        assertThat(bearer(admin.token())
                        .delete("/api/whatsapp/client?clientId=" + client)
                        .status())
                .isEqualTo(200);
    }

    private static TestClient bearer(String token) {
        return TestClient.anonymous().with("Authorization", "Bearer " + token);
    }

    /// The board and the console know nothing about workspaces.
    @Test
    void aNumberThatIsRemovedFromThePoolsIsGoneFromItsWorkspaceToo() {
        String client = created();
        senders.removeMaster(WorkspaceNumbers.tenant(sales), Actor.SERVER, new SenderId(client), Optional.empty());

        awaitNumberOfSales(0);
        assertThat(get(acme).text()).isEqualTo(NOT_FOUND);
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM audit_events WHERE action = 'WorkspaceNumberRemoved' AND target = ?",
                                sales.id().value()))
                .isEqualTo(1);
        assertThat(created()).isNotEqualTo(client);
        awaitNumberOfSales(1);
    }

    private void awaitNumberOfSales(long wanted) {
        Eventually.until(
                () -> rooms.world()
                        .count(
                                "SELECT count(*) FROM sub_clients WHERE whatsapp_client_id IS NOT NULL AND id = ?",
                                sales.id().value()),
                found -> found == wanted);
    }

    /// The server crashed between the two steps of creating: the id is stored, the sender is missing.
    @Test
    void whatWasBegunBeforeAPowerCutGoesOn() {
        rooms.world()
                .sql(
                        "UPDATE sub_clients SET whatsapp_client_id = 'wa_77' WHERE id = ?",
                        sales.id().value());
        assertThat(get(acme).text()).isEqualTo(NOT_FOUND);

        assertThat(created()).isEqualTo("wa_77");
    }

    @Test
    void anIdOfAnotherAccountIsFree() {
        senders.addMaster(
                rooms.world().rival().account(),
                Actor.SERVER,
                new Senders.NewMaster(Optional.of("wa_78"), "Rival", Optional.empty(), MasterType.PRIMARY));
        rooms.world()
                .sql(
                        "UPDATE sub_clients SET whatsapp_client_id = 'wa_78' WHERE id = ?",
                        sales.id().value());

        assertThat(created()).isEqualTo("wa_78");
        assertThat(rooms.world().count("SELECT COUNT(*) FROM senders WHERE id = 'wa_78'"))
                .isEqualTo(2);
    }

    @Test
    void theSameIdInAnotherAccountIsAnotherNumber() {
        TestClient byCookie = TestClient.anonymous()
                .with("Cookie", rooms.somebody(sales, WorkspaceRole.ADMIN).cookie());
        String client = created();
        String foreign = rooms.world().export().id().value();
        rooms.world().sql("UPDATE sub_clients SET whatsapp_client_id = ? WHERE id = ?", client, foreign);

        for (TestClient ours : new TestClient[] {acme, byCookie}) {
            assertThat(ours.get("/api/whatsapp/qr?clientId=" + client)
                            .json()
                            .path("success")
                            .asBoolean())
                    .isTrue();
        }
        assertThat(TestClient.of(rooms.world().rival())
                        .delete("/api/whatsapp/client?clientId=" + client)
                        .status())
                .as("theirs was never created")
                .isEqualTo(404);
        assertThat(acme.delete("/api/whatsapp/client?clientId=" + client).status())
                .isEqualTo(200);
        assertThat(rooms.world().select("SELECT whatsapp_client_id FROM sub_clients WHERE id = ?", foreign))
                .containsExactly(client);
        assertThat(get(acme).status()).isEqualTo(404);
    }
}
