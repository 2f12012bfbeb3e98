package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.FreePort;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.files.S3Mock;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// `doctor` as used by an operator. Each test breaks one thing in a healthy folder.
class DoctorCommandTest {

    private static final String PROBLEM = "❌ ";

    @SuppressWarnings("NullAway.Init")
    private static Path wellKept;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path data;

    @BeforeAll
    static void useAFolder(@TempDir Path folder) throws IOException, SQLException {
        wellKept = folder.resolve("data");
        try (var server = ServerProcess.serve(wellKept)) {
            server.awaitReady();
            server.stop();
            server.awaitExit();
        }
        change(wellKept, """
                INSERT INTO passkeys (credential_id, identity_id, name, public_key, sign_count, transports, created_at)
                SELECT 'Y3Jl', identity_id, 'Phone', 'cHVi', 0, 'internal', 8 FROM operators""");
        PrivateFiles.write(wellKept.resolve(DataFolder.LAST_BACKUP), ""); // its first person came long ago
    }

    @BeforeEach
    void copyIt() throws IOException {
        data = folder.resolve("data");
        try (Stream<Path> tree = Files.walk(wellKept)) {
            for (Path path : tree.toList()) {
                Files.copy(path, data.resolve(wellKept.relativize(path)));
            }
        }
    }

    @Test
    void aFolderThatIsWellIsLeftAsItIs() throws Exception {
        Map<String, String> before = content();

        assertWell(doctor(), "Java 25", "The data folder is writable", "opens, with the schema", "is free");

        assertThat(content()).isEqualTo(before);
    }

    @Test
    void theFoldersOwnServerMayRun() throws IOException {
        try (var server = ServerProcess.serve(data)) {
            URI url = server.awaitReady();

            assertWell(doctor(), "(process ", ") at " + url + " is ready");
            assertWell(doctor("--port", Integer.toString(url.getPort())), " is ready");
        }
    }

    @Test
    void aServerThatWasKilledIsTold() {
        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
            server.await("listed", () -> Files.exists(data.resolve("run/server.json")));
            server.kill();
        }

        assertProblem(doctor(), "The server of this folder stopped unexpectedly (process ");
    }

    @Test
    void aPortThatSomebodyElseHasIsTold() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());

            assertProblem(doctor("--port", port), "Port " + port + " of 127.0.0.1 cannot be used");
        }
    }

    @Test
    void aMissingFolderIsTold() {
        data = folder.resolve("nowhere");

        assertProblem(doctor(), "The data folder " + data + " doesn't exist");
        assertThat(data).doesNotExist();
    }

    @Test
    void aFileInPlaceOfTheFolderIsTold() throws IOException {
        data = Files.writeString(folder.resolve("file"), "");

        assertProblem(doctor(), data + " is not a folder");
    }

    @Test
    void anOpenSecretIsTold() throws IOException {
        Path secret = Files.writeString(data.resolve("demo.json"), "{}");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));

        assertProblem(doctor(), secret + " is open to others (rw-r-----); chmod 600 " + secret);
    }

    @Test
    void anUnfinishedRestoreIsTold() throws IOException {
        PrivateFiles.createFolder(data.resolve(".restore"));

        assertProblem(doctor(), "did not finish; empty the folder and restore again");
    }

    @Test
    void aBadSettingIsToldAndTheFolderStillLookedAt() throws IOException {
        Path file = Files.writeString(data.resolve("banyan.properties"), "max-body=huge");
        PrivateFiles.restrictOne(file);

        String told = assertProblem(doctor(), "BANYAN_MAX_BODY must be a number");

        assertThat(told).contains("The data folder is writable", "were not checked");
    }

    @Test
    void aDatabaseThatIsNoneIsTold() throws IOException {
        Files.writeString(data.resolve("banyan.db"), "This is no database. ".repeat(500));

        assertProblem(doctor(), "cannot be opened", "file is not a database");
    }

    @Test
    void aDamagedDatabaseIsTold() throws IOException {
        try (var file = new RandomAccessFile(data.resolve("banyan.db").toFile(), "rw")) {
            for (long page = 10; page < 40; page++) {
                file.seek(page * 4096);
                file.write(new byte[4096]);
            }
        }

        assertProblem(doctor(), "banyan.db is damaged: ", "restore the last backup");
    }

    @Test
    void rowsThatReferToNothingAreTold() throws SQLException {
        changeByHand("INSERT INTO packs VALUES ('nobody', 3, 1)");

        assertProblem(doctor(), "Rows of packs refer to rows of accounts that don't exist");
    }

    @Test
    void aNewerSchemaIsTold() throws SQLException {
        changeByHand("""
                INSERT INTO flyway_schema_history
                SELECT 999, '999', 'from the future', type, 'V999__future.sql', 0, installed_by, installed_on, 0, 1
                FROM flyway_schema_history WHERE installed_rank = 1""");

        assertProblem(doctor(), "has the schema 999, this program only ");
    }

    @Test
    void pendingMigrationsAreAWarning() throws SQLException {
        changeByHand("DELETE FROM flyway_schema_history WHERE version > '105'");

        try (var command = doctor()) {
            assertThat(command.awaitExit()).isZero();
            assertThat(command.out()).contains("⚠️ ", "has the schema 105", "Problems: 0, warnings: 1");
        }
    }

    @Test
    void aMirrorThatDiffersIsTold() throws Exception {
        Path file = data.resolve("accounts/mirrored/bots-config.json");
        try (var server = ServerProcess.serve(data)) {
            server.send("POST", "/api/register", "", """
                    {"email":"m@people.example","username":"mirrored","password":"correct horse battery"}""");
            server.stop();
            server.awaitExit();
        }
        changeByHand("""
                INSERT INTO senders (id, tenant_id, role, master_type, display_name, phone, state, driver, is_enabled,
                    link_attempts, state_changed_at, servant_count, created_at, updated_at)
                SELECT 'wa_1', id, 'master', 'primary', 'Main', '+971500000101', 'pending', 'simulator', 1, 0, 1, 0, 1, 1
                FROM accounts WHERE username = 'mirrored'""");
        changeByHand("INSERT INTO sender_config_files SELECT id, '{}', 1 FROM accounts WHERE username = 'mirrored'");
        assertProblem(doctor(), file + " differs from the database");
        try (var server = ServerProcess.serve(data)) { // creates the file
            server.awaitReady();
            assertWell(doctor("--port=0"), "bots-config.json files match the database");
            server.stop();
            server.awaitExit();
        }
        assertWell(doctor(), "bots-config.json files match the database");

        Files.writeString(file, Files.readString(file).replace("+971500000101", "+971500000109"));

        assertProblem(doctor(), file + " differs from the database");
    }

    @Test
    void aLostKeyOfStoredSecretsIsTold() throws Exception {
        try (var server = ServerProcess.serve(data)) {
            String token = TestClient.parse(
                            server.send("POST", "/api/register", "", """
                            {"email":"k@people.example","username":"keeper","password":"correct horse battery"}""").body())
                    .at("/data/session/token")
                    .asText();
            String project = TestClient.parse(
                            server.send("POST", "/api/projects", token, """
                            {"name":"Retail","sub_clients_enabled":true}""").body())
                    .findPath("id")
                    .asText();
            String workspaces = "/api/projects/" + project + "/sub-clients";
            String workspace = TestClient.parse(server.send("POST", workspaces, token, "{\"name\":\"Lamps\"}")
                            .body())
                    .findPath("id")
                    .asText();
            var saved = server.send("PUT", workspaces + "/" + workspace + "/assistant", token, """
                    {"kind":"openai","endpoint":"https://models.example/v1","model":"m","apiKey":"sk-0123456789abcdef"}""");
            assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
            server.stop();
            server.awaitExit();
        }
        assertWell(doctor(), "Stored secrets can be opened (1)");

        Files.setPosixFilePermissions(data.resolve("credentials.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertProblem(doctor(), "credentials.key is open to others");

        Files.delete(data.resolve("credentials.key"));
        assertProblem(doctor(), "1 of 1 stored secrets cannot be opened", "credentials.key");
        assertThat(data.resolve("credentials.key")).doesNotExist();
    }

    @Test
    void aClockThatWentBackIsTold() throws IOException {
        Files.setLastModifiedTime(
                data.resolve("banyan.db"), FileTime.from(Instant.now().plus(Duration.ofDays(2))));

        assertProblem(doctor(), "The clock shows ", "; set the clock");
    }

    @Test
    void aPostgresThatIsNotThereIsTold() {
        String url = TestDatabases.newPostgresUrl().replaceFirst("/test[0-9]+", "/nowhere");

        assertProblem(
                ServerProcess.start(
                        Map.of("BANYAN_DATABASE_URL", url), "doctor", "--port=0", "--data", data.toString()),
                "The PostgreSQL database cannot be opened",
                "nowhere");
    }

    @Test
    void aBucketIsTried() {
        assertWell(doctor(S3Mock.environment(S3Mock.newUrl())), "Files can be written to the bucket http://127.0.0.1:");
        String told = assertProblem(
                doctor(S3Mock.environment(S3Mock.missingUrl())),
                "/no-such-bucket/: 404 NoSuchBucket; check BANYAN_FILES_URL");
        assertThat(told).doesNotContain(S3Mock.SECRET);
    }

    private ServerProcess doctor(Map<String, String> environment) {
        return ServerProcess.start(
                environment, "doctor", "--data", data.toString(), "--port", Integer.toString(FreePort.next()));
    }

    private ServerProcess doctor(String... options) {
        String[] arguments = options.length == 0 ? new String[] {"--port", Integer.toString(FreePort.next())} : options;
        return ServerProcess.start(
                Map.of(),
                Stream.concat(Stream.of("doctor", "--data", data.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private void changeByHand(String sql) throws SQLException {
        change(data, sql);
    }

    private static void change(Path folder, String sql) throws SQLException {
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + folder.resolve("banyan.db"), new Properties());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Returns every file with its bytes and times, so that any change is found.
    private Map<String, String> content() throws Exception {
        var content = new TreeMap<String, String>();
        try (Stream<Path> tree = Files.walk(data)) {
            for (Path path : tree.toList()) {
                content.put(
                        path.toString(),
                        Files.getLastModifiedTime(path)
                                + (Files.isDirectory(path)
                                        ? ""
                                        : HexFormat.of()
                                                .formatHex(MessageDigest.getInstance("SHA-256")
                                                        .digest(Files.readAllBytes(path)))));
            }
        }
        return content;
    }

    private static void assertWell(ServerProcess command, String... told) {
        try (command) {
            assertThat(command.awaitExit()).as(command.out()).isZero();
            assertThat(command.out()).contains(told).doesNotContain(PROBLEM).endsWith("No problems found.\n");
            assertThat(command.err()).isEmpty();
        }
    }

    private static String assertProblem(ServerProcess command, String... told) {
        try (command) {
            assertThat(command.awaitExit()).as(command.out()).isEqualTo(1);
            assertThat(command.out().lines().filter(line -> line.startsWith(PROBLEM)))
                    .as(command.out())
                    .singleElement()
                    .asString()
                    .contains(told);
            assertThat(command.out()).contains("Problems: 1");
            return command.out();
        }
    }
}
