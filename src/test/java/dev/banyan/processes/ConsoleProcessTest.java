package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.FreePort;
import dev.banyan.ServerProcess;
import dev.banyan.console.session.RunningServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// `console -c` as used by scripts: processes, outputs and exit codes, with a server in a separate process.
class ConsoleProcessTest {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path data;

    @SuppressWarnings("NullAway.Init")
    private static ServerProcess server;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path empty;

    private record Ended(int code, String out, String err) {}

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = ServerProcess.serve(data);
        server.awaitReady();
        for (String username : List.of("maya", "noor")) {
            assertThat(server.send("POST", "/api/register", "", """
                    {"email": "%s@people.example", "username": "%s", "password": "correct horse battery"}
                    """.formatted(username, username))
                            .statusCode())
                    .isEqualTo(201);
        }
        addMaster("amira-nasser", "Amira Nasser", "+971500000101");
        addMaster("omar-haddad", "Omar Haddad", "+971500000102");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// The seed's quick start with its six steps, and its five tests: typed literally, except for names and numbers.
    @Test
    void theSeedsQuickStartAndFiveTests() {
        assertThat(ok("secondary-stats")).contains("Total Accounts: ", "Master Accounts: 2", "  👑 Amira Nasser: ");

        String added = ok("add-secondary amira-nasser +971500000111 \"Sales Team\" support");
        Matcher id = Pattern.compile("""
                ✅ Account added successfully
                → Added servant account \\(ID: (servant-\\d{13})\\)
                → Use 'link-secondary (servant-\\d{13})' to connect
                """).matcher(added);
        assertThat(id.matches()).as(added).isTrue();
        String servant = id.group(1);

        assertThat(ok("servants-by-master amira-nasser"))
                .startsWith("📱 SECONDARY ACCOUNTS: Amira Nasser\n\nMaster: +971500000101\nServant Count: 1\n")
                .contains("ID: " + servant);
        assertThat(ok("list-servants")).contains("[1] ⏳ Sales Team (support)\n          +971500000111\n");

        String linking = ok("link-secondary " + servant);
        assertThat(linking)
                .startsWith("⏳ Linking secondary account...\n")
                .contains("Scan with +971500000111\n", "█████████████████████████████████████\n");
        assertThat(ok("simulate scan " + servant)).isEqualTo("✅ Sales Team (+971500000111) is linked\n");
        assertThat(ok("health")).contains("  ✅  +971500000111  │ Sales Team [servant]\n");

        assertThat(ok("change-servant-master " + servant + " omar-haddad"))
                .startsWith("✅ Servant reassigned successfully\n");
        assertThat(ok("secondary-stats"))
                .contains("Secondary Accounts: 1\n", "  👑 Amira Nasser: 0 servants\n  👑 Omar Haddad: 1 servants\n");
        assertThat(ok("remove-secondary " + servant)).isEqualTo("✅ Secondary account removed successfully\n");
        assertThat(ok("servants-by-master omar-haddad")).contains("Servant Count: 0\n");
    }

    @Test
    void whatFailsExitsWithOne() {
        Ended unknown = console("-c", "goraha sync");
        assertThat(unknown.code()).isEqualTo(FAILURE);
        assertThat(unknown.out()).isEqualTo("❓ Unknown command: 'goraha'. Type 'help' for available commands.\n");

        Ended account = console("--account", "nobody-here", "-c", "list-servants");
        assertThat(account.code()).isEqualTo(FAILURE);
        assertThat(account.out()).isEqualTo("❌ Account nobody-here not found\n");
    }

    @Test
    void theAccountIsTheOnlyOneWithMastersUnlessOneIsNamed() {
        assertThat(ok("use")).startsWith("Acting for maya (");
        Ended noor = console("--account", "noor", "-c", "secondary-stats");
        assertThat(noor.code()).isZero();
        assertThat(noor.out()).contains("Total Accounts: 0\n");
    }

    @Test
    void linesOfAPipeRunUpToTheFirstThatFails() throws Exception {
        Path script = Files.writeString(empty.resolve("script"), "use\n\nnonsense\nuse\n");

        Ended ended = end(ServerProcess.startReading(script, Map.of(), "console", "--data", data.toString()));

        assertThat(ended.code()).isEqualTo(FAILURE);
        assertThat(ended.out().lines()).hasSize(2).last().asString().startsWith("❓ Unknown command: 'nonsense'");
    }

    @Test
    void aListIsJsonForPrograms() throws IOException {
        JsonNode listed = new ObjectMapper().readTree(ok("list --json"));

        assertThat(listed.path("senders").findValuesAsText("displayName")).contains("Amira Nasser", "Omar Haddad");
        Ended refused = console("-c", "device nobody --json");
        assertThat(refused.code()).isEqualTo(FAILURE);
        assertThat(new ObjectMapper().readTree(refused.out()).path("error").asText())
                .isEqualTo("Device not found: nobody");
    }

    @Test
    void manyAreAddedFromAFileOfTheTerminals() throws IOException {
        Path file = Files.writeString(empty.resolve("rows.csv"), """
                master,phone,name,tags
                omar-haddad,+971500000121,Desk A,gold
                nobody,+971500000122,Desk B,
                """);

        Ended dry = console("-c", "bulk add '" + file + "' --dry-run");
        assertThat(dry.code()).isEqualTo(FAILURE);
        assertThat(dry.out()).isEqualTo("""
                   ✅ 2. +971500000121: can be added
                   ❌ 3. +971500000122: Master account nobody not found
                💡 Dry run: nothing was changed. Expected result: 1 done, 1 refused
                """);
        assertThat(console("-c", "bulk add " + file).out()).contains("   ✅ 2. +971500000121: added as servant-");
        assertThat(ok("bulk remove tag=gold")).endsWith("✅ 1 done, 0 refused\n");
        assertThat(console("-c", "bulk add " + empty.resolve("gone")).out())
                .isEqualTo("❌ " + empty.resolve("gone") + " does not exist\n");
    }

    @Test
    void usageErrorsExitWithTwo() {
        Ended ended = console("list-servants");

        assertThat(ended.code()).isEqualTo(USAGE);
        assertThat(ended.err())
                .isEqualTo("banyan: “console” does not accept “list-servants”; put a command after -c, in quotes;"
                        + " see ./banyan help\n");
        assertThat(console("--colour").code()).isEqualTo(USAGE);
    }

    @Test
    void aFolderWithoutAServerIsNamed() {
        assertFails(
                run(Map.of(), "--data", empty.toString(), "-c", "use"),
                "No server is running on " + empty + "; start one with ./banyan serve --data " + empty);
    }

    @Test
    void withoutAFolderTheOneWhoseServerRunsIsTaken() {
        Ended found = run(Map.of(), "--look-in", empty.toString(), "--look-in", data.toString(), "-c", "use");
        assertThat(found.code()).as(found.err()).isZero();

        assertFails(
                run(
                        Map.of(),
                        "--look-in",
                        empty.toString(),
                        "--look-in",
                        empty.resolve("x").toString(),
                        "-c",
                        "use"),
                "No server is running on " + empty + " and " + empty.resolve("x")
                        + "; start one with ./banyan demo or ./banyan serve, or name its folder with --data");
    }

    @Test
    void twoServersAreNotGuessedBetween() throws IOException {
        copyRunFiles(RunningServer.of(data).orElseThrow().pid(), "http://127.0.0.1:1", "x");

        assertFails(
                run(Map.of(), "--look-in", empty.toString(), "--look-in", data.toString(), "-c", "use"),
                "Several servers are running, on " + empty + " and " + data + "; choose one with --data");
    }

    @Test
    void aWrongTokenIsNamed() throws IOException {
        var running = RunningServer.of(data).orElseThrow();
        copyRunFiles(running.pid(), running.url(), "not-the-token");

        assertFails(
                run(Map.of(), "--data", empty.toString(), "-c", "use"),
                "The server at " + running.url() + " does not accept the token of " + empty
                        + "/run/console.token; it serves another folder");
        assertFails(
                run(Map.of("BANYAN_CONSOLE_TOKEN", "wrong"), "--url", running.url(), "-c", "use"),
                "The server at " + running.url() + " does not accept the token in BANYAN_CONSOLE_TOKEN");
        assertFails(
                run(Map.of("BANYAN_CONSOLE_TOKEN", "two\nlines"), "--url", running.url(), "-c", "use"),
                "BANYAN_CONSOLE_TOKEN does not contain a server token");
    }

    @Test
    void aUrlNeedsAToken() throws IOException {
        String url = RunningServer.of(data).orElseThrow().url();

        assertFails(
                run(Map.of(), "--url", url, "-c", "use"),
                "--url needs the server's token, in BANYAN_CONSOLE_TOKEN or in the folder of --data");
        assertThat(run(Map.of(), "--url", url, "--data", data.toString(), "-c", "use")
                        .code())
                .isZero();
        String token = Files.readString(RunningServer.tokenFile(data)).strip();
        assertThat(run(Map.of("BANYAN_CONSOLE_TOKEN", token), "--url", url + "/", "-c", "use")
                        .code())
                .isZero();
    }

    @Test
    void aServerJsonThatWasLeftBehindIsNamed() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        copyRunFiles(gone.pid(), "http://127.0.0.1:1", "x");

        assertFails(
                run(Map.of(), "--data", empty.toString(), "-c", "use"),
                "No server is running on " + empty + ": " + empty + "/run/server.json was left by process " + gone.pid()
                        + ", which has ended; start one with ./banyan serve --data " + empty);
    }

    /// The process id of the server was reused by another process.
    @Test
    void aServerThatDoesNotAnswerIsNamed() throws IOException {
        int port = FreePort.next();
        long pid = ProcessHandle.current().pid();
        copyRunFiles(pid, "http://127.0.0.1:" + port, "x");

        assertFails(
                run(Map.of(), "--data", empty.toString(), "-c", "use"),
                "No server answers at http://127.0.0.1:" + port + ", where " + empty
                        + "/run/server.json expects process " + pid + "; restart the server");
        assertFails(
                run(Map.of("BANYAN_CONSOLE_TOKEN", "x"), "--url", "http://127.0.0.1:" + port, "-c", "use"),
                "No server answers at http://127.0.0.1:" + port);
    }

    @Test
    void brokenRunFilesAndAddressesAreNamed() throws IOException {
        Files.createDirectories(empty.resolve("run"));
        Files.writeString(RunningServer.file(empty), "{");
        assertFails(
                run(Map.of(), "--data", empty.toString(), "-c", "use"),
                empty + "/run/server.json cannot be understood; restart the server");
        assertFails(
                run(Map.of("BANYAN_CONSOLE_TOKEN", "x"), "--url", "localhost:8080", "-c", "use"),
                "“localhost:8080” is not a server address; use one like http://127.0.0.1:8080");
    }

    @Test
    void configGoesOutAndInThroughTheRunningServer() throws IOException {
        Path file = empty.resolve("it's a config.json");

        assertThat(tool("export-config", file.toString())).isEqualTo(new Ended(0, "✅ Written to " + file + "\n", ""));
        assertThat(Files.readString(file))
                .startsWith("{\n  \"version\": \"3.0\"")
                .contains("\"amira-nasser\"");
        assertThat(tool("export-config", file.toString()))
                .isEqualTo(
                        new Ended(FAILURE, "❌ " + file + " already exists; choose another name, or add --force\n", ""));
        Files.writeString(file, "older");
        assertThat(tool("export-config", file.toString(), "--force", "--json").out())
                .isEqualTo("{\n  \"file\" : \"" + file + "\"\n}\n");
        assertThat(tool("export-config", "-").out()).isEqualTo(Files.readString(file));

        assertThat(tool("import-config", file.toString()).out())
                .isEqualTo("✅ Configuration imported: 0 added, 0 changed, 2 unchanged\n");
    }

    @Test
    void aFileThatIsNoneOrNotOursImportsNothing() throws IOException {
        Path broken = Files.writeString(empty.resolve("broken.json"), "{\n  \"version\": \"3.0\",\n  oops\n}");
        Path foreign = Files.writeString(empty.resolve("foreign.json"), "{\"name\": \"left-pad\"}");

        assertThat(tool("import-config", broken.toString()).out())
                .startsWith("❌ Nothing was imported: line 3, column ");
        assertThat(tool("import-config", broken.toString()).code()).isEqualTo(FAILURE);
        assertThat(tool("import-config", foreign.toString()).out())
                .startsWith("❌ Nothing was imported. This is not a bots-config.json");
        assertThat(tool("import-config", empty.resolve("gone").toString()))
                .isEqualTo(new Ended(FAILURE, "❌ " + empty.resolve("gone") + " does not exist\n", ""));
        assertThat(tool("import-config", empty.toString()))
                .isEqualTo(new Ended(FAILURE, "❌ " + empty + " is not a file\n", ""));
        assertThat(tool("import-config").code()).isEqualTo(USAGE);
    }

    @Test
    void withoutAServerConfigUsesTheFolderItself() throws Exception {
        Path file = empty.resolve("config.json");
        tool("export-config", file.toString());
        Path folder = empty.resolve("other");
        try (var other = ServerProcess.serve(folder)) {
            other.awaitReady();
            assertThat(other.send("POST", "/api/register", "", """
                    {"email": "rana@people.example", "username": "rana", "password": "correct horse battery"}
                    """).statusCode())
                    .isEqualTo(201);
            other.stop();
            other.awaitExit();
        }

        Ended imported =
                end(ServerProcess.start(Map.of(), "import-config", file.toString(), "--data", folder.toString()));

        assertThat(imported.out()).isEqualTo("✅ Configuration imported: 2 added, 0 changed, 0 unchanged\n");
        assertThat(imported.err()).isEmpty();
        assertThat(imported.code()).isZero();
        assertThat(Files.readString(folder.resolve("accounts/rana/bots-config.json")))
                .contains("\"amira-nasser\"");
        assertThat(Files.exists(RunningServer.file(folder)))
                .as("it has gone again")
                .isFalse();
        assertFails(
                end(ServerProcess.start(Map.of(), "export-config", "-", "--data", empty.toString())),
                "No server is running on " + empty + "; start one with ./banyan serve --data " + empty);
    }

    /// `import-config` and `export-config` on the folder of the running server.
    private static Ended tool(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        // The command's name comes first, whatever options follow.
        int name = all.indexOf("import-config") + all.indexOf("export-config") + 1;
        all.addFirst(all.remove(name));
        all.addAll(List.of("--data", data.toString()));
        if (!all.contains("--account")) {
            all.addAll(List.of("--account", "maya"));
        }
        return end(ServerProcess.start(Map.of(), all.toArray(String[]::new)));
    }

    private static void assertFails(Ended ended, String line) {
        assertThat(ended.err()).isEqualTo("banyan: " + line + "\n");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(FAILURE);
    }

    private void copyRunFiles(long pid, String url, String token) throws IOException {
        Files.createDirectories(empty.resolve("run"));
        Files.writeString(
                RunningServer.file(empty),
                "{\"url\": \"%s\", \"pid\": %d, \"started\": \"2026-11-20T10:00:00Z\"}".formatted(url, pid));
        Files.writeString(RunningServer.tokenFile(empty), token);
    }

    /// Returns the output of a successful command.
    private static String ok(String command) {
        Ended ended = console("-c", command);
        assertThat(ended.code())
                .as("%s: %s%s", command, ended.out(), ended.err())
                .isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).as("plain text").doesNotContain("\u001b");
        return ended.out();
    }

    private static Ended console(String... arguments) {
        var all = new ArrayList<>(List.of("--data", data.toString()));
        all.addAll(List.of(arguments));
        return run(Map.of(), all.toArray(String[]::new));
    }

    private static Ended run(Map<String, String> environment, String... arguments) {
        var all = new ArrayList<>(List.of("console"));
        all.addAll(List.of(arguments));
        return end(ServerProcess.start(environment, all.toArray(String[]::new)));
    }

    private static Ended end(ServerProcess console) {
        try (console) {
            return new Ended(console.awaitExit(), console.out(), console.err());
        }
    }

    private static void addMaster(String id, String name, String phone) throws SQLException {
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var statement = connection.prepareStatement("""
                        INSERT INTO senders (id, tenant_id, role, master_type, display_name, phone, state, driver,
                            is_enabled, link_attempts, state_changed_at, servant_count, created_at, updated_at)
                        SELECT ?, id, 'master', 'primary', ?, ?, 'pending', 'simulator', 1, 0, 1, 0, ?, 1
                        FROM accounts WHERE username = 'maya'""")) {
            statement.setString(1, id);
            statement.setString(2, name);
            statement.setString(3, phone);
            statement.setLong(4, Long.parseLong(phone.substring(1)));
            statement.executeUpdate();
        }
    }
}
