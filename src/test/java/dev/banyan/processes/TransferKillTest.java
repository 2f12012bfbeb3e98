package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// A server is killed while a brand moves to another agency: before anything is written, somewhere in between, and
/// right after the commit. After the restart the brand is wholly here or wholly there, and its number sends.
class TransferKillTest {

    /// Milliseconds after the request at which the server dies.
    private static final List<Integer> MOMENTS = List.of(3, 15, 40, 90, 200);

    private static final String TENANT = "SELECT tenant_id FROM accounts WHERE username = 'moving'";

    private String giver = "";
    private String taker = "";
    private String workspace = "";

    @Test
    void aBrandIsWhollyHereOrWhollyThere(@TempDir Path data) throws Exception {
        try (var server = serve(data)) {
            giver = register(server, "giving");
            taker = register(server, "taking");
            prepare(client(server, giver));
            // confirmed, so that they may offer
            execute(data, "UPDATE identities SET email_confirmed_at = created_at");
            // the writer waits for this lock: the numbers are let go of, and nothing is written
            try (var lock = open(data)) {
                String offer = offer(client(server, giver), "taking");
                try (var begin = lock.createStatement()) {
                    begin.execute("BEGIN IMMEDIATE");
                }
                killed(server, taker, offer, 1_500);
            }
            assertThat(holder(data)).isEqualTo(tenant(data, "giving"));
        }
        for (int moment : MOMENTS) {
            try (var server = serve(data)) {
                String offer = comeHome(server, data);
                killed(server, taker, offer, moment);
            }
            isSound(data);
        }
        try (var server = serve(data)) {
            String offer = comeHome(server, data);
            var accepted = accept(server, taker, offer);
            String there = tenant(data, "taking");
            server.await("the commit", () -> holder(data).equals(there));
            server.kill();
            accepted.handle((answer, failure) -> true).get();
            assertThat(holder(data)).as("a commit lasts").isEqualTo(there);
        }
        isSound(data);
        try (var server = serve(data)) {
            sends(server, client(server, taker));
            assertThat(client(server, giver)
                            .get("/api/admin/GetPages?subAccountId=moving")
                            .status())
                    .isEqualTo(404);
        }
    }

    private static ServerProcess serve(Path data) {
        return ServerProcess.serve(data, Map.of("BANYAN_RATE_LIMITS", "off", "BANYAN_DEFAULT_PLAN", "unlimited"));
    }

    private static TestClient client(ServerProcess server, String token) {
        return TestClient.at(server.awaitReady()).with("Cookie", "banyan_session=" + token);
    }

    private static String register(ServerProcess server, String name) {
        Answer registered = TestClient.at(server.awaitReady())
                .post(
                        "/api/register",
                        Map.of("email", name + "@example.com", "username", name, "password", "correct horse battery"));
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        return registered.json().at("/data/session/token").asText();
    }

    /// Makes a brand with a page and a workspace with a number, which the simulated phone has linked.
    private void prepare(TestClient giving) {
        done(giving.post("/api/admin/CreateSubAccount", Map.of("username", "moving", "displayName", "Moving")));
        done(giving.post("/api/admin/CreatePage?subAccountId=moving", Map.of("name", "Menu", "slug", "menu")));
        String project = done(giving.post(
                        "/api/projects?subAccountId=moving", Map.of("name", "Shop", "sub_clients_enabled", true)))
                .json()
                .at("/data/project/id")
                .asText();
        assertThat(project).isNotEmpty();
        workspace = done(giving.post(
                        "/api/projects/" + project + "/sub-clients?subAccountId=moving",
                        Map.of("name", "Counter", "pathname", "counter")))
                .json()
                .at("/data/subClient/id")
                .asText();
        assertThat(workspace).startsWith("scl_");
        String number = done(giving.post("/api/whatsapp/client?subAccountId=moving", Map.of("subClientId", workspace)))
                .json()
                .at("/client/id")
                .asText();
        done(giving.post("/api/whatsapp/senders/" + number + "/scan", Map.of("phone", "+971500000101")));
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isLessThan(300);
        return answer;
    }

    private static String offer(TestClient giving, String to) {
        return done(giving.post("/api/admin/TransferSubAccount", Map.of("subAccountId", "moving", "to", to)))
                .json()
                .at("/transfer/id")
                .asText();
    }

    private static CompletableFuture<Answer> accept(ServerProcess server, String token, String offer) {
        TestClient taking = client(server, token);
        return CompletableFuture.supplyAsync(
                () -> taking.post("/api/admin/AcceptTransfer", Map.of("transferId", offer)),
                work -> Thread.ofVirtual().start(work));
    }

    private static void killed(ServerProcess server, String token, String offer, int after) throws Exception {
        var accepted = accept(server, token, offer);
        try {
            accepted.get(after, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            // as wanted: it dies before it answers
        } catch (ExecutionException failure) {
            throw new AssertionError(failure);
        }
        server.kill();
        try {
            accepted.get();
        } catch (ExecutionException failure) {
            assertThat(failure).hasRootCauseInstanceOf(IOException.class);
            assertThat(failure.getCause()).isInstanceOf(UncheckedIOException.class);
        }
    }

    /// Checks that the number sends for whoever has the brand, brings it back to its first agency, and offers it again.
    ///
    /// @return the offer
    private String comeHome(ServerProcess server, Path data) {
        boolean isThere = holder(data).equals(tenant(data, "taking"));
        sends(server, client(server, isThere ? taker : giver));
        TestClient giving = client(server, giver);
        if (isThere) {
            String moved = ask(data, "SELECT id FROM account_moves WHERE state = 'moved' ORDER BY id DESC")
                    .getFirst();
            done(giving.post("/api/admin/UndoTransfer", Map.of("transferId", moved)));
            sends(server, giving);
        }
        List<String> open = ask(data, "SELECT id FROM account_moves WHERE state = 'offered'");
        return open.isEmpty() ? offer(giving, "taking") : open.getFirst();
    }

    private void sends(ServerProcess server, TestClient client) {
        Answer ordered = client.post(
                "/api/whatsapp/messages?subAccountId=moving",
                Map.of("subClientId", workspace, "to", "+971500000201", "text", "Good morning"));
        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        String id = ordered.json().at("/data/id").asText();
        server.await(
                "the number sends",
                () -> List.of("sent", "delivered", "read")
                        .contains(client.get("/api/whatsapp/messages/" + id + "?subClientId=" + workspace
                                        + "&subAccountId=moving")
                                .json()
                                .at("/data/state")
                                .asText()));
    }

    /// Everything of the brand belongs to the tenant that has it.
    private static void isSound(Path data) {
        assertThat(ask(data, "PRAGMA integrity_check")).containsExactly("ok");
        assertThat(ask(data, "PRAGMA foreign_key_check")).isEmpty();
        String holder = holder(data);
        for (String table : List.of("pages", "projects")) {
            assertThat(ask(
                            data,
                            "SELECT DISTINCT tenant_id FROM " + table + " WHERE account_id ="
                                    + " (SELECT id FROM accounts WHERE username = 'moving')"))
                    .as(table)
                    .containsExactly(holder);
        }
        // the agencies themselves have none of these
        for (String table : List.of("sub_clients", "senders", "pool_settings", "outgoing_messages")) {
            assertThat(ask(data, "SELECT DISTINCT tenant_id FROM " + table))
                    .as(table)
                    .isSubsetOf(holder);
        }
        assertThat(ask(data, "SELECT state FROM account_moves WHERE state IN ('offered', 'moved')"))
                .as("an offer is open or carried out")
                .isNotEmpty();
    }

    private static String holder(Path data) {
        return ask(data, TENANT).getFirst();
    }

    private static String tenant(Path data, String username) {
        return ask(data, "SELECT id FROM accounts WHERE username = '" + username + "'")
                .getFirst();
    }

    private static Connection open(Path data) throws SQLException {
        return JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
    }

    private static void execute(Path data, String change) throws SQLException {
        try (var connection = open(data);
                var statement = connection.createStatement()) {
            statement.execute(change);
        }
    }

    private static List<String> ask(Path data, String query) {
        try (var connection = open(data);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
