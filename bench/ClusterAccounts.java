import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Fills the first server of a [Cluster]: its operator, accounts with their numbers, and the gateways of these.
record ClusterAccounts(ClusterServer server, String database, ClusterLoad load) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration OF_A_SEND = Duration.ofMillis(250);
    private static final Pattern SETUP_LINK = Pattern.compile("/setup\\?token=(\\S+)");

    /// Creates the operator with the link in the log: before that, nobody can register.
    private void setUp() throws IOException, InterruptedException {
        String token = SETUP_LINK
                .matcher(Files.readString(server.log()))
                .results()
                .reduce((_, last) -> last)
                .orElseThrow()
                .group(1);
        String form = "displayName=The+Bench&email=bench%40example.com&password=correct+horse+battery&token=" + token;
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/setup"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", server.url())
                .POST(HttpRequest.BodyPublishers.ofString(form));
        HttpResponse<String> answer;
        try (var http = HttpClient.newHttpClient()) {
            answer = http.send(request.build(), BodyHandlers.ofString());
        }
        if (answer.statusCode() != 303) {
            throw new IllegalStateException("The server was not set up: " + answer.statusCode());
        }
    }

    /// @param accounts where those that were registered are put
    /// @param gateways where those that were begun are put
    void fill(Cluster.Shape shape, List<ClusterLoad.Account> accounts, List<SlowGateway> gateways)
            throws IOException, InterruptedException, SQLException {
        setUp();
        for (int i = 0; i < shape.accounts(); i++) {
            String name = "account" + i;
            HttpResponse<String> answer = load.send(
                    server,
                    "/api/register",
                    "",
                    JSON.writeValueAsString(Map.of(
                            "email", name + "@example.com", "username", name, "password", "correct horse battery")));
            JsonNode token = JSON.readTree(answer.body()).at("/data/session/token");
            if (!token.isTextual()) {
                throw new IllegalStateException(name + " was not registered: " + answer.statusCode());
            }
            accounts.add(new ClusterLoad.Account(name, token.asText()));
        }
        try (Connection connection = DriverManager.getConnection(database)) {
            SendingRows.insertInto(connection, "account%", shape.pools(), shape.numbers());
            if (shape.isReal()) {
                putAtGateways(connection, accounts, gateways);
            }
        }
    }

    /// Gives each account a gateway with its numbers.
    private void putAtGateways(
            Connection connection, List<ClusterLoad.Account> accounts, List<SlowGateway> gateways)
            throws IOException, InterruptedException, SQLException {
        try (var numbers = connection.prepareStatement("SELECT senders.id, phone FROM senders"
                        + " JOIN accounts ON accounts.id = senders.tenant_id WHERE username = ?");
                var update = connection.prepareStatement("UPDATE senders SET driver = 'waha', connection_id = ?,"
                        + " remote_id = id WHERE tenant_id = (SELECT id FROM accounts WHERE username = ?)")) {
            for (ClusterLoad.Account account : accounts) {
                numbers.setString(1, account.name());
                var phones = new HashMap<String, String>();
                try (var row = numbers.executeQuery()) {
                    while (row.next()) {
                        phones.put(row.getString(1), row.getString(2));
                    }
                }
                var gateway = new SlowGateway(phones, OF_A_SEND, false, false);
                gateways.add(gateway);
                try (var client = new PoolClient(server.url() + "/api/whatsapp/", account.token())) {
                    update.setString(1, client.connect(gateway.url(), "secret-of-the-bench"));
                }
                update.setString(2, account.name());
                update.executeUpdate();
            }
        }
    }
}
