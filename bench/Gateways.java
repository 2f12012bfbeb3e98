import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What real gateways cost: messages through the driver for the Cloud API, sessions of WAHA that are only watched, a burst
/// of webhooks, and numbers that come back after a restart of their gateway (issue 19, 6 and 2). The gateway is a
/// [GatewayStub].
final class Gateways {

    private static final int SESSIONS = 1_000;
    private static final int RETURNING = 2_000;
    private static final int HOOKS = 10_000;
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final String SECRET = "secret-of-the-bench";
    private static final Map<String, String> LOCAL = Map.of("BANYAN_OUTBOUND_ALLOW", "127.0.0.1");

    private Gateways() {}

    static List<Row> rows(int seconds) throws IOException, InterruptedException, SQLException {
        int port = Children.freePort();
        Process stub = Children.start(
                Children.java("GatewayStub", port, SESSIONS), Map.of(), Bench.WORK.resolve("gateway.log"));
        Ready.await(stub, port, "/readyz", Duration.ofSeconds(20));
        String gateway = "http://127.0.0.1:" + port;
        var rows = new ArrayList<Row>();
        rows.add(cloud(gateway, seconds));
        rows.addAll(sessions(gateway));
        Children.stop(stub);
        rows.addAll(returning());
        return rows;
    }

    private static List<Row> returning() throws IOException, InterruptedException, SQLException {
        Progress.say(RETURNING + " numbers come back after a restart of their gateway");
        int port = Children.freePort();
        Process stub = Children.start(
                Children.java("GatewayStub", port, RETURNING), Map.of(), Bench.WORK.resolve("restarted.log"));
        Ready.await(stub, port, "/readyz", Duration.ofSeconds(20));
        String gateway = "http://127.0.0.1:" + port;
        connected("returning", gateway, RETURNING);
        var server = BanyanServer.start("returning", LOCAL);
        var back = new Row("time until " + RETURNING + " numbers are back", "s", Optional.empty());
        var busiest = new Row("calls to their gateway in its busiest second then", "/s", Optional.empty());
        try (var client = PoolClient.of(server)) {
            client.awaitLinked(RETURNING, Duration.ofMinutes(2));
            ask(gateway + "/down");
            client.awaitLinked(0, Duration.ofMinutes(2));
            ask(gateway + "/forget");
            long begun = System.nanoTime();
            ask(gateway + "/up");
            client.awaitLinked(RETURNING, Duration.ofMinutes(5));
            back.ours().add((System.nanoTime() - begun) / 1e9);
            Thread.sleep(IDLE); // their histories and proofs
            busiest.ours().add(Double.parseDouble(ask(gateway + "/busiest")));
        }
        server.stop();
        Children.stop(stub);
        return List.of(back, busiest);
    }

    private static Row cloud(String gateway, int seconds) throws IOException, InterruptedException {
        var row = new Row("texts through the Cloud API", "/s", Optional.of("at least 0.8"));
        for (int round = 1; round <= 3; round++) {
            Progress.say("Texts through the Cloud API, round " + round + " of 3");
            String program = "dev.banyan.whatsapp.drivers.CloudCalls";
            row.ours().add(Children.number(program, "driver", gateway, seconds));
            row.theirs("java.net.http").add(Children.number(program, "bare", gateway, seconds));
        }
        return row;
    }

    private static List<Row> sessions(String gateway) throws IOException, InterruptedException, SQLException {
        Progress.say(SESSIONS + " idle numbers of the simulator, then of WAHA");
        var simulated = BanyanServer.startWith(
                "simulated", () -> SendingRows.insert(url("simulated"), SESSIONS, 1));
        Thread.sleep(IDLE);
        double before = simulated.memory();
        simulated.stop();

        String connection = connected("waha", gateway, SESSIONS);
        ask(gateway + "/forget");
        var waha = BanyanServer.start("waha", LOCAL);
        try (var client = PoolClient.of(waha)) {
            client.awaitHealthy(List.of("wa_70", "wa_7" + (SESSIONS - 1)), 60);
        }
        Thread.sleep(IDLE);
        var memory = new Row("memory of " + SESSIONS + " WAHA sessions, beyond simulated", "MiB", Optional.of("below 200"));
        memory.ours().add(waha.memory() - before);
        var busiest = new Row("calls to their gateway in its busiest second", "/s", Optional.empty());
        busiest.ours().add(Double.parseDouble(ask(gateway + "/busiest")));

        Progress.say("A burst of " + HOOKS + " webhooks");
        String[] said = Children.output(Children.java(
                        "HookBurst", waha.url("/hooks/whatsapp/" + connection), SECRET, HOOKS, SESSIONS))
                .lines()
                .toList()
                .getLast()
                .split(" ");
        var p99 = new Row("p99 of " + HOOKS + " webhooks at once", "ms", Optional.of("below 250"));
        p99.ours().add(Double.parseDouble(said[1]));
        p99.theirs("median").add(Double.parseDouble(said[0]));
        var rate = new Row("webhooks accepted and stored", "/s", Optional.empty());
        rate.ours().add(Double.parseDouble(said[2]));
        waha.stop();
        return List.of(memory, busiest, p99, rate);
    }

    /// Prepares a server with a connection and numbers that are linked there.
    private static String connected(String name, String gateway, int numbers)
            throws IOException, InterruptedException, SQLException {
        var server = BanyanServer.start(name, LOCAL);
        String connection;
        try (var client = PoolClient.of(server)) {
            connection = client.connect(gateway, SECRET);
        }
        server.stop();
        SendingRows.insert(url(name), numbers, 1);
        try (Connection database = DriverManager.getConnection(url(name));
                var update = database.prepareStatement(
                        "UPDATE senders SET driver = 'waha', connection_id = ?, remote_id = id WHERE id LIKE 'wa\\_7%' ESCAPE '\\'")) {
            update.setString(1, connection);
            update.executeUpdate();
        }
        return connection;
    }

    private static String ask(String address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static String url(String name) {
        return "jdbc:sqlite:" + Bench.WORK.resolve(name) + "/banyan.db";
    }
}
