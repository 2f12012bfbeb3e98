package dev.banyan.attack.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.ServerProcess;
import dev.banyan.platform.db.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `demo` on a database with real accounts, even with the demo's own names: it refuses with one line, and changes
/// nothing.
class RunningTheDemoOnARealDatabaseTest {

    private static final Map<String, String> OPEN = Map.of("BANYAN_RATE_LIMITS", "off");
    private static final String MAYA = """
            {"email":"maya@creative.example","username":"creativeagency","password":"correct horse battery"}""";
    private static final String LOGIN = """
            {"email":"maya@creative.example","password":"correct horse battery"}""";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aFolderWithAccountsIsRefusedAndNoPasswordIsReset() throws IOException {
        Path data = folder.resolve("data");
        attack(
                data,
                OPEN,
                "The data folder " + data + " has accounts that the demo didn't create. Start it with"
                        + " ./banyan serve, or choose another folder with --data\n");
        assertThat(data.resolve("demo.json")).doesNotExist();
    }

    /// The folder belongs to the demo, from a run on SQLite; the database doesn't.
    @Test
    void aPostgresWithAccountsIsRefusedThoughTheFolderIsTheDemosOwn() throws IOException {
        var postgres = new HashMap<>(OPEN);
        postgres.put("BANYAN_DATABASE_URL", TestDatabases.ownedPostgresUrl());
        Path data = folder.resolve("data");
        Path demos = folder.resolve("demo-data");
        try (var demo = ServerProcess.start(OPEN, "demo", "--port=0", "--data", demos.toString())) {
            demo.awaitReady();
            demo.stop();
            demo.awaitExit();
        }
        String written = Files.readString(demos.resolve("demo.json"));
        fill(data, postgres);

        assertRefused(
                demos,
                postgres,
                "The database of BANYAN_DATABASE_URL has accounts that the demo didn't create. "
                        + "Start it with ./banyan serve, or use an empty database\n");

        assertThat(demos.resolve("demo.json")).hasContent(written);
        assertUnchanged(data, postgres);
    }

    private void attack(Path data, Map<String, String> environment, String told) throws IOException {
        fill(data, environment);
        assertRefused(data, environment, told);
        assertUnchanged(data, environment);
    }

    private static void fill(Path data, Map<String, String> environment) throws IOException {
        try (var server = serve(data, environment)) {
            assertThat(server.send("POST", "/api/register", "", MAYA).statusCode())
                    .isEqualTo(201);
            server.stop();
            server.awaitExit();
        }
    }

    private static void assertRefused(Path data, Map<String, String> environment, String told) {
        try (var demo = ServerProcess.start(environment, "demo", "--port=0", "--data", data.toString())) {
            assertThat(demo.awaitExit()).as(demo.out()).isEqualTo(1);
            assertThat(demo.err()).isEqualTo("banyan: " + told);
        }
    }

    private static void assertUnchanged(Path data, Map<String, String> environment) throws IOException {
        try (var server = serve(data, environment)) {
            var login = server.send("POST", "/api/login", "", LOGIN);
            assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
            var signedIn = new ObjectMapper().readTree(login.body()).at("/data/user");
            assertThat(signedIn.path("subAccounts")).isEmpty();
            assertThat(server.send("GET", "/clientbrand1", "", "").statusCode()).isEqualTo(404);
        }
    }

    private static ServerProcess serve(Path data, Map<String, String> environment) {
        return ServerProcess.serve(data, environment);
    }
}
