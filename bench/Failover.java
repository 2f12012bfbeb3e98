import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/// How soon a failed number is noticed, how long a pool takes to move, and what that costs those who send (issue 18, 6).
final class Failover {

    private static final int SAMPLES = 5;
    private static final int SERVANTS = 100;
    private static final int WAITING = 100_000;
    private static final int NUMBERS = 20;
    /// A pool is looked for at most this long after the start, and its failure is detected in this time.
    private static final int DECIDED_AT_LATEST_SECONDS = 90;

    private Failover() {}

    static List<Row> rows(int seconds) throws IOException, InterruptedException, SQLException {
        var rows = new ArrayList<>(noticed());
        rows.add(reassigned());
        rows.add(throughput(seconds));
        Progress.say("What it costs to write down why a number was chosen");
        var trace = new Row("cost of the trace, of writing a message", "%", Optional.of("below 2"));
        trace.ours().add(Children.number("TraceCost", "jdbc:sqlite:" + Bench.WORK.resolve("trace.db"), 4 * seconds));
        rows.add(trace);
        return rows;
    }

    private static List<Row> noticed() throws IOException, InterruptedException, SQLException {
        Progress.say("Numbers that drop, and that die silently");
        var server = BanyanServer.startWith(
                "failover", () -> SendingRows.insert(url("failover"), 1, 2 * SAMPLES + 1));
        var dropped = new Row("drop noticed after", "s", Optional.of("below 2"));
        var silent = new Row("silent death noticed after", "s", Optional.of("below 30"));
        try (var client = PoolClient.of(server)) {
            client.awaitHealthy(numbers(0, 2 * SAMPLES), 60);
            for (int i = 1; i <= SAMPLES; i++) {
                String number = SendingRows.master(0) + "s" + i;
                long begin = System.nanoTime();
                client.fault(number, "drop");
                while (client.sender(number).path("state").asText().equals("linked")) {
                    Thread.sleep(5);
                }
                dropped.ours().add((System.nanoTime() - begin) / 1e9);
            }
            var begun = new long[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                begun[i] = System.nanoTime();
                client.fault(SendingRows.master(0) + "s" + (SAMPLES + 1 + i), "silent-death");
                Thread.sleep(1_300); // not all at the same distance from the next probe
            }
            for (int i = 0; i < SAMPLES; i++) {
                while (client.sender(SendingRows.master(0) + "s" + (SAMPLES + 1 + i))
                        .path("healthy")
                        .asBoolean()) {
                    Thread.sleep(20);
                }
                silent.ours().add((System.nanoTime() - begun[i]) / 1e9);
            }
        }
        server.stop();
        return List.of(dropped, silent);
    }

    private static Row reassigned() throws IOException, InterruptedException, SQLException {
        Progress.say("A pool of " + SERVANTS + " servants with " + WAITING + " waiting messages fails");
        var server = BanyanServer.startWith("failover-large", () -> {
            SendingRows.insert(url("failover-large"), 2, SERVANTS + 1);
            try (Connection connection = DriverManager.getConnection(url("failover-large"))) {
                connection.setAutoCommit(false);
                ban(connection, SendingRows.master(0));
                queue(connection, SendingRows.master(0), WAITING);
                connection.commit();
            }
        });
        var row = new Row(
                "moving " + SERVANTS + " servants and " + WAITING + " messages", "s", Optional.of("below 1"));
        try (Connection connection = DriverManager.getConnection(url("failover-large"))) {
            long end = System.nanoTime() + DECIDED_AT_LATEST_SECONDS * 1_000_000_000L;
            Optional<long[]> moved = moved(connection);
            while (moved.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(200);
                moved = moved(connection);
            }
            long[] found = moved.orElseThrow(() -> new IllegalStateException("The pool was not moved"));
            if (found[1] != SERVANTS || found[2] != WAITING) {
                throw new IllegalStateException("Moved " + found[1] + " servants and " + found[2] + " messages");
            }
            row.ours().add(found[0] / 1e3);
        }
        server.stop();
        return row;
    }

    private static Optional<long[]> moved(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT took_ms, moved_servants, moved_messages FROM failover_decisions WHERE outcome = 'done'")) {
            return row.next()
                    ? Optional.of(new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
                    : Optional.empty();
        }
    }

    private static Row throughput(int seconds) throws IOException, InterruptedException, SQLException {
        Progress.say("Messages while another pool stands in");
        String database = url("failover-load");
        var server = BanyanServer.startWith("failover-load", () -> {
            SendingRows.insert(database, 2, NUMBERS);
            try (Connection connection = DriverManager.getConnection(database);
                    var statement = connection.createStatement()) {
                // A pool with as many numbers stands in, without the window that spares them.
                statement.execute("INSERT INTO failover_settings (tenant_id, master_id, master_role, policy,"
                        + " backup_master_id, is_failing_back, spread_minutes, check_seconds, failures,"
                        + " recovery_seconds, tries, updated_at)"
                        + " SELECT tenant_id, id, 'master', 'auto', '" + SendingRows.master(1)
                        + "', 0, 0, 1, 2, 30, 0, 0 FROM senders"
                        + " WHERE id = '" + SendingRows.master(0) + "'");
            }
        });
        String[] rates = Children.output(Children.java(
                        "FailoverLoad",
                        server.url("/api/whatsapp/"),
                        server.token(),
                        database,
                        NUMBERS,
                        3 * seconds))
                .lines()
                .toList()
                .getLast()
                .split(" ");
        server.stop();
        var row = new Row("messages while a pool stands in", "/s", Optional.of("at least 0.8"));
        row.ours().add(Double.parseDouble(rates[1]));
        row.theirs("before").add(Double.parseDouble(rates[0]));
        return row;
    }

    static List<String> numbers(int pool, int servants) {
        String master = SendingRows.master(pool);
        return IntStream.rangeClosed(0, servants)
                .mapToObj(number -> number == 0 ? master : master + "s" + number)
                .toList();
    }

    private static void ban(Connection connection, String master) throws SQLException {
        try (var update = connection.prepareStatement(
                "UPDATE senders SET state = 'banned' WHERE id = ? OR master_id = ?")) {
            update.setString(1, master);
            update.setString(2, master);
            update.executeUpdate();
        }
    }

    private static void queue(Connection connection, String master, int messages) throws SQLException {
        long now = System.currentTimeMillis();
        String tenant = SendingRows.tenant(connection);
        try (var insert = connection.prepareStatement("""
                INSERT INTO outgoing_messages (id, tenant_id, master_id, phone, body, idempotency_key, state, attempts,
                    due_at, created_at, state_changed_at)
                VALUES (?, ?, ?, ?, 'Good morning, your order is ready to be collected.', ?, 'queued', 0, ?, ?, ?)""")) {
            for (int i = 0; i < messages; i++) {
                insert.setString(1, new UUID(now << 16 | 0x7000 | i & 0xFFF, UUID.randomUUID().getLeastSignificantBits())
                        .toString());
                insert.setString(2, tenant);
                insert.setString(3, master);
                insert.setString(4, "+9665" + (50_000_000 + i));
                insert.setString(5, UUID.randomUUID().toString());
                for (int time = 6; time <= 8; time++) {
                    insert.setLong(time, now);
                }
                insert.addBatch();
                if (i % 1_000 == 999) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private static String url(String name) {
        return "jdbc:sqlite:" + Bench.WORK.resolve(name + "/banyan.db");
    }
}
