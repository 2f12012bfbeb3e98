import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// One of several servers on one PostgreSQL, which is started again after each fault.
final class ClusterServer {

    private static final String KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

    /// How many requests it has answered since its start.
    final AtomicInteger answered = new AtomicInteger();
    final Line line;
    private final String name;
    private final String database;
    private final int port = Children.freePort();
    private volatile boolean isReady = true;
    private Process process;

    /// @param postgres where the database is, such as `jdbc:postgresql://localhost:5432/banyan?user=banyan`
    /// @param spare where it may be once its address is away
    ClusterServer(String name, String postgres, Line spare) throws IOException {
        this.name = name;
        this.line = new Line(portOf(postgres));
        this.database = postgres.replaceFirst(
                "//[^/]*/", "//127.0.0.1:" + line.port() + ",127.0.0.1:" + spare.port() + "/");
        start();
    }

    static int portOf(String postgres) {
        return Integer.parseInt(postgres.replaceFirst(".*//[^/]*:(\\d+)/.*", "$1"));
    }

    void start() throws IOException {
        answered.set(0);
        var environment = new HashMap<>(Map.of(
                "BANYAN_DATABASE_URL", database, "BANYAN_CLUSTER", "on", "BANYAN_CREDENTIALS_KEY", KEY));
        environment.put("BANYAN_RATE_LIMITS", "off");
        environment.put("BANYAN_BILLING", "open");
        environment.put("BANYAN_DEFAULT_PLAN", "unlimited");
        environment.put("BANYAN_CLUSTER_HOST", name);
        environment.put("BANYAN_OUTBOUND_ALLOW", "127.0.0.1");
        process = Children.start(
                // The launcher turns into the server, with its AOT cache: a server that starts cold is not what runs.
                List.of(
                        Bench.ROOT.resolve("banyan").toString(),
                        "serve",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        Bench.WORK.resolve("cluster-" + name).toString()),
                environment,
                log());
    }

    Path log() {
        return Bench.WORK.resolve("cluster-" + name + ".log");
    }

    void awaitReady() throws InterruptedException {
        Ready.await(process, port, "/readyz", Duration.ofSeconds(120));
    }

    void signal(String signal) throws IOException, InterruptedException {
        Children.output(List.of("kill", "-" + signal, Long.toString(process.pid())));
    }

    void look() {
        isReady = Ready.answers(port, "/readyz");
    }

    /// Returns whether it was ready when it was looked at.
    boolean isReady() {
        return isReady;
    }

    void stop() throws IOException, InterruptedException {
        signal("TERM");
        process.waitFor();
    }

    /// Starts it after a signal that ended it.
    void startAgain() throws IOException, InterruptedException {
        process.waitFor();
        start();
    }

    Process process() {
        return process;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }
}
