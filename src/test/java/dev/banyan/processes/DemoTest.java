package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.FreePort;
import dev.banyan.ServerProcess;
import dev.banyan.platform.db.TestDatabases;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class DemoTest {

    private static final List<String> BRANDS = List.of("clientbrand1", "clientbrand2", "clientbrand3");

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void theSampleAgencyIsThereWhenTheServerIsReadyAndTheNextStartChangesNothing(@TempDir Path data) throws Exception {
        int port = FreePort.next();
        JsonNode written;
        try (var demo = demo(port, data, Map.of())) {
            demo.await("ready by its own word", () -> isReady(port));
            written = demoJson(data);
            assertWritten(written, port, data);
            assertAgency(demo, written);
            assertOperator(demo, written);
            demo.await("done with the chain of its audit log, a job of each five seconds", () -> isChained(data));
            stop(demo);
        }
        Map<String, List<String>> before = rows(data);
        assertLooksLived(before);

        try (var demo = demo(port, data, Map.of())) {
            demo.awaitReady();
            assertThat(demoJson(data)).isEqualTo(written);
            stop(demo);
        }
        assertThat(rows(data)).isEqualTo(before);

        try (var demo = demo(port, data, Map.of())) {
            assertAgency(demo, written);
            assertOperator(demo, written);
        }
    }

    @Test
    void onPostgresTooAndWithNewPasswordsWhenTheOldOnesWereDeleted(@TempDir Path data) throws Exception {
        var environment = Map.of("BANYAN_DATABASE_URL", TestDatabases.newPostgresUrl());
        JsonNode first;
        try (var demo = demo(0, data, environment)) {
            assertAgency(demo, first = demoJson(demo.awaitReady(), data));
            stop(demo);
        }
        assertThat(data.resolve("banyan.db")).doesNotExist();
        Files.delete(data.resolve("demo.json"));

        try (var demo = demo(0, data, environment)) {
            JsonNode second = demoJson(demo.awaitReady(), data);
            assertThat(second.at("/agency/password")).isNotEqualTo(first.at("/agency/password"));
            assertThat(second.at("/operator/password")).isNotEqualTo(first.at("/operator/password"));
            assertAgency(demo, second);
            assertOperator(demo, second);
            assertThat(login(demo, first.get("agency")).statusCode())
                    .as("the old password")
                    .isEqualTo(401);
        }
    }

    /// A person has replaced the demo's password: the next start neither resets it nor shows the old one.
    @Test
    void aPasswordThatAPersonChangedStaysChanged(@TempDir Path data) throws Exception {
        JsonNode written;
        try (var demo = demo(0, data, Map.of())) {
            demo.awaitReady();
            written = demoJson(data);
            String token = json.readTree(login(demo, written.get("agency")).body())
                    .at("/data/session/token")
                    .asText();
            var change = json.writeValueAsString(
                    Map.of("currentPassword", written.at("/agency/password"), "newPassword", "my own choice of words"));
            HttpResponse<String> changed = demo.send("PUT", "/api/admin/UpdatePassword", token, change);
            assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
            stop(demo);
        }
        for (boolean lost : List.of(false, true)) {
            if (lost) {
                Files.delete(data.resolve("demo.json"));
            }
            try (var demo = demo(0, data, Map.of())) {
                demo.awaitReady();
                assertThat(demo.out())
                        .contains("(the one you chose)")
                        .doesNotContain(written.at("/agency/password").asText());
                assertThat(demoJson(data).at("/agency/password").asText()).isEmpty();
                var mine = json.createObjectNode()
                        .put("email", written.at("/agency/email").asText())
                        .put("password", "my own choice of words");
                assertThat(login(demo, mine).statusCode()).isEqualTo(200);
                assertThat(login(demo, written.get("agency")).statusCode()).isEqualTo(401);
                assertOperator(demo, demoJson(data));
                stop(demo);
            }
        }
    }

    /// Pictures and looks, members, an inbox in all states, numbers with a past, three months of visits.
    private static void assertLooksLived(Map<String, List<String>> rows) {
        assertThat(rows.get("images")).hasSizeGreaterThanOrEqualTo(4 + 12);
        assertThat(rows.get("appearances")).hasSize(4);
        assertThat(rows.get("memberships")).hasSizeGreaterThanOrEqualTo(4);
        assertThat(rows.get("membership_invitations")).isNotEmpty();
        assertThat(rows.get("inbox_threads"))
                .hasSizeGreaterThanOrEqualTo(8)
                .anyMatch(thread -> thread.contains("|closed|"))
                .anyMatch(thread -> thread.contains("Waiting for the supplier"));
        assertThat(rows.get("messages")).anyMatch(message -> message.contains("|note|"));
        assertThat(rows.get("canned_replies")).isNotEmpty();
        assertThat(rows.get("senders"))
                .anyMatch(sender -> sender.contains("|restricted|"))
                .anyMatch(sender -> sender.contains("|unlinked|"))
                .anyMatch(sender -> sender.contains("|pending|"));
        assertThat(rows.get("outgoing_messages"))
                .anyMatch(message -> message.contains("|read|"))
                .anyMatch(message -> message.contains("|failed|"))
                .noneMatch(message -> message.contains("|queued|") || message.contains("|sending|"));
        assertThat(rows.get("visit_days")).hasSizeGreaterThan(4 * 90);
        assertThat(rows.get("short_links")).hasSizeGreaterThanOrEqualTo(5);
        assertThat(rows.get("mails"))
                .as("sample people get no email")
                .noneMatch(mail -> mail.contains("lucia@") || mail.contains("sara@"));
    }

    private static void assertWritten(JsonNode written, int port, Path data) throws IOException {
        assertThat(written.get("baseUrl").asText()).isEqualTo("http://127.0.0.1:" + port);
        assertThat(written.at("/operator/email").asText()).contains("@");
        assertThat(written.at("/operator/password").asText()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(written.at("/agency/email").asText()).contains("@");
        assertThat(written.at("/agency/password").asText()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(written.at("/agency/username").asText()).isEqualTo("creativeagency");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("demo.json"))))
                .isEqualTo("rw-------");
    }

    private void assertAgency(ServerProcess demo, JsonNode written) throws IOException {
        HttpResponse<String> answer = login(demo, written.get("agency"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode signedIn = json.readTree(answer.body()).get("data");
        JsonNode user = signedIn.get("user");
        assertThat(user.get("username").asText()).isEqualTo("creativeagency");
        assertThat(user.get("tier").asText()).isEqualTo("pro");
        assertThat(user.get("agencyPermission").asText()).isEqualTo("agency-pro");
        assertThat(user.get("subAccountPackSize").asInt()).isEqualTo(10);
        assertThat(user.get("usedSubAccounts").asInt()).isEqualTo(3);
        assertThat(user.get("subAccounts")
                        .valueStream()
                        .map(brand -> brand.get("username").asText()))
                .containsExactlyInAnyOrderElementsOf(BRANDS);

        String token = signedIn.at("/session/token").asText();
        var invited = json.writeValueAsString(Map.of("email", written.at("/operator/email"), "role", "user_manager"));
        assertThat(demo.send("POST", "/api/admin/UserManagerInvite", token, invited)
                        .body())
                .as("sent, or pending since the first start: the e-mail counts as confirmed")
                .containsAnyOf("Invitation created", "already has a pending invitation");
        assertPage(demo, token, "creativeagency");
        for (String brand : BRANDS) {
            assertPage(demo, token, brand);
        }
        assertThat(demo.send("GET", "/admin/analytics", token, "").body())
                .as("from page to click to chat")
                .contains("From view to chat");
        assertThat(get(demo, "/api/whatsapp/messages?limit=100", token)
                        .at("/data/messages")
                        .valueStream()
                        .map(message -> message.get("createdAt").asText()))
                .as("newest first")
                .hasSizeGreaterThan(30)
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    /// Checks that an account's default page has links, visible to visitors.
    private void assertPage(ServerProcess demo, String token, String username) throws IOException {
        JsonNode pages = get(demo, "/api/admin/GetPages?as=" + username, token).get("pages");
        assertThat(pages).hasSize(1);
        assertThat(pages.get(0).get("isDefault").asBoolean()).isTrue();
        JsonNode links = get(demo, "/api/admin/GetLinks?as=" + username, token).get("links");
        assertThat(links).hasSizeGreaterThanOrEqualTo(3);
        HttpResponse<String> seen = demo.send("GET", "/" + username, "", "");
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(seen.body())
                .contains(
                        links.valueStream().map(link -> link.get("id").asText()).toList())
                .contains("Message us on WhatsApp");
    }

    private void assertOperator(ServerProcess demo, JsonNode written) throws IOException {
        HttpResponse<String> answer = login(demo, written.get("operator"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json.readTree(answer.body()).at("/data/user/userRole").asText())
                .isEqualTo("site_super_admin");
    }

    private HttpResponse<String> login(ServerProcess demo, JsonNode who) throws IOException {
        var credentials = Map.of("email", who.get("email"), "password", who.get("password"));
        return demo.send("POST", "/api/login", "", json.writeValueAsString(credentials));
    }

    private JsonNode get(ServerProcess demo, String path, String token) throws IOException {
        HttpResponse<String> answer = demo.send("GET", path, token, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private JsonNode demoJson(URI address, Path data) throws IOException {
        JsonNode written = demoJson(data);
        assertThat(written.get("baseUrl").asText()).isEqualTo(address.toString());
        return written;
    }

    private JsonNode demoJson(Path data) throws IOException {
        return json.readTree(data.resolve("demo.json").toFile());
    }

    private static ServerProcess demo(int port, Path data, Map<String, String> environment) {
        return ServerProcess.start(environment, "demo", "--port=" + port, "--data", data.toString());
    }

    private static void stop(ServerProcess demo) {
        demo.stop();
        demo.awaitExit();
    }

    /// Polls from the first moment on, as launchers do: during the start the server doesn't respond, or returns 503.
    private static boolean isReady(int port) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"));
            return http.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Returns all rows of all tables, except sessions, because this test signs in.
    private static Map<String, List<String>> rows(Path data) throws SQLException {
        var rows = new TreeMap<String, List<String>>();
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties())) {
            for (String table : ask(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
                rows.put(table, ask(connection, "SELECT * FROM " + table + " ORDER BY 1, 2"));
            }
        }
        assertThat(rows).hasSizeGreaterThan(10).containsKeys("accounts", "links", "audit_events");
        rows.remove("sessions");
        return rows;
    }

    private static boolean isChained(Path data) {
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties())) {
            return ask(connection, "SELECT id FROM audit_events WHERE sequence IS NULL")
                    .isEmpty();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static List<String> ask(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            var found = new ArrayList<String>();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(rows.getString(column)));
                }
                found.add(String.join("|", row));
            }
            return found;
        }
    }
}
