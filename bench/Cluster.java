import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Servers on one PostgreSQL, with live numbers and a steady load, while one of them is killed, paused or stopped again
/// and again. Measures when its numbers live elsewhere, and counts in the end: nothing may be lost, or handed over
/// twice; requests may fail only if they were under way at the server that died.
final class Cluster {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";
    /// Whose numbers there are, 2,000 in either case.
    ///
    /// @param pools of each account
    /// @param numbers of each pool
    record Shape(int accounts, int pools, int numbers) {

        static final Shape MANY = new Shape(40, 1, 50);
        static final Shape ONE = new Shape(1, 100, 20);
    }

    private static final int ORDERS_PER_SECOND = 50;
    private static final int PAGES_PER_SECOND = 100;
    private static final Duration LIVE_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOKED_EVERY = Duration.ofSeconds(1);
    private static final Duration LISTED_EVERY = Duration.ofMillis(300);
    private static final Duration WARMED_AFTER = Duration.ofSeconds(45);
    /// How many requests a server has answered when its cost is counted: as many with two servers as with one.
    private static final int WARMED_BY = 6_000;
    private static final Duration COUNTED_FOR = Duration.ofSeconds(30);
    private static final Duration IDLE_FOR = Duration.ofSeconds(10);
    private static final double DEAREST = 1.15;
    private static final Duration EMPTY_WITHIN = Duration.ofSeconds(120);

    private static final Pattern SETUP_LINK = Pattern.compile("/setup\\?token=(\\S+)");

    private record Account(String name, String token) {}

    /// A server that is started again after each fault.
    private final class Server {
        private final String name;
        private final int port = Children.freePort();
        private final AtomicInteger answered = new AtomicInteger();
        private volatile boolean isReady = true;
        private Process process;

        Server(String name) throws IOException {
            this.name = name;
            start();
        }

        void start() throws IOException {
            answered.set(0);
            var environment = new HashMap<>(Map.of(
                    "BANYAN_DATABASE_URL", database, "BANYAN_CLUSTER", "on", "BANYAN_CREDENTIALS_KEY", KEY));
            environment.put("BANYAN_RATE_LIMITS", "off");
            environment.put("BANYAN_BILLING", "open");
            environment.put("BANYAN_DEFAULT_PLAN", "unlimited");
            environment.put("BANYAN_CLUSTER_HOST", name);
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

        void stop() throws IOException, InterruptedException {
            signal("TERM");
            process.waitFor();
        }

        String url() {
            return "http://127.0.0.1:" + port;
        }
    }

    private final Shape shape;
    private final List<String> faults;
    private final int rounds;
    private final Random random;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final EmbeddedPostgres postgres;
    private final String database;
    private final List<Server> servers = new CopyOnWriteArrayList<>();
    private final List<Account> accounts = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Semaphore underWay = new Semaphore(200);
    private volatile boolean isQuiet;
    private volatile boolean over;

    /// @param faults the signals of the rounds, again and again
    Cluster(Shape shape, List<String> faults, int rounds, long seed) throws IOException, SQLException {
        this.shape = shape;
        this.faults = faults;
        this.rounds = rounds;
        this.random = new Random(seed);
        this.postgres = EmbeddedPostgres.builder().setServerConfig("max_connections", "100").start();
        this.database = ownDatabase(postgres);
    }

    /// Creates a database with a role of its own, as the documents say: a superuser would not pay for row-level security.
    static String ownDatabase(EmbeddedPostgres postgres) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE banyan LOGIN");
            statement.execute("CREATE DATABASE banyan OWNER banyan");
        }
        return postgres.getJdbcUrl("banyan", "banyan");
    }

    /// @return whether all promises hold
    boolean run() throws IOException, InterruptedException, SQLException {
        begin();
        Thread load = Thread.ofVirtual().start(this::load);
        Thread.ofVirtual().start(this::look);
        Thread.sleep(WARMED_AFTER); // servers that carry this load have carried it for a while
        boolean sound = true;
        var slowest = new HashMap<String, Double>();
        for (int round = 0; round < rounds; round++) {
            String fault = faults.get(round % faults.size());
            int before = cut.get();
            double seconds = round(fault, servers.get(random.nextInt(2)));
            slowest.merge(fault, seconds, Math::max);
            sound &= seconds < LIVE_WITHIN.toSeconds();
            System.out.printf(
                    "round %d, SIG%s: numbers live elsewhere after %.1f s; cut off: %d%n",
                    round + 1, fault, seconds, cut.get() - before);
        }
        if (faults.size() > 1) {
            sound &= rolling();
        }
        over = true;
        load.join();
        slowest.forEach((fault, seconds) -> System.out.printf("slowest after SIG%s: %.1f s%n", fault, seconds));
        return report() & sound;
    }

    /// Only counts what requests cost.
    ///
    /// @return whether two servers are cheap enough
    boolean cost() throws IOException, InterruptedException, SQLException {
        begin();
        Thread load = Thread.ofVirtual().start(this::load);
        Thread.ofVirtual().start(this::look);
        boolean isCheap = isCheap();
        over = true;
        load.join();
        return isCheap;
    }

    /// Only measures when one server shows what was changed on the other.
    ///
    /// @param writesPerSecond on both together
    /// @return whether that is soon enough
    boolean news(int writesPerSecond) throws IOException, InterruptedException, SQLException {
        begin();
        return new ClusterNews(
                        servers.stream().map(Server::url).toList(),
                        accounts.stream().collect(Collectors.toMap(Account::name, Account::token)),
                        writesPerSecond)
                .run();
    }

    private void begin() throws IOException, InterruptedException, SQLException {
        Progress.say("Accounts: %d, pools of each: %d, numbers of each pool: %d; on two servers"
                .formatted(shape.accounts(), shape.pools(), shape.numbers()));
        servers.add(new Server("one"));
        servers.getFirst().awaitReady();
        setUp(servers.getFirst());
        fill();
        servers.getFirst().stop();
        servers.getFirst().start();
        servers.add(new Server("two"));
        for (Server server : servers) {
            server.awaitReady();
        }
        awaitLive(servers.getFirst(), System.nanoTime());
    }

    /// Creates the operator with the link in the log: before that, nobody can register.
    private void setUp(Server server) throws IOException, InterruptedException {
        String token = SETUP_LINK
                .matcher(Files.readString(server.log()))
                .results()
                .reduce((_, last) -> last)
                .orElseThrow()
                .group(1);
        String form = "displayName=The+Bench&email=bench%40example.com&password=correct+horse+battery&token=" + token;
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/setup"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", server.url())
                .POST(HttpRequest.BodyPublishers.ofString(form));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 303) {
            throw new IllegalStateException("The server was not set up: " + answer.statusCode());
        }
    }

    private void fill() throws IOException, InterruptedException, SQLException {
        for (int i = 0; i < shape.accounts(); i++) {
            String name = "account" + i;
            HttpResponse<String> answer = send(
                    servers.getFirst(),
                    "/api/register",
                    "",
                    JSON.writeValueAsString(Map.of(
                            "email", name + "@example.com", "username", name, "password", "correct horse battery")));
            JsonNode token = JSON.readTree(answer.body()).at("/data/session/token");
            if (!token.isTextual()) {
                throw new IllegalStateException(name + " was not registered: " + answer.statusCode());
            }
            accounts.add(new Account(name, token.asText()));
        }
        try (Connection connection = DriverManager.getConnection(database)) {
            SendingRows.insertInto(connection, "account%", shape.pools(), shape.numbers());
        }
    }

    /// Breaks a server at a random moment, and waits until its numbers live on the other one; then it is as before.
    ///
    /// @return seconds until all numbers lived elsewhere
    private double round(String fault, Server broken) throws IOException, InterruptedException {
        Thread.sleep(2_000 + random.nextInt(3_000));
        Server other = servers.getFirst() == broken ? servers.getLast() : servers.getFirst();
        long at = System.nanoTime();
        broken.signal(fault);
        double seconds = awaitLive(other, at);
        if (fault.equals("STOP")) {
            Thread.sleep(5_000);
            broken.signal("CONT");
        } else {
            broken.process.waitFor();
            broken.start();
        }
        broken.awaitReady();
        Thread.sleep(12_000); // it gets some pools back
        return seconds;
    }

    /// Restarts three servers, one after the other.
    private boolean rolling() throws IOException, InterruptedException {
        var third = new Server("three");
        third.awaitReady();
        servers.add(third);
        Thread.sleep(12_000); // it gets its share of the numbers
        int failed = cut.get() + refused.get();
        for (Server server : servers) {
            server.signal("TERM");
            server.process.waitFor();
            server.start();
            server.awaitReady();
            Thread.sleep(5_000);
        }
        failed = cut.get() + refused.get() - failed;
        System.out.printf("three servers restarted one after the other: failed requests: %d%n", failed);
        servers.remove(third);
        third.signal("TERM");
        third.process.waitFor();
        return failed == 0;
    }

    /// Compares the processor time that requests and messages cost on one server and on two, under the same load. All
    /// are started anew and have answered as many requests when it is counted: how far a server has compiled its code
    /// depends on that.
    private boolean isCheap() throws IOException, InterruptedException {
        Server first = servers.getFirst();
        Server second = servers.removeLast();
        second.stop();
        restart(first);
        double one = perRequest();
        restart(first);
        second.start();
        second.awaitReady();
        servers.add(second);
        double two = perRequest();
        System.out.printf("processor time per request: two servers %.2f ms, one %.2f ms, ratio %.2f%n", two, one, two / one);
        return two / one <= DEAREST;
    }

    private void restart(Server server) throws IOException, InterruptedException {
        isQuiet = true;
        server.stop();
        server.start();
        server.awaitReady();
        awaitLive(server, System.nanoTime());
        isQuiet = false;
    }

    /// @return milliseconds without compiling
    private double perRequest() throws InterruptedException {
        while (servers.stream().anyMatch(server -> server.answered.get() < WARMED_BY)) {
            Thread.sleep(100);
        }
        int done = accepted.get() + pages.get();
        ProcessorTime used = usedIn(COUNTED_FOR);
        int requests = accepted.get() + pages.get() - done;
        isQuiet = true;
        Thread.sleep(IDLE_FOR); // messages are delivered and read
        ProcessorTime idle = usedIn(IDLE_FOR);
        isQuiet = false;
        System.out.printf(
                "servers: %d; requests: %d; processor time per request %.2f ms, and compiling %.2f ms; idle %.1f ms a second%n",
                servers.size(),
                requests,
                millis(used.serving()) / requests,
                millis(used.compiling()) / requests,
                millis(idle.serving()) / IDLE_FOR.toSeconds());
        return millis(used.serving()) / requests;
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    private ProcessorTime usedIn(Duration time) throws InterruptedException {
        ProcessorTime before = used();
        Thread.sleep(time);
        return used().since(before);
    }

    private ProcessorTime used() {
        return ProcessorTime.of(servers.stream().map(server -> server.process).toList());
    }

    /// Waits until all numbers respond, as this server sees them. A list of 2,000 numbers costs a tenth of a second of a
    /// processor, so it isn't asked for all the time.
    private double awaitLive(Server server, long since) throws InterruptedException {
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> one : all.invokeAll(accounts.stream()
                    .<Callable<Boolean>>map(account -> () -> awaitLive(server, account))
                    .toList())) {
                one.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
        return (System.nanoTime() - since) / 1e9;
    }

    private boolean awaitLive(Server server, Account account) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        int live = live(server, account);
        while (live < shape.pools() * shape.numbers()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Only " + live + " numbers of " + account.name() + " live");
            }
            Thread.sleep(LISTED_EVERY);
            live = live(server, account);
        }
        return true;
    }

    private int live(Server server, Account account) {
        try {
            int live = 0;
            for (JsonNode pool : JSON.readTree(
                            send(server, "/api/whatsapp/pools", account.token(), "").body())
                    .at("/data/pools")) {
                live += pool.path("healthy").asInt();
            }
            return live;
        } catch (IOException | InterruptedException _) {
            return 0;
        }
    }

    /// The small balancer looks every second which servers are ready, as the one in deploy/Caddyfile does.
    private void look() {
        try {
            while (!over) {
                servers.forEach(server -> Thread.ofVirtual().start(server::look));
                Thread.sleep(LOOKED_EVERY);
            }
        } catch (InterruptedException _) {
            // That is all.
        }
    }

    /// A small balancer: in turn, and a server that can't be reached is left out for this request.
    private void load() {
        long begin = System.nanoTime();
        long perSecond = ORDERS_PER_SECOND + PAGES_PER_SECOND;
        for (long i = 0; !over; i++) {
            long number = i;
            long due = begin + i * 1_000_000_000L / perSecond - System.nanoTime();
            try {
                Thread.sleep(Duration.ofNanos(Math.max(0, due)));
                underWay.acquire();
            } catch (InterruptedException _) {
                return;
            }
            if (isQuiet) {
                underWay.release();
                continue;
            }
            Thread.ofVirtual().start(() -> {
                try {
                    one(number);
                } finally {
                    underWay.release();
                }
            });
        }
    }

    private void one(long number) {
        Account account = accounts.get((int) (number % accounts.size()));
        boolean isOrder = number % (ORDERS_PER_SECOND + PAGES_PER_SECOND) < ORDERS_PER_SECOND;
        int first = turn.getAndIncrement();
        List<Server> ready =
                servers.stream().filter(server -> server.isReady).toList();
        List<Server> known = ready.isEmpty() ? List.copyOf(servers) : ready;
        for (int i = 0; i < known.size(); i++) {
            Server server = known.get(Math.floorMod(first + i, known.size()));
            try {
                HttpResponse<String> answer = isOrder
                        ? send(server, "/api/whatsapp/messages", account.token(), order(number, shape.pools()))
                        : send(server, "/" + account.name(), "", "");
                if (answer.statusCode() == 503 && i < known.size() - 1) {
                    continue; // it stops; the balancer would have seen that at /readyz
                }
                server.answered.incrementAndGet();
                if (answer.statusCode() >= 500) {
                    refused.incrementAndGet();
                } else if (isOrder) {
                    accepted.incrementAndGet();
                } else {
                    pages.incrementAndGet();
                }
                return;
            } catch (ConnectException | HttpConnectTimeoutException _) {
                // Never reached it.
            } catch (IOException | InterruptedException _) {
                cut.incrementAndGet();
                return;
            }
        }
        refused.incrementAndGet();
    }

    private static String order(long number, int pools) throws IOException {
        return JSON.writeValueAsString(Map.of(
                "master", SendingRows.master((int) (number % pools)),
                "to", "+97150%07d".formatted(number % 9_000_000),
                "text", "Good morning",
                "key", "order-" + number));
    }

    private HttpResponse<String> send(Server server, String path, String token, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(20));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private boolean report() throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(database)) {
            long end = System.nanoTime() + EMPTY_WITHIN.toNanos();
            while (count(connection, "state IN ('queued', 'sending', 'scheduled')") > 0 && System.nanoTime() < end) {
                Thread.sleep(500);
            }
            long stored = count(connection, "TRUE");
            long left = count(connection, "state IN ('queued', 'sending', 'scheduled')");
            long uncertain = count(connection, "state = 'uncertain'");
            long failed = count(connection, "state = 'failed'");
            long twice = count(connection, "attempts > 1");
            System.out.printf(
                    "orders accepted: %d; stored: %d; sent: %d; uncertain: %d; failed: %d; handed over twice: %d; left: %d%n",
                    accepted.get(), stored, stored - uncertain - failed - left, uncertain, failed, twice, left);
            System.out.printf(
                    "pages: %d; requests that were cut off: %d; refused: %d%n", pages.get(), cut.get(), refused.get());
            return stored >= accepted.get() && left == 0 && failed == 0 && twice == 0 && refused.get() == 0;
        }
    }

    private static long count(Connection connection, String condition) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM outgoing_messages WHERE " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }
}
