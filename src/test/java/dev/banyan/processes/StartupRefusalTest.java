package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.platform.db.TestDatabases;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Errors that an operator can fix end the start with one line that says how, and a non-zero exit code.
class StartupRefusalTest {

    private static final int USAGE = 2;
    private static final int FAILURE = 1;

    /// Started before the other tests, because the server gives PostgreSQL ten seconds to start.
    @SuppressWarnings("NullAway.Init")
    private static ServerProcess withoutDatabase;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void startWithoutDatabase(@TempDir Path data) {
        String url = TestDatabases.newPostgresUrl().replaceFirst("/test[0-9]+", "/nowhere");
        withoutDatabase =
                ServerProcess.start(Map.of("BANYAN_DATABASE_URL", url), "serve", "--port=0", "--data", data.toString());
    }

    @AfterAll
    static void endWithoutDatabase() {
        withoutDatabase.close();
    }

    @Test
    void dataOfANewerVersionIsRefused() throws SQLException {
        try (var server = ServerProcess.serve(folder)) {
            server.awaitReady();
        }
        makeNewer("jdbc:sqlite:" + folder.resolve("banyan.db"), "1");

        assertNewerIsRefused(Map.of(), folder.toString());
    }

    @Test
    void aPostgresOfANewerVersionIsRefused() throws SQLException {
        String url = TestDatabases.migratedPostgresUrl();
        makeNewer(url, "true");

        assertNewerIsRefused(Map.of("BANYAN_DATABASE_URL", url), "The PostgreSQL database");
    }

    /// A start that fails as no one expected says where, without the protocols that libraries keep for a log.
    @Test
    void anUnexpectedFailureIsReportedWithoutWhatLibrariesLogged() throws SQLException {
        String url = TestDatabases.migratedPostgresUrl();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE nodes CASCADE");
        }

        Map<String, String> cluster = Map.of(
                "BANYAN_DATABASE_URL",
                url,
                "BANYAN_CLUSTER",
                "on",
                "BANYAN_CREDENTIALS_KEY",
                Base64.getEncoder().encodeToString(new byte[32]));
        try (var server = start(cluster, "serve", "--port=0")) {
            assertThat(server.awaitExit()).isEqualTo(FAILURE);
            assertThat(server.err()).contains("\"nodes\" does not exist").doesNotContain("FINE");
        }
    }

    private static void makeNewer(String url, String success) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO flyway_schema_history
                    SELECT 999, '999', 'from the future', type, 'V999__future.sql', 0, installed_by, installed_on, 0, %s
                    FROM flyway_schema_history WHERE installed_rank = 1""".formatted(success));
        }
    }

    /// Every command that opens the database says it in one line; doctor says it among its findings.
    private void assertNewerIsRefused(Map<String, String> environment, String place) {
        String newer = "belongs to a newer version of Banyan (schema 999)";
        String file = folder.resolveSibling("newer.zip").toString();
        for (String[] command :
                new String[][] {{"serve", "--port=0"}, {"demo", "--port=0"}, {"backup", file}, {"export-config", file}
                }) {
            assertRefused(start(environment, command), FAILURE, newer, place);
        }
        assertThat(Path.of(file)).doesNotExist();
        assertRefused(start(environment, "audit", "verify"), FAILURE, "has no tables of this version");
        try (var doctor = start(environment, "doctor")) {
            assertThat(doctor.awaitExit()).isEqualTo(FAILURE);
            assertThat(doctor.err()).isEmpty();
            assertThat(doctor.out()).contains("schema 999", "start the newer version");
        }
    }

    private ServerProcess start(Map<String, String> environment, String... command) {
        String[] arguments = Arrays.copyOf(command, command.length + 2);
        arguments[command.length] = "--data";
        arguments[command.length + 1] = folder.toString();
        return ServerProcess.start(environment, arguments);
    }

    @Test
    void aSecondServerOnTheSameFolderIsRefusedAndTheFirstWorksOn() throws IOException {
        try (var first = ServerProcess.serve(folder)) {
            first.awaitReady();

            assertRefused(serve(folder), FAILURE, "Another server is running on the data folder", folder.toString());

            assertThat(first.send("GET", "/readyz", "", "").statusCode()).isEqualTo(200);
        }
    }

    /// A limit for files is what a full disk is: there is no room for the native library.
    @Test
    void aFullDiskIsToldInOneLine() throws IOException {
        assertRefused(
                ServerProcess.startWithSmallFiles(200, "serve", "--port=0", "--data", folder.toString()),
                FAILURE,
                "The data folder " + folder + " cannot be written: File too large");

        try (Stream<Path> left = Files.list(folder.resolve("run"))) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".new"));
        }
    }

    @Test
    void aPortInUseIsRefused() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());

            assertRefused(
                    ServerProcess.start(Map.of(), "serve", "--port", port, "--data", folder.toString()),
                    FAILURE,
                    "Port " + port + " of 127.0.0.1 cannot be used",
                    "--port");
        }
    }

    @Test
    void aFolderBelowAFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        assertRefused(serve(file), FAILURE, "The data folder " + file + " cannot be written");
        assertRefused(serve(file.resolve("data")), FAILURE, "cannot be written", "Not a directory");
    }

    /// Folders can't be created in `/proc`, not even by root.
    @Test
    void aFolderThatCannotBeMadeIsRefused() {
        assertRefused(serve(Path.of("/proc/banyan")), FAILURE, "The data folder /proc/banyan cannot be written");
    }

    @Test
    void aDatabaseThatIsNoneIsRefused() throws IOException {
        Files.writeString(folder.resolve("banyan.db"), "This is no database. ".repeat(100));

        assertRefused(serve(folder), FAILURE, folder.toString(), "file is not a database");
    }

    @Test
    void aSettingsFileThatCannotBeReadIsRefused() throws IOException {
        Files.writeString(folder.resolve("banyan.properties"), "mail-from=\\u00zz");

        assertRefused(serve(folder), FAILURE, folder.resolve("banyan.properties") + " cannot be read");
    }

    @Test
    void aSettingsFileWithABadValueIsRefused() throws IOException {
        Files.writeString(folder.resolve("banyan.properties"), "max-body=huge");

        assertRefused(serve(folder), FAILURE, "BANYAN_MAX_BODY must be a number from 1024 to 104857600, not “huge”");
    }

    @Test
    void aPostgresThatDoesNotHaveTheDatabaseIsRefused() {
        assertRefused(withoutDatabase, FAILURE, "PostgreSQL cannot be reached", "database \"nowhere\" does not exist");
    }

    static Stream<Arguments> badSettings() {
        return Stream.of(
                argumentSet("port too large", "BANYAN_PORT", "65536", "BANYAN_PORT must be a number from 0 to 65535"),
                argumentSet("port no number", "BANYAN_PORT", "http", "BANYAN_PORT must be a number from 0 to 65535"),
                argumentSet(
                        "unknown host",
                        "BANYAN_HOST",
                        "no-such-host.invalid",
                        "no-such-host.invalid cannot be used: this machine doesn't have it; set BANYAN_HOST"),
                argumentSet(
                        "foreign address",
                        "BANYAN_HOST",
                        "192.0.2.1",
                        "192.0.2.1 cannot be used: this machine doesn't have it; set BANYAN_HOST"),
                argumentSet("other database", "BANYAN_DATABASE_URL", "mysql://x/y", "BANYAN_DATABASE_URL must begin"),
                argumentSet(
                        "malformed database",
                        "BANYAN_DATABASE_URL",
                        "jdbc:postgresql://localhost:port/x",
                        "BANYAN_DATABASE_URL"),
                argumentSet("a port", "BANYAN_OTHER_HOSTS", "a.internal:80", "BANYAN_OTHER_HOSTS must be host names"),
                argumentSet("no URL", "BANYAN_BASE_URL", "links.example.com", "BANYAN_BASE_URL must be an http"),
                argumentSet(
                        "unknown choice",
                        "BANYAN_REGISTRATION",
                        "maybe",
                        "BANYAN_REGISTRATION must be one of open, invite, closed, not “maybe”"),
                argumentSet("proxy name", "BANYAN_TRUSTED_PROXIES", "proxy.local", "BANYAN_TRUSTED_PROXIES must be IP"),
                argumentSet(
                        "malformed limit",
                        "BANYAN_LIMIT_LOGIN_BY_IP",
                        "many",
                        "BANYAN_LIMIT_LOGIN_BY_IP must look like 30/1m (amount/window), not “many”"),
                argumentSet(
                        "secret that is not there",
                        "BANYAN_METRICS_TOKEN_FILE",
                        "/no/such/file",
                        "BANYAN_METRICS_TOKEN_FILE: /no/such/file cannot be read"));
    }

    @ParameterizedTest(name = "{argumentSetName}")
    @MethodSource("badSettings")
    void aBadSettingIsNamed(String variable, String value, String told) {
        var environment = new HashMap<>(Map.of("BANYAN_PORT", "0", "BANYAN_DATA", folder.toString()));
        environment.put(variable, value);
        assertRefused(ServerProcess.start(environment, "serve"), FAILURE, told);
    }

    static Stream<Arguments> badArguments() {
        return Stream.of(
                argumentSet("command", new String[] {"fly"}, "unknown command “fly”"),
                argumentSet("option", new String[] {"serve", "--colour", "red"}, "unknown option “--colour”"),
                argumentSet("single dash", new String[] {"serve", "-port=1"}, "unknown option “-port=1”"),
                argumentSet("no option", new String[] {"serve", "8080"}, "unknown option “8080”"),
                argumentSet("option without value", new String[] {"serve", "--port"}, "--port needs a value"));
    }

    @ParameterizedTest(name = "{argumentSetName}")
    @MethodSource("badArguments")
    void aCommandLineThatIsNotUnderstoodIsRefused(String[] arguments, String told) {
        assertRefused(ServerProcess.start(Map.of(), arguments), USAGE, told);
    }

    private static ServerProcess serve(Path data) {
        return ServerProcess.start(Map.of(), "serve", "--port=0", "--data", data.toString());
    }

    private static void assertRefused(ServerProcess server, int exit, String... told) {
        try (server) {
            int ended = server.awaitExit();

            assertThat(server.err())
                    .hasLineCount(1)
                    .startsWith("banyan: ")
                    .endsWith("\n")
                    .contains(told);
            assertThat(ended).as("exit code").isEqualTo(exit);
        }
    }
}
