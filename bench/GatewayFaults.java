import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a pool makes of a gateway that breaks while it sends (issue 38, 1): 300 messages over three numbers of a slow
/// WAHA, in six kinds of trouble. In each of them no message may fail, arrive twice or wait for ever; uncertain are at
/// most those that the gateway had at the moment, and none that can be repeated. All runs use one server at the same
/// time, each with a gateway and a pool of its own.
final class GatewayFaults {

    /// A number that was lost is tried again after 30 seconds at the latest.
    private static final Duration BACK_WITHIN = Duration.ofSeconds(45);

    private static final int MESSAGES = 300;
    private static final int NUMBERS = 3;
    private static final Duration BEGINS_AFTER = Duration.ofSeconds(5);
    private static final Duration EMPTY_WITHIN = Duration.ofSeconds(280);
    private static final Duration LOGGED_OUT_FOR = Duration.ofSeconds(20);
    private static final double[] SLOWNESS = {0.25, 2, 8};
    private static final String NAME = "gateway-faults";
    private static final String DATABASE = "jdbc:sqlite:" + Bench.WORK.resolve(NAME + "/banyan.db");
    private static final ObjectMapper JSON = new ObjectMapper();

    private enum Fault {
        KILLED("killed for 8 s"),
        KILLED_AFTER_ALL("killed after all was taken"),
        BANNED("one number banned"),
        HANGS("hangs for 20 s, then a ban"),
        FAILS("answers 500 for 10 s"),
        LOGGED_OUT("a logout on the phone");

        private final String words;

        Fault(String words) {
            this.words = words;
        }
    }

    /// What a gateway keeps.
    private enum Memory {
        IDS("takes ids"),
        FORGETS("takes ids, forgets"),
        NO_IDS("takes no ids");

        private final String words;

        Memory(String words) {
            this.words = words;
        }
    }

    private record Run(int pool, Fault fault, double seconds, Memory memory) {

        List<String> numbers() {
            String master = SendingRows.master(pool);
            return IntStream.range(0, NUMBERS)
                    .mapToObj(i -> i == 0 ? master : master + "s" + i)
                    .toList();
        }

        /// As [SendingRows] gives them.
        Map<String, String> phones() {
            return IntStream.range(0, NUMBERS)
                    .boxed()
                    .collect(Collectors.toMap(numbers()::get, i -> SendingRows.phone(pool * NUMBERS + i)));
        }
    }

    /// @param underWay messages that the gateway had when it broke, of the numbers that it concerns
    /// @param missing the states of numbers that could work and are not linked at the end
    private record Result(
            Run run,
            Map<String, Integer> states,
            int underWay,
            int arrived,
            int doubled,
            int uncertain,
            List<String> missing,
            double seconds) {

        boolean holds() {
            boolean canRepeat = run.memory() != Memory.NO_IDS
                    && run.fault() != Fault.BANNED
                    && run.fault() != Fault.HANGS
                    && run.fault() != Fault.LOGGED_OUT;
            return states.getOrDefault("failed", 0) == 0
                    && doubled == 0
                    && waiting() == 0
                    && missing.isEmpty()
                    && uncertain <= (canRepeat ? 0 : underWay)
                    && arrived >= MESSAGES - uncertain;
        }

        int waiting() {
            return states.getOrDefault("queued", 0) + states.getOrDefault("sending", 0);
        }

        @Override
        public String toString() {
            return String.format(
                    "%-28s %5.2f s  %-19s  failed %3d  doubled %2d  waiting %3d  uncertain %3d of %3d under way  arrived %3d  %s  %4.0f s  %s",
                    run.fault().words,
                    run.seconds(),
                    run.memory().words,
                    states.getOrDefault("failed", 0),
                    doubled,
                    waiting(),
                    uncertain,
                    underWay,
                    arrived,
                    missing.isEmpty() ? "all back" : "NOT BACK " + missing,
                    seconds,
                    holds() ? "holds" : "DOES NOT HOLD");
        }
    }

    private GatewayFaults() {}

    /// @param only how many seconds the gateways need for a message; empty: all kinds
    /// @return whether all runs hold
    static boolean run(Optional<Double> only) throws Exception {
        double[] slowness = only.map(seconds -> new double[] {seconds}).orElse(SLOWNESS);
        var runs = new ArrayList<Run>();
        for (Memory memory : Memory.values()) {
            for (double seconds : slowness) {
                for (Fault fault : Fault.values()) {
                    runs.add(new Run(runs.size(), fault, seconds, memory));
                }
            }
        }
        Progress.say(runs.size() + " pools of " + NUMBERS + " numbers with " + MESSAGES + " messages each");
        var gateways = new ArrayList<SlowGateway>();
        for (Run run : runs) {
            gateways.add(new SlowGateway(
                    run.phones(),
                    Duration.ofMillis((long) (run.seconds() * 1_000)),
                    run.memory() != Memory.NO_IDS,
                    run.memory() == Memory.FORGETS));
        }
        BanyanServer server = server(runs, gateways);
        var results = new ArrayList<Result>();
        try (var client = PoolClient.of(server);
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var http = HttpClient.newHttpClient()) {
            for (Run run : runs) {
                client.awaitHealthy(run.numbers(), 120);
            }
            String token = server.token();
            var waiting = new ArrayList<Future<Result>>();
            for (Run run : runs) {
                SlowGateway gateway = gateways.get(run.pool());
                waiting.add(threads.submit(() -> result(server, client, http, token, run, gateway)));
            }
            for (Future<Result> one : waiting) {
                results.add(one.get());
                System.out.println(results.getLast());
            }
        }
        server.stop();
        gateways.forEach(SlowGateway::close);
        long held = results.stream().filter(Result::holds).count();
        System.out.println(held + " of " + results.size() + " hold");
        return held == results.size();
    }

    private static BanyanServer server(List<Run> runs, List<SlowGateway> gateways)
            throws IOException, InterruptedException, SQLException {
        Map<String, String> local = Map.of("BANYAN_OUTBOUND_ALLOW", "127.0.0.1");
        BanyanServer server = BanyanServer.start(NAME, local);
        var connections = new ArrayList<String>();
        try (var client = PoolClient.of(server)) {
            for (SlowGateway gateway : gateways) {
                connections.add(client.connect(gateway.url(), "secret-of-the-bench"));
            }
        }
        server.stop();
        SendingRows.insert(DATABASE, runs.size(), NUMBERS);
        try (Connection database = DriverManager.getConnection(DATABASE);
                var update = database.prepareStatement(
                        "UPDATE senders SET driver = 'waha', connection_id = ?, remote_id = id WHERE id = ? OR master_id = ?")) {
            for (Run run : runs) {
                update.setString(1, connections.get(run.pool()));
                update.setString(2, SendingRows.master(run.pool()));
                update.setString(3, SendingRows.master(run.pool()));
                update.executeUpdate();
            }
        }
        return BanyanServer.start(NAME, local);
    }

    private static Result result(
            BanyanServer server, PoolClient client, HttpClient http, String token, Run run, SlowGateway gateway)
            throws IOException, InterruptedException, SQLException {
        if (run.fault() == Fault.KILLED_AFTER_ALL) {
            gateway.takesAtOnce();
        }
        for (int i = 0; i < MESSAGES; i++) {
            order(server, http, token, run, i);
        }
        long begun = System.nanoTime();
        if (run.fault() == Fault.KILLED_AFTER_ALL) {
            // WhatsApp has all of them, and the gateway owes the answers about the last.
            while (System.nanoTime() - begun < EMPTY_WITHIN.toNanos() && gateway.texts() < MESSAGES) {
                Thread.sleep(20);
            }
        } else {
            // A fast gateway breaks when it has taken a third, a slow one after five seconds.
            while (System.nanoTime() - begun < BEGINS_AFTER.toNanos() && gateway.taken() < MESSAGES / 3) {
                Thread.sleep(20);
            }
        }
        int underWay = breaks(run, client, gateway);
        long end = System.nanoTime() + EMPTY_WITHIN.toNanos();
        Map<String, Integer> states = states(run);
        while (System.nanoTime() < end
                && states.getOrDefault("queued", 0) + states.getOrDefault("sending", 0) > 0) {
            TimeUnit.SECONDS.sleep(1);
            states = states(run);
        }
        TimeUnit.SECONDS.sleep(run.fault() == Fault.HANGS ? 30 : 5); // what is looked for may still be found
        states = states(run);
        return new Result(
                run,
                states,
                underWay,
                (int) gateway.texts(),
                gateway.doubled(),
                states.getOrDefault("uncertain", 0),
                missing(run, client),
                (System.nanoTime() - begun) / 1e9);
    }

    private static List<String> missing(Run run, PoolClient client) throws IOException, InterruptedException {
        List<String> able = run.fault() == Fault.BANNED || run.fault() == Fault.HANGS
                ? run.numbers().stream().filter(number -> !number.equals(run.numbers().get(1))).toList()
                : run.numbers();
        long end = System.nanoTime() + BACK_WITHIN.toNanos();
        while (true) {
            var missing = new ArrayList<String>();
            for (String number : able) {
                JsonNode sender = client.sender(number);
                if (!sender.path("state").asText().equals("linked")) {
                    missing.add(sender.path("state").asText() + " "
                            + sender.path("error").asText());
                }
            }
            if (missing.isEmpty() || System.nanoTime() > end) {
                return missing;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /// @return how many messages the gateway had under way then
    private static int breaks(Run run, PoolClient client, SlowGateway gateway)
            throws IOException, InterruptedException {
        String number = run.numbers().get(1);
        switch (run.fault()) {
            case KILLED, KILLED_AFTER_ALL -> {
                int underWay = gateway.underWay();
                gateway.dies();
                TimeUnit.SECONDS.sleep(8);
                gateway.comesBack();
                return underWay;
            }
            case BANNED -> {
                int underWay = gateway.underWay(number);
                gateway.isBanned(number);
                return underWay;
            }
            case LOGGED_OUT -> {
                int underWay = gateway.underWay(number);
                gateway.isLoggedOut(number);
                Thread.sleep(LOGGED_OUT_FOR);
                client.scan(number, gateway);
                return underWay;
            }
            case HANGS -> {
                gateway.hangs(true);
                TimeUnit.SECONDS.sleep(20);
                // The other numbers answer for all that they had.
                int underWay = gateway.underWay(number);
                gateway.isBanned(number);
                gateway.hangs(false);
                return underWay;
            }
            case FAILS -> {
                int underWay = gateway.underWay();
                gateway.fails(true);
                TimeUnit.SECONDS.sleep(10);
                gateway.fails(false);
                return underWay + gateway.failed();
            }
        }
        throw new IllegalStateException(run.fault().name());
    }

    private static void order(BanyanServer server, HttpClient http, String token, Run run, int i)
            throws IOException, InterruptedException {
        String text = "Order " + run.pool() + "-" + i;
        var request = HttpRequest.newBuilder(URI.create(server.url("/api/whatsapp/messages")))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of(
                        "master", SendingRows.master(run.pool()),
                        "to", "+9665" + (51_000_000 + run.pool() * MESSAGES + i),
                        "text", text,
                        "key", text))));
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer + ": " + answer.body());
        }
    }

    private static Map<String, Integer> states(Run run) throws SQLException {
        var states = new TreeMap<String, Integer>();
        try (Connection connection = DriverManager.getConnection(DATABASE);
                var statement = connection.prepareStatement(
                        "SELECT state, count(*) FROM outgoing_messages WHERE master_id = ? GROUP BY state")) {
            statement.setString(1, SendingRows.master(run.pool()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.put(rows.getString(1), rows.getInt(2));
                }
            }
        }
        return states;
    }
}
