import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One server on PostgreSQL beside the same on SQLite, and how many statements PostgreSQL hears for each request: on a
/// network, each is a round trip.
final class OnPostgres {

    private static final int CONNECTIONS = 32;
    private static final int WRITERS = 8;
    private static final int ROUNDS = 3;
    private static final int WARM_UP_SECONDS = 15;
    private static final int COUNTED = 200;

    private record Asked(String name, Load.Request request, int connections, boolean writes) {}

    private final int seconds;

    private OnPostgres(int seconds) {
        this.seconds = seconds;
    }

    static List<Row> rows(int seconds) throws Exception {
        var all = new OnPostgres(seconds);
        var rows = new ArrayList<>(all.rates());
        rows.addAll(all.statements());
        return rows;
    }

    /// @param more settings of the PostgreSQL server
    private static BanyanServer start(String name, Map<String, String> more)
            throws IOException, InterruptedException, SQLException {
        var builder = EmbeddedPostgres.builder().setServerConfig("max_connections", "100");
        more.forEach(builder::setServerConfig);
        return BanyanServer.start(name, Map.of("BANYAN_DATABASE_URL", Cluster.ownDatabase(builder.start())));
    }

    private static List<Asked> asked(BanyanServer server) throws IOException, InterruptedException {
        Map<String, String> signedIn =
                Map.of("Authorization", "Bearer " + server.token(), "Content-Type", "application/json");
        String project = "/projects/" + server.get("/api/projects", "/data/projects/0/id") + "/sub-clients";
        String workspace = server.get("/api" + project, "/data/subClients/0/id");
        String brand = server.get("/api/admin/GetSubAccounts?limit=1", "/subAccounts/0/id");
        return List.of(
                read("GET /api/me", server.url("/api/me"), signedIn),
                read("GetLinks", server.url("/api/admin/GetLinks"), signedIn),
                read("brands page", server.url("/admin/brands?as=creativeagency"), signedIn),
                read("users page", server.url(project + "/" + workspace + "/users?as=creativeagency"), signedIn),
                new Asked("login, 8 at once", server.login(), WRITERS, true),
                new Asked(
                        "switch to a sub-account, 8 at once",
                        new Load.Request(
                                server.url("/api/admin/SwitchToSubAccount"),
                                signedIn,
                                "{\"subAccountId\":\"" + brand + "\"}"),
                        WRITERS,
                        true));
    }

    private static Asked read(String name, String url, Map<String, String> signedIn) {
        return new Asked(name, new Load.Request(url, signedIn), CONNECTIONS, false);
    }

    private double perSecond(Asked asked) throws IOException, InterruptedException {
        return asked.writes()
                ? Load.postsPerSecond(asked.request(), asked.connections(), seconds)
                : Load.perSecond(asked.request(), asked.connections(), seconds);
    }

    private List<Row> rates() throws Exception {
        var postgres = start("on-postgres", Map.of());
        var sqlite = BanyanServer.start("on-sqlite", Map.of());
        List<Asked> ours = asked(postgres);
        List<Asked> theirs = asked(sqlite);
        var rows = new ArrayList<Row>();
        for (int i = 0; i < ours.size(); i++) {
            Asked one = ours.get(i);
            Asked other = theirs.get(i);
            Progress.say(one.name());
            Load.postsPerSecond(one.request(), one.connections(), WARM_UP_SECONDS);
            Load.postsPerSecond(other.request(), other.connections(), WARM_UP_SECONDS);
            var row = new Row(one.name(), "/s", Optional.empty());
            row.measuringOurs(() -> perSecond(one));
            row.measuringTheirs("on SQLite", () -> perSecond(other));
            for (int round = 0; round < ROUNDS; round++) {
                row.measure();
            }
            rows.add(row);
        }
        postgres.stop();
        sqlite.stop();
        return rows;
    }

    private List<Row> statements() throws Exception {
        Path folder = Files.createDirectories(Bench.WORK.resolve("statements"));
        var server = start(
                "counted",
                Map.of(
                        "logging_collector", "on",
                        "log_directory", folder.toString(),
                        "log_filename", "statements.log",
                        "log_statement", "all"));
        Path log = folder.resolve("statements.log");
        var rows = new ArrayList<Row>();
        for (Asked one : asked(server)) {
            send(one, COUNTED); // what is prepared or kept
            long before = count(log);
            send(one, COUNTED);
            var row = new Row(one.name() + ": statements", "each", Optional.empty());
            row.ours().add((count(log) - before) / (double) COUNTED);
            rows.add(row);
        }
        server.stop();
        return rows;
    }

    private static void send(Asked asked, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            BanyanServer.sent(asked.request());
        }
    }

    private static long count(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("LOG:  statement:") || line.contains("LOG:  execute "))
                    .count();
        }
    }
}
