import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Banyan beside Keycloak, which tests install below `target`: a sign-in with a password, a start, and memory. Each
/// hashes as it does by default: Keycloak with Argon2id at 7 MiB and five passes, Banyan at 19 MiB and two.
final class Peers {

    private static final int CALLERS = 8;
    private static final int STARTS = 5;
    private static final int WARM_UP_SECONDS = 30;
    private static final Duration READY_AT_LATEST = Duration.ofSeconds(180);
    private static final Duration SETTLING = Duration.ofSeconds(20);
    private static final Path INSTALLED = Bench.ROOT.resolve("target/keycloak");
    private static final String REALM = """
            {"realm": "bench", "enabled": true, "sslRequired": "none",
             "clients": [{"clientId": "bench", "publicClient": true, "directAccessGrantsEnabled": true}],
             "users": [{"username": "amira", "enabled": true, "email": "amira@office.example", "emailVerified": true,
               "firstName": "Amira", "lastName": "Haddad",
               "credentials": [{"type": "password", "value": "blue parrot 7", "temporary": false}]}]}
            """;

    private final Path home;
    private final int seconds;

    private Peers(Path home, int seconds) {
        this.home = home;
        this.seconds = seconds;
    }

    static List<Row> rows(int seconds) throws Exception {
        if (!Files.isDirectory(INSTALLED)) {
            throw new IllegalStateException(
                    "Keycloak is not installed; this gets it: ./mvnw -q dependency:unpack@keycloak");
        }
        var peers = new Peers(copy(), seconds);
        peers.keycloak("build", "--db=dev-file").waitFor();
        return peers.rows();
    }

    /// Returns a fresh one, whose data is in its own folder.
    private static Path copy() throws IOException, InterruptedException {
        Path installed;
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            installed = versions.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Path home = Bench.WORK.resolve("keycloak");
        Children.output(List.of("cp", "-r", installed.toString(), home.toString()));
        Children.output(List.of("rm", "-rf", home.resolve("data").toString()));
        Files.createDirectories(home.resolve("data/import"));
        Files.writeString(home.resolve("data/import/bench-realm.json"), REALM);
        return home;
    }

    private Process keycloak(String... arguments) throws IOException {
        Stream<String> program = Stream.of("bash", home.resolve("bin/kc.sh").toString());
        return Children.start(
                Stream.concat(program, Stream.of(arguments)).toList(),
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                Bench.WORK.resolve("keycloak.log"));
    }

    private Process start(int port) throws IOException, InterruptedException {
        Process process = keycloak(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname-strict=false",
                "--cache=local",
                "--import-realm");
        Ready.await(process, port, "/realms/bench/.well-known/openid-configuration", READY_AT_LATEST);
        return process;
    }

    /// Its script would leave the JVM behind if it was killed.
    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        Children.stop(process);
    }

    private double startMillis() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = start(Children.freePort());
        double millis = (System.nanoTime() - begin) / 1e6;
        stop(process);
        return millis;
    }

    private static double memory(Process process) throws IOException, InterruptedException {
        ProcessHandle jvm = process.descendants().findFirst().orElseThrow();
        return Double.parseDouble(
                        Children.output(List.of("ps", "-o", "rss=", "-p", Long.toString(jvm.pid()))).strip())
                / 1_024;
    }

    private List<Row> rows() throws Exception {
        var starts = new Row("start to ready", "ms", Optional.empty());
        starts.measuringOurs(() -> BanyanServer.startMillis(Map.of()));
        starts.measuringAnother("Keycloak", this::startMillis);
        Progress.say("Starts");
        starts.warmUp();
        for (int i = 0; i < STARTS; i++) {
            starts.measure();
        }

        int port = Children.freePort();
        Process keycloak = start(port);
        var banyan = BanyanServer.start("peers", Map.of());
        Thread.sleep(SETTLING);
        var idle = new Row("resident memory, idle", "MiB", Optional.empty());
        idle.ours().add(banyan.memory());
        idle.theirs("Keycloak").add(memory(keycloak));

        var theirs = new Load.Request(
                "http://127.0.0.1:" + port + "/realms/bench/protocol/openid-connect/token",
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                "grant_type=password&client_id=bench&scope=openid&username=amira&password=blue+parrot+7");
        Progress.say("Sign-ins, to warm up");
        Load.postsPerSecond(banyan.login(), CALLERS, WARM_UP_SECONDS);
        Load.postsPerSecond(theirs, CALLERS, WARM_UP_SECONDS);
        var logins = new Row("login, " + CALLERS + " at once", "/s", Optional.empty());
        logins.measuringOurs(() -> Load.postsPerSecond(banyan.login(), CALLERS, seconds));
        logins.measuringTheirs("Keycloak", () -> Load.postsPerSecond(theirs, CALLERS, seconds));
        Progress.say("Sign-ins");
        for (int i = 0; i < STARTS; i++) {
            logins.measure();
        }

        var after = new Row("resident memory, after that", "MiB", Optional.empty());
        after.ours().add(banyan.memory());
        after.theirs("Keycloak").add(memory(keycloak));
        stop(keycloak);
        banyan.stop();
        return List.of(starts, idle, logins, after);
    }
}
