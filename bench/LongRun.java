import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One server under the same load for hours: what grows, and what becomes slower. Its results are written anew each
/// minute, so that a run that is broken off leaves what it has seen.
final class LongRun {

    private static final int MOST_MINUTES = 6 * 24 * 60; // sessions last a week
    private static final int NUMBERS = 20;
    private static final int WORKSPACES = 100;
    private static final int PEOPLE = 100;
    /// Cold code is late for all of it; what waits at the end of this time is given up.
    private static final int WARM_UP_SECONDS = 30;
    /// For a small machine.
    private static final long GIGABYTE = 1L << 30;
    private static final int PAGES = 10_000;
    private static final int BRANDS = 1_000;
    private static final int SOCKETS = 100;
    private static final int MESSAGES_PER_SECOND = 5;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    /// Counting live objects stops the server for two full collections.
    private static final int MINUTES_BETWEEN_COUNTS = 10;

    private final String name;
    private final int minutes;
    private final Path folder;
    private final String database;
    private final Path results = Bench.ROOT.resolve("bench/results");
    /// Of its begin: it may end on another.
    private final LocalDate day = LocalDate.now();
    private final String machine;
    private final List<Minute> past = new ArrayList<>();

    private LongRun(String name, int minutes) throws IOException, InterruptedException {
        this.name = name;
        this.folder = Bench.WORK.resolve(name);
        this.database = "jdbc:sqlite:" + folder.resolve("banyan.db");
        this.minutes = Math.clamp(minutes, 1, MOST_MINUTES);
        this.machine = Machine.describe();
    }

    static void run(int minutes) throws Exception {
        var run = new LongRun("long", minutes);
        run.on(BanyanServer.startWith(run.name, run::insert), () -> "");
        Children.stopAll();
    }

    /// The same on a server that may use 1 GB of memory, with 10,000 pages, 1,000 brands and 100 open chat sockets.
    static void runSmall(int minutes) throws Exception {
        var run = new LongRun("small", minutes);
        try (var limit = MemoryLimit.of(GIGABYTE)) {
            var server = BanyanServer.startWith(
                    run.name,
                    () -> {
                        run.insert();
                        new AgencyRows(run.name, BRANDS, BRANDS).insert();
                        new PageRows(run.name, PAGES).insert();
                    },
                    limit::around);
            Children.start(
                    Children.java(
                            "ChatLoad",
                            server.port(),
                            run.people().sessions(),
                            SOCKETS,
                            MESSAGES_PER_SECOND,
                            run.minutes * 60 + WARM_UP_SECONDS),
                    Map.of(),
                    Bench.WORK.resolve("small-chat.log"));
            run.on(server, limit::told);
            Children.stopAll();
        }
    }

    private WorkspaceRows people() {
        return new WorkspaceRows(name, WORKSPACES, WORKSPACES / 2);
    }

    private void insert() throws IOException, SQLException {
        people().insert(PEOPLE);
        SendingRows.insert(database, 1, NUMBERS);
    }

    /// What is known besides at the end.
    private interface Remark {
        String told() throws IOException;
    }

    private void on(BanyanServer server, Remark remark) throws Exception {
        try (var pool = PoolClient.of(server)) {
            pool.awaitHealthy(List.of(SendingRows.master(0)), 60);
        }
        List<Flow> flows = Mix.of(server, people().sessions());
        Files.createDirectories(results);
        Files.writeString(file("csv"), Minute.head(flows) + "\n");
        Progress.say("Everything at its rate, to warm up");
        List<Flow> first = Mix.of(server, people().sessions());
        first.forEach(Flow::start);
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        first.forEach(Flow::stop);
        TimeUnit.SECONDS.sleep(1); // for the answers on their way
        Progress.say("And now for " + minutes + (minutes == 1 ? " minute" : " minutes"));
        flows.forEach(Flow::start);
        watch(server, flows);
        flows.forEach(Flow::stop);
        var report = new LongReport(flows, past);
        String text = report.text() + (server.isRunning() ? "" : "\nThe server has ended before its time.\n") + messages() + remark.told() + "\n";
        System.out.print(machine + text);
        keep(report, text);
        Progress.say("Kept in " + Bench.ROOT.relativize(file("txt")) + ", .csv and .svg");
        server.stop();
    }

    private void watch(BanyanServer server, List<Flow> flows) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long since = begin;
        Machine.busy();
        Vitals before = Vitals.of(server, folder);
        for (int number = 1; number <= minutes; number++) {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, begin + number * MINUTE - System.nanoTime()));
            if (!server.isRunning()) {
                return;
            }
            // Before the minute is closed, so that who waits for it is seen by the minute that says so.
            double live = isCounted(number) ? server.heap() : Double.NaN;
            List<Waits.Seen> seen = flows.stream().map(Flow::take).toList();
            long now = System.nanoTime();
            Vitals after = Vitals.of(server, folder);
            past.add(new Minute(number, Instant.now(), (now - since) / 1e9, live, Machine.busy(), before, after, seen));
            since = now;
            before = after;
            Files.writeString(file("csv"), past.getLast().line() + "\n", StandardOpenOption.APPEND);
            var report = new LongReport(flows, past);
            keep(report, report.text() + "\nThe run is not over.\n");
            Progress.say(report.last());
        }
    }

    private boolean isCounted(int number) {
        return number == 1 || number == minutes || number % MINUTES_BETWEEN_COUNTS == 0;
    }

    private void keep(LongReport report, String text) throws IOException {
        Files.writeString(file("txt"), machine + text);
        Files.writeString(file("svg"), report.picture());
    }

    private Path file(String kind) {
        return results.resolve(day + "-" + name + "." + kind);
    }

    /// What became of those that were ordered: a server that only takes orders would look well.
    private String messages() throws SQLException {
        var text = new StringBuilder("\nMessages of the pool:");
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT state, count(*) FROM outgoing_messages WHERE master_id = '"
                        + SendingRows.master(0) + "' GROUP BY state ORDER BY state")) {
            while (rows.next()) {
                text.append(" ").append(rows.getString(1)).append(" ").append(rows.getLong(2));
            }
        }
        return text.append("\n").toString();
    }
}
