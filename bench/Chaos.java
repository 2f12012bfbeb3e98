import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// Twenty pools of a real server under a steady load, while their numbers drop, die silently, are banned, logged out,
/// restricted and slow, the server is killed every minute, and its database is locked for twenty seconds. The faults come
/// from a seed. In the end everything is repaired, the queues run empty, and the rows are counted: nothing may be lost,
/// handed over twice without a mark, out of the order of its contact, or without a state and a reason.
final class Chaos {

    private static final int POOLS = 20;
    private static final int SERVANTS = 2;
    private static final int CONTACTS = 400;
    private static final int ORDERS_PER_SECOND = 20;
    private static final int KILLED_EVERY_SECONDS = 60;
    private static final int LOCKED_SECONDS = 20;
    private static final int EMPTY_WITHIN_SECONDS = 240;
    private static final List<String> FAULTS = List.of(
            "drop", "silent-death", "ban", "unlink", "restrict", "unrestrict", "slow", "duplicate-receipts", "heal");
    private static final String NAME = "chaos";
    private static final String DATABASE = "jdbc:sqlite:" + Bench.WORK.resolve(NAME + "/banyan.db");

    /// @param turn its place among the messages of its contact
    private record Accepted(String contact, int turn) {}

    private final int seconds;
    private final long seed;
    private final Random random;
    private final Map<String, Accepted> accepted = new ConcurrentHashMap<>();
    private final Map<String, Integer> turns = new HashMap<>();
    /// The messages in the order in which they were handed over, as the server told.
    private final ConcurrentLinkedQueue<String> handedOver = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> happened = new TreeMap<>();
    private int refused;
    private BanyanServer server;
    private String token = "";
    private PoolClient client;

    Chaos(int seconds, long seed) {
        this.seconds = seconds;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /// @return whether all checks hold
    boolean run() throws IOException, InterruptedException, SQLException {
        Progress.say("Chaos for " + seconds + " s with seed " + seed);
        server = BanyanServer.startWith(NAME, Chaos::insert);
        token = server.token();
        connect();
        client.awaitHealthy(numbers(), 60);
        long begin = System.nanoTime();
        int locked = seconds * 2 / 3;
        for (int second = 1; second <= seconds; second++) {
            if (random.nextInt(2) == 0) {
                fault();
            }
            if (second % KILLED_EVERY_SECONDS == 0) {
                kill();
            }
            if (second == locked) {
                lock();
            }
            orders();
            long left = begin + second * 1_000_000_000L - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
        }
        repair();
        return report(awaitEmpty());
    }

    private static void insert() throws SQLException {
        SendingRows.insert(DATABASE, POOLS, SERVANTS + 1);
        try (Connection connection = DriverManager.getConnection(DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO failover_settings (tenant_id, master_id, master_role, policy, is_failing_back,"
                    + " spread_minutes, check_seconds, failures, recovery_seconds, tries, updated_at)"
                    + " SELECT tenant_id, id, 'master', 'auto', 1, 0, 5, 3, 30, 5, 0 FROM senders"
                    + " WHERE role = 'master' AND id LIKE 'wa_7%'");
        }
    }

    private static List<String> numbers() {
        var all = new ArrayList<String>();
        for (int pool = 0; pool < POOLS; pool++) {
            all.addAll(Failover.numbers(pool, SERVANTS));
        }
        return all;
    }

    private void connect() {
        client = new PoolClient(server.url("/api/whatsapp/"), token);
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(server.url("/api/whatsapp/events").replace("http:", "ws:")), new Listener())
                .join();
    }

    private final class Listener implements WebSocket.Listener {

        private static final ObjectMapper JSON = new ObjectMapper();

        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                heard(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void heard(String text) {
            try {
                JsonNode frame = JSON.readTree(text);
                if (frame.path("state").asText().equals("sending")) {
                    handedOver.add(frame.path("id").asText());
                }
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private void orders() {
        for (int i = 0; i < ORDERS_PER_SECOND; i++) {
            int number = random.nextInt(CONTACTS);
            String contact = "+9665" + (51_000_000 + number);
            Optional<String> id = Optional.empty();
            try {
                id = client.order(
                        SendingRows.master(number % POOLS), contact, seed + "-" + contact + "-" + System.nanoTime());
            } catch (IOException _) {
                // Killed, or its database is away: the order may be stored or not; nothing was promised.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            if (id.isPresent()) {
                int turn = turns.merge(contact, 1, Integer::sum);
                accepted.put(id.get(), new Accepted(contact, turn));
            } else {
                refused++;
            }
        }
    }

    private void fault() throws InterruptedException {
        List<String> all = numbers();
        String number = all.get(random.nextInt(all.size()));
        String fault = random.nextInt(4) == 0 ? "repair" : FAULTS.get(random.nextInt(FAULTS.size()));
        try {
            if (fault.equals("repair")) {
                repair(number);
            } else {
                client.fault(number, fault);
            }
            happened.merge(fault, 1, Integer::sum);
        } catch (IOException _) {
            happened.merge("faults that met no server", 1, Integer::sum);
        }
    }

    private void repair(String number) throws IOException, InterruptedException {
        client.fault(number, "heal");
        String state = client.sender(number).path("state").asText();
        if (!state.equals("linked") && !state.equals("restricted")) {
            client.link(number, !number.contains("s"));
        }
    }

    private void repair() throws IOException, InterruptedException {
        for (String number : numbers()) {
            repair(number);
        }
    }

    private void kill() throws IOException, InterruptedException {
        Progress.say("Killing the server; accepted so far: " + accepted.size());
        client.close();
        server.kill();
        server = BanyanServer.start(NAME, Map.of());
        connect();
        happened.merge("kill", 1, Integer::sum);
    }

    /// Nobody else can write meanwhile, as on a disk that hangs.
    private void lock() {
        happened.merge("database away", 1, Integer::sum);
        Thread.ofPlatform().daemon().start(() -> {
            try (Connection connection = DriverManager.getConnection(DATABASE);
                    var statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
                statement.execute("BEGIN IMMEDIATE");
                TimeUnit.SECONDS.sleep(LOCKED_SECONDS);
                statement.execute("ROLLBACK");
            } catch (SQLException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    /// @return how many messages still wait
    private int awaitEmpty() throws SQLException, InterruptedException {
        Progress.say("Everything is repaired; the queues run empty");
        long end = System.nanoTime() + EMPTY_WITHIN_SECONDS * 1_000_000_000L;
        int left;
        do {
            TimeUnit.SECONDS.sleep(1);
            left = count("state IN ('queued', 'sending')");
        } while (left > 0 && System.nanoTime() < end);
        return left;
    }

    private boolean report(int waiting) throws SQLException {
        int lost = lost();
        int unmarked = count("attempts > 1 AND coalesce(reason, '') NOT LIKE '%retried after: %'");
        int silent = count("state IN ('failed', 'uncertain') AND error IS NULL")
                + count("state IN ('sent', 'delivered', 'read') AND reason IS NULL");
        List<String> disordered = outOfOrder();
        System.out.println("Chaos: " + seconds + " s, seed " + seed);
        System.out.println("  happened: " + happened);
        System.out.println("  accepted " + accepted.size() + ", not accepted " + refused + ", states " + group("state"));
        System.out.println("  why not sent: " + group("error"));
        System.out.println("  failovers: " + decisions());
        System.out.println("  lost " + lost + ", doubled without a mark " + unmarked + ", out of order "
                + disordered.size() + ", still waiting " + waiting + ", without a reason " + silent);
        disordered.stream().limit(5).forEach(one -> System.out.println("    " + one));
        boolean sound = lost + unmarked + silent + waiting + disordered.size() == 0;
        System.out.println(sound ? "  All checks hold." : "  A check does not hold.");
        return sound;
    }

    private int lost() throws SQLException {
        int lost = 0;
        try (Connection connection = DriverManager.getConnection(DATABASE);
                var find = connection.prepareStatement("SELECT 1 FROM outgoing_messages WHERE id = ?")) {
            for (String id : accepted.keySet()) {
                find.setString(1, id);
                try (var row = find.executeQuery()) {
                    lost += row.next() ? 0 : 1;
                }
            }
        }
        return lost;
    }

    private List<String> outOfOrder() {
        var last = new HashMap<String, Integer>();
        var seen = new LinkedHashMap<String, Accepted>();
        var wrong = new ArrayList<String>();
        for (String id : handedOver) {
            Accepted message = accepted.get(id);
            if (message != null && seen.putIfAbsent(id, message) == null) {
                int before = last.getOrDefault(message.contact(), 0);
                if (message.turn() < before) {
                    wrong.add(message.contact() + ": " + message.turn() + " after " + before + ", " + id);
                }
                last.merge(message.contact(), message.turn(), Math::max);
            }
        }
        return wrong;
    }

    private static int count(String condition) throws SQLException {
        try (Connection connection = DriverManager.getConnection(DATABASE);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM outgoing_messages WHERE coalesce(home_master_id, master_id) LIKE 'wa_7%' AND "
                        + condition)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Map<String, Integer> group(String column) throws SQLException {
        return groups("SELECT " + column + ", count(*) FROM outgoing_messages WHERE coalesce(home_master_id, master_id) LIKE 'wa_7%' AND " + column
                + " IS NOT NULL" + (column.equals("error") ? " AND state IN ('failed', 'uncertain')" : "") + " GROUP BY "
                + column);
    }

    private static Map<String, Integer> decisions() throws SQLException {
        return groups("SELECT kind || ' ' || outcome, count(*) FROM failover_decisions GROUP BY kind, outcome");
    }

    private static Map<String, Integer> groups(String query) throws SQLException {
        var found = new TreeMap<String, Integer>();
        try (Connection connection = DriverManager.getConnection(DATABASE);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getInt(2));
            }
        }
        return found;
    }
}
