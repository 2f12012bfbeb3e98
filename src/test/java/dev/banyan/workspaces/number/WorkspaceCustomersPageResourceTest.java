package dev.banyan.workspaces.number;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestServer;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The page that simulates customers of a number.
@QuarkusTest
class WorkspaceCustomersPageResourceTest {

    private static final AtomicInteger PHONE = new AtomicInteger(7_000);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0};

    @Inject
    NumberRooms rooms;

    private TestClient acme;
    private String as = "";
    private String tab = "";
    private String number = "";

    @BeforeEach
    void acmeHasANumber() {
        Workspace sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
        as = rooms.world().acme().username();
        tab = WorkspacePaths.workspace(sales.project(), sales.id()) + "/whatsapp";
        number = acme.post(
                        "/api/whatsapp/client", Map.of("subClientId", sales.id().value()))
                .json()
                .at("/client/id")
                .asText();
        rooms.scan(sales, number, "+97150000" + PHONE.incrementAndGet());
    }

    @Test
    void theTabLeadsToThePageAndItSaysThatItIsASimulation() {
        assertThat(acme.get(tab + "?as=" + as).text()).contains(tab + "/customers?as=" + as);
        Answer page = acme.get(tab + "/customers?as=" + as);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("This is a simulation.", "Nothing leaves this server", "+971500000");
        assertThat(acme.get("/admin/pools/" + number + "/customers?as=" + as).status())
                .isEqualTo(200);
        assertThat(acme.get("/admin/pools?as=" + as).text()).contains("/admin/pools/" + number + "/customers");
    }

    @Test
    void whatIsWrittenAsACustomerArrivesFromBothPages() {
        for (String base : new String[] {tab + "/customers", "/admin/pools/" + number + "/customers"}) {
            Answer sent = acme.form(
                    base + "/messages",
                    "as",
                    as,
                    "phone",
                    "+971500000201",
                    "name",
                    "Amira Nasser",
                    "text",
                    "Is the clinic open today?");
            assertThat(sent.status()).as(sent.text()).isEqualTo(303);
            assertThat(sent.location()).isEqualTo(base + "?as=" + as + "&phone=971500000201");
            assertThat(acme.get(sent.location()).text()).contains("Amira Nasser", "Is the clinic open today?");
        }
        assertThat(rooms.world().count("SELECT count(*) FROM incoming_messages WHERE sender_id = ?", number))
                .isEqualTo(2);
    }

    @Test
    void whatIsWrongIsSaidAndWhatWasTypedStays() {
        Answer empty = acme.form(tab + "/customers/messages", "as", as, "phone", "+971500000201", "text", " ");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.text()).contains("Message not sent.", "Message is required.");
        Answer wrong = acme.form(
                tab + "/customers/messages",
                "as",
                as,
                "phone",
                "+971500000201",
                "name",
                "x".repeat(101),
                "text",
                "A careful draft");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("A careful draft");
    }

    @Test
    void thePhoneBehavesAsItIsTold() {
        Answer off = acme.form(tab + "/customers/mood", "as", as, "phone", "+971500000202", "mood", "off");
        assertThat(off.status()).isEqualTo(303);
        assertThat(acme.get(off.location()).text()).contains("<option value=\"off\" selected>");
        assertThat(acme.form(tab + "/customers/read", "as", as, "phone", "+971500000202")
                        .status())
                .isEqualTo(303);
    }

    @Test
    void aPictureArrivesAsAFile() throws IOException, InterruptedException {
        HttpResponse<String> answer = upload("garden.png", PNG);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(rooms.world()
                        .select(
                                "SELECT media_name || ' ' || media_type FROM incoming_messages WHERE sender_id = ?",
                                number))
                .containsExactly("garden.png image/png");

        HttpResponse<String> page = upload("page.png", "<html>".getBytes(StandardCharsets.UTF_8));
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(rooms.world().select("SELECT media_type FROM incoming_messages WHERE media_name = 'page.png'"))
                .as("only ever offered as a download")
                .contains("application/octet-stream");
        HttpResponse<String> large = upload("large.png", new byte[901 * 1_024]);
        assertThat(large.statusCode()).isEqualTo(422);
        assertThat(large.body()).contains("A file must be 900 KB or less.");
    }

    private HttpResponse<String> upload(String name, byte[] content) throws IOException, InterruptedException {
        var body = new ByteArrayOutputStream();
        for (String[] field :
                new String[][] {{"as", as}, {"phone", "+971500000203"}, {"name", "Amira"}, {"text", ""}}) {
            body.writeBytes(
                    ("--edge\r\nContent-Disposition: form-data; name=\"" + field[0] + "\"\r\n\r\n" + field[1] + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        URI server = TestServer.uri();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(server.resolve(tab + "/customers/messages"))
                            .header(
                                    "Cookie",
                                    "banyan_session=" + rooms.world().acme().token())
                            .header("Content-Type", "multipart/form-data; boundary=edge")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
