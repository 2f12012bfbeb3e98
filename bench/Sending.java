import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Messages through outbox, pool and simulator, each until its contact has read it, beside the same rows written by
/// nobody but a loop: inserted, and updated four times, in groups, in the same kind of database on the same disk.
final class Sending {

    static final int POOLS = 1_000;
    private static final int NUMBERS = 20;
    private static final int IDLE = 100_000;
    /// They come back in ten seconds instead of minutes.
    private static final Map<String, String> ROOMY =
            Map.of("BANYAN_JAVA_OPTS", "-Xmx2g", "BANYAN_CONNECTS", Integer.toString(IDLE / 10));

    private Sending() {}

    static List<Row> rows(int seconds) throws IOException, InterruptedException, SQLException {
        var rows = new ArrayList<Row>();
        String sqlite = "jdbc:sqlite:" + Bench.WORK.resolve("sending/banyan.db");
        var one = BanyanServer.startWith("sending", () -> SendingRows.insert(sqlite, 1, NUMBERS));
        double perSecond = load(one, sqlite, 1, seconds);
        one.stop();
        rows.add(beside("messages, SQLite", "at least 0.3", perSecond, "bare rows", bare(Bench.WORK.resolve("bare.db"), seconds)));

        String many = "jdbc:sqlite:" + Bench.WORK.resolve("sending-many/banyan.db");
        var pools = BanyanServer.startWith("sending-many", () -> SendingRows.insert(many, POOLS, 2));
        rows.add(beside(
                "messages over " + POOLS + " pools, SQLite",
                "at least 0.8",
                load(pools, many, POOLS, seconds),
                "over one",
                perSecond));
        pools.stop();

        rows.add(beside(
                "µs for a decision, of " + NUMBERS + " numbers",
                "at most 0.1",
                Children.number("dev.banyan.whatsapp.Decisions", NUMBERS),
                "for a message",
                1e6 / perSecond));
        postgres(rows, seconds);
        rows.addAll(idle());
        return rows;
    }

    private static void postgres(List<Row> rows, int seconds) throws IOException, InterruptedException, SQLException {
        Optional<String> server = Postgres.start();
        if (server.isEmpty()) {
            Progress.say("No embedded PostgreSQL in ~/.m2 (`./banyan test` fetches it): its row is left out");
            return;
        }
        String url = Postgres.database(server.get(), "sending");
        var environment = Map.of("BANYAN_DATABASE_URL", url);
        BanyanServer.start("sending-postgres", environment).stop();
        SendingRows.insert(url, 1, NUMBERS);
        var banyan = BanyanServer.start("sending-postgres", environment);
        double perSecond = load(banyan, url, 1, seconds);
        banyan.stop();
        double bare = Children.number("BareOutbox", Postgres.database(server.get(), "bare"), seconds);
        rows.add(beside("messages, PostgreSQL", "at least 0.7", perSecond, "bare rows", bare));
    }

    private static List<Row> idle() throws IOException, InterruptedException, SQLException {
        Progress.say("Memory of " + IDLE + " idle senders");
        BanyanServer.start("idle", ROOMY).stop();
        WorkspaceRows.insertSenders("idle", IDLE);
        var banyan = BanyanServer.start("idle", ROOMY);
        Thread.sleep(20_000); // they come back one after the other
        var memory = new Row("resident memory, " + IDLE + " idle senders", "MiB", Optional.of("below 3072"));
        memory.ours().add(banyan.memory());
        banyan.stop();
        return List.of(memory);
    }

    private static double load(BanyanServer banyan, String database, int pools, int seconds)
            throws IOException, InterruptedException {
        Progress.say("Messages over " + pools + (pools == 1 ? " pool" : " pools"));
        return Children.number(
                "SendingLoad", banyan.url("/api/whatsapp/messages"), banyan.token(), database, pools, 3 * seconds);
    }

    private static double bare(Path file, int seconds) throws IOException, InterruptedException {
        return Children.number("BareOutbox", "jdbc:sqlite:" + file, seconds);
    }

    private static Row beside(String name, String goal, double ours, String who, double theirs) {
        Progress.say(name + ": " + Bench.number(ours) + " beside " + Bench.number(theirs) + ", " + who);
        var row = new Row(name, name.startsWith("µs") ? "µs" : "/s", Optional.of(goal));
        row.ours().add(ours);
        row.theirs(who).add(theirs);
        return row;
    }

    /// PostgreSQL as the tests have it, if their libraries are there.
    static final class Postgres {

        private Postgres() {}

        static Optional<String> start() {
            try {
                Class<?> type = Class.forName("io.zonky.test.db.postgres.embedded.EmbeddedPostgres");
                Object server = type.getMethod("start").invoke(null);
                return Optional.of((String) type.getMethod("getJdbcUrl", String.class, String.class)
                        .invoke(server, "postgres", "postgres"));
            } catch (ClassNotFoundException _) {
                return Optional.empty();
            } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException failure) {
                throw new IllegalStateException("PostgreSQL does not start", failure);
            }
        }

        static String database(String server, String name) throws SQLException {
            try (var connection = java.sql.DriverManager.getConnection(server);
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            return server.replace("/postgres?", "/" + name + "?");
        }
    }
}
