package dev.banyan.browser;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import dev.banyan.TestFolders;
import java.sql.SQLException;
import org.sqlite.JDBC;

/// The packaged server in a separate process, with the sample agency in a fresh folder, as started by `./banyan demo`.
final class DemoServer implements AutoCloseable {

    private final ServerProcess process;
    private final Path folder;

    private DemoServer(ServerProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    static DemoServer start() {
        return start(Map.of());
    }

    /// @param settings as variables, such as `BANYAN_BILLING`
    static DemoServer start(Map<String, String> settings) {
        Path folder = TestFolders.newFolder("browser");
        var environment = new HashMap<>(settings);
        environment.put("BANYAN_RATE_LIMITS", "off");
        environment.put("BANYAN_OUTBOUND_ALLOW", "127.0.0.1/32"); // where the fakes of gateways are
        var process = ServerProcess.start(environment, "demo", "--port=0", "--data", folder.toString());
        return new DemoServer(process, folder);
    }

    /// Waits until the server is ready.
    ///
    /// @return its address, without a trailing slash
    String awaitUrl() {
        return process.awaitReady().toString();
    }

    Login operator() {
        return login("operator");
    }

    Login agency() {
        return login("agency");
    }

    /// Returns the addresses of the workspaces of the agency.
    List<String> workspaces() {
        var homes = new ArrayList<String>();
        known().path("workspaces")
                .forEach(workspace ->
                        homes.add("/s/" + workspace.get("shortPath").asText()));
        return homes;
    }

    /// Returns the credentials of the admin of the first of them.
    Login workspaceAdmin() {
        JsonNode admin = known().at("/workspaces/0/admin");
        return new Login(
                "", admin.get("username").asText(), admin.get("password").asText());
    }

    private JsonNode known() {
        try {
            return new ObjectMapper().readTree(folder.resolve("demo.json").toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Login login(String who) {
        JsonNode person = known().get(who);
        return new Login(
                person.get("email").asText(),
                person.path("username").asText(),
                person.get("password").asText());
    }

    /// A packaged server has a real clock, so the start of an account's grace period is moved back instead.
    void letGracePass(String accountId, int days) {
        long millis = Duration.ofDays(days).toMillis();
        update(
                "UPDATE graces SET started_at = started_at - " + millis + ", ends_at = ends_at - " + millis
                        + ", noticed_day = 29 WHERE tenant_id = ?",
                accountId);
        update("UPDATE accounts SET suspends_at = suspends_at - " + millis + " WHERE parent_id = ?", accountId);
    }

    /// Confirms the e-mail like the link in the mail.
    void confirmEmail(String email) {
        update("UPDATE identities SET email_confirmed_at = 1 WHERE email = ?", email);
    }

    /// Returns the path of the link in the last mail to this address.
    String linkMailedTo(String email) {
        String url = "jdbc:sqlite:" + folder.resolve("banyan.db") + "?busy_timeout=" + Eventually.MILLIS;
        try (var connection = JDBC.createConnection(url, new Properties());
                var query = connection.prepareStatement(
                        "SELECT body, id FROM mails WHERE recipient = ? ORDER BY created_at DESC LIMIT 1")) {
            query.setString(1, email);
            try (var mails = query.executeQuery()) {
                // Once the mail is in the outbox folder, only the file has the text.
                String body = mails.getString(1).isEmpty()
                        ? Files.readString(folder.resolve("outbox").resolve(mails.getString(2) + ".eml"))
                        : mails.getString(1);
                return body.replaceFirst("(?s).*https?://[^/]+(/\\S+).*", "$1");
            }
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private int update(String sql, String parameter) {
        String url = "jdbc:sqlite:" + folder.resolve("banyan.db") + "?busy_timeout=" + Eventually.MILLIS;
        try (var connection = JDBC.createConnection(url, new Properties());
                var update = connection.prepareStatement(sql)) {
            update.setString(1, parameter);
            return update.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
