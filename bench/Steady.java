import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one request costs and how long it waits while the server is half busy: rates alone hide both.
final class Steady {

    private static final int CONNECTIONS = 32;
    private static final double LOAD = 0.5;
    /// What our own generator sends without being late itself.
    private static final int FASTEST = 8_000;
    private static final int WARM_UP_SECONDS = 10;

    private final BanyanServer server;
    private final int seconds;
    private final List<Row> rows = new ArrayList<>();

    private Steady(BanyanServer server, int seconds) {
        this.server = server;
        this.seconds = seconds;
    }

    static List<Row> rows(int seconds) throws Exception {
        var steady = new Steady(BanyanServer.start("steady", Map.of()), seconds);
        var uncached = new Steady(BanyanServer.start("steady-uncached", Bench.NO_CACHE), seconds);
        Map<String, String> signedIn = Map.of("Authorization", "Bearer " + steady.server.token());
        steady.row("cached page", "/clientbrand1", LinkPages.BROWSER);
        uncached.row("uncached page", "/clientbrand1", LinkPages.BROWSER);
        uncached.server.stop();
        steady.row("redirect", "/go/" + steady.server.firstLink(), LinkPages.BROWSER);
        steady.row("GET /api/me", "/api/me", signedIn);
        steady.row("GetLinks", "/api/admin/GetLinks", signedIn);
        steady.row("brands page", "/admin/brands?as=creativeagency", signedIn);
        String project = "/projects/" + steady.server.get("/api/projects", "/data/projects/0/id") + "/sub-clients";
        String workspace = steady.server.get("/api" + project, "/data/subClients/0/id");
        steady.row("workspaces page", project + "/management?as=creativeagency", signedIn);
        steady.row("users page", project + "/" + workspace + "/users?as=creativeagency", signedIn);
        steady.rows.addAll(0, uncached.rows);
        steady.server.stop();
        return steady.rows;
    }

    private void row(String name, String path, Map<String, String> headers) throws IOException, InterruptedException {
        var request = new Load.Request(server.url(path), headers);
        Progress.say(name);
        Load.postsPerSecond(request, CONNECTIONS, WARM_UP_SECONDS); // patient: cold code answers some late
        Machine.awaitQuiet();
        double allocatedBefore = server.allocatedKib();
        Duration usedBefore = server.processorTime();
        double perSecond = Load.perSecond(request, CONNECTIONS, seconds);
        double requests = perSecond * seconds;
        add(name, "/s", perSecond);
        add(name + ": processor time", "us", (server.processorTime().minus(usedBefore)).toNanos() / 1e3 / requests);
        add(name + ": allocated", "KiB", (server.allocatedKib() - allocatedBefore) / requests);
        Machine.awaitQuiet();
        Load.Latency latency = Load.atRate(request, CONNECTIONS, (int) Math.min(FASTEST, perSecond * LOAD), seconds);
        add(name + ": p50 at half of that (or 8000/s)", "ms", latency.p50());
        add(name + ": p99", "ms", latency.p99());
        add(name + ": p99.9", "ms", latency.p999());
        add(name + ": worst", "ms", latency.worst());
    }

    private void add(String name, String unit, double value) {
        var row = new Row(name, unit, Optional.empty());
        row.ours().add(value);
        rows.add(row);
    }
}
