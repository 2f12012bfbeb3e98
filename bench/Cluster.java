import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// Servers on one PostgreSQL, with live numbers and a steady load, while one of them is killed, paused, stopped or cut
/// off again and again. Measures when its numbers live elsewhere, and counts in the end: nothing may be lost, or handed
/// over twice; requests may fail only if they were under way at the server that died.
final class Cluster {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Whose numbers there are.
    ///
    /// @param pools of each account
    /// @param numbers of each pool
    /// @param isReal whether they are at a WAHA of their account, which knows what it was handed; else they are simulated
    record Shape(int accounts, int pools, int numbers, boolean isReal) {

        static final Shape MANY = new Shape(40, 1, 50, false);
        static final Shape ONE = new Shape(1, 100, 20, false);
        static final Shape LARGE = new Shape(1, 100, 100, false);
        static final Shape REAL = new Shape(10, 10, 3, true);
    }

    /// What happens to a server.
    enum Fault {
        KILL,
        PAUSE,
        STOP,
        /// It neither reaches the database nor hears it.
        CUT_OFF,
        /// What it says arrives at the database, and it hears nothing.
        DEAF,
        /// Half a second in each direction.
        SLOW;

        static final List<Fault> OF_PROCESSES = List.of(KILL, PAUSE, STOP);
        static final List<Fault> OF_LINES = List.of(CUT_OFF, DEAF, SLOW, PAUSE);
    }

    private static final Duration LIVE_WITHIN = Duration.ofSeconds(10);
    private static final Duration LISTED_EVERY = Duration.ofMillis(300);
    private static final Duration WARMED_AFTER = Duration.ofSeconds(45);
    /// A slow or cut line, or a paused server, is as before after so long.
    private static final Duration LASTS = Duration.ofSeconds(30);
    private static final Duration SLOWNESS = Duration.ofMillis(500);
    /// How many requests a server has answered when its cost is counted: as many with two servers as with one.
    private static final int WARMED_BY = 6_000;
    private static final Duration COUNTED_FOR = Duration.ofSeconds(30);
    private static final Duration IDLE_FOR = Duration.ofSeconds(10);
    private static final double DEAREST = 1.15;
    private static final Duration EMPTY_WITHIN = Duration.ofSeconds(120);

    private final Shape shape;
    private final List<Fault> faults;
    private final int rounds;
    private final Random random;
    private final String database;
    private final Line spare;
    private final List<ClusterServer> servers = new CopyOnWriteArrayList<>();
    private final List<ClusterLoad.Account> accounts = new CopyOnWriteArrayList<>();
    private final List<SlowGateway> gateways = new ArrayList<>();
    private final ClusterLoad load;

    /// @param faults those of the rounds, again and again
    Cluster(Shape shape, List<Fault> faults, int rounds, long seed) throws IOException, SQLException {
        this.shape = shape;
        this.faults = faults;
        this.rounds = rounds;
        this.random = new Random(seed);
        this.database = ownDatabase(
                EmbeddedPostgres.builder().setServerConfig("max_connections", "150").start());
        this.spare = new Line(ClusterServer.portOf(database));
        spare.refuses();
        this.load = new ClusterLoad(servers, accounts, shape.pools());
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
        begin(2);
        awaitLive(servers.getFirst(), System.nanoTime());
        load.begin();
        Thread.sleep(WARMED_AFTER); // servers that carry this load have carried it for a while
        boolean sound = true;
        var slowest = new EnumMap<Fault, Double>(Fault.class);
        for (int round = 0; round < rounds; round++) {
            Fault fault = faults.get(round % faults.size());
            ClusterLoad.Counted before = load.counted();
            double seconds = round(fault, servers.get(random.nextInt(2)));
            slowest.merge(fault, seconds, Math::max);
            sound &= seconds < LIVE_WITHIN.toSeconds();
            System.out.printf(
                    "round %d, %s: numbers live elsewhere after %.1f s; cut off: %d; refused: %d%n",
                    round + 1,
                    fault,
                    seconds,
                    load.counted().cut() - before.cut(),
                    load.counted().refused() - before.refused());
        }
        if (faults.contains(Fault.STOP)) {
            sound &= rolling();
        }
        if (shape.isReal()) {
            sound &= new ClusterOutage(servers, spare, accounts, load).run();
        }
        load.end();
        slowest.forEach((fault, seconds) -> System.out.printf("slowest after %s: %.1f s%n", fault, seconds));
        return report() & sound;
    }

    /// Only counts what requests cost.
    ///
    /// @return whether two servers are cheap enough
    boolean cost() throws IOException, InterruptedException, SQLException {
        begin(2);
        awaitLive(servers.getFirst(), System.nanoTime());
        load.begin();
        boolean isCheap = isCheap();
        load.end();
        return isCheap;
    }

    /// Only measures when one server shows what was changed on the other.
    ///
    /// @param writesPerSecond on both together
    /// @return whether that is soon enough
    boolean news(int writesPerSecond) throws IOException, InterruptedException, SQLException {
        begin(2);
        awaitLive(servers.getFirst(), System.nanoTime());
        return new ClusterNews(
                        servers.stream().map(ClusterServer::url).toList(),
                        accounts.stream()
                                .collect(Collectors.toMap(ClusterLoad.Account::name, ClusterLoad.Account::token)),
                        writesPerSecond)
                .run();
    }

    /// Only measures how evenly three servers share numbers, and what a fourth gets.
    ///
    /// @return whether the shares are even, and nothing failed while they became so
    boolean spread() throws IOException, InterruptedException, SQLException {
        begin(3);
        load.begin();
        try (var connection = DriverManager.getConnection(database)) {
            var shares = new ClusterShares(connection);
            boolean sound = shares.areEven(3);
            awaitLive(servers.getFirst(), System.nanoTime());
            var fourth = new ClusterServer("four", database, spare);
            fourth.awaitReady();
            servers.add(fourth);
            int failed = load.counted().failed();
            sound &= shares.areEven(4);
            System.out.printf(
                    "while a quarter moved: failed requests: %d%n", load.counted().failed() - failed);
            load.end();
            return report() & sound & load.counted().failed() == failed;
        }
    }

    private void begin(int count) throws IOException, InterruptedException, SQLException {
        Progress.say("Accounts: %d, pools of each: %d, numbers of each pool: %d; servers: %d"
                .formatted(shape.accounts(), shape.pools(), shape.numbers(), count));
        servers.add(new ClusterServer("one", database, spare));
        servers.getFirst().awaitReady();
        new ClusterAccounts(servers.getFirst(), database, load).fill(shape, accounts, gateways);
        servers.getFirst().stop();
        servers.getFirst().start();
        for (String name : List.of("two", "three").subList(0, count - 1)) {
            servers.add(new ClusterServer(name, database, spare));
        }
        for (ClusterServer server : servers) {
            server.awaitReady();
        }
    }

    /// Breaks a server at a random moment, and waits until its numbers live on the other one; then it is as before.
    ///
    /// @return seconds until all numbers lived elsewhere; with a slow line, until they live
    private double round(Fault fault, ClusterServer broken) throws IOException, InterruptedException {
        Thread.sleep(2_000 + random.nextInt(3_000));
        ClusterServer other = servers.getFirst() == broken ? servers.getLast() : servers.getFirst();
        long at = System.nanoTime();
        switch (fault) {
            case KILL -> broken.signal("KILL");
            case PAUSE -> broken.signal("STOP");
            case STOP -> broken.signal("TERM");
            case CUT_OFF -> broken.line.isCut();
            case DEAF -> broken.line.isCutBack();
            case SLOW -> broken.line.isSlow(SLOWNESS);
        }
        double seconds = awaitLive(other, at);
        switch (fault) {
            case KILL, STOP -> broken.startAgain();
            case PAUSE -> {
                sleepUntil(at + LASTS.toNanos());
                broken.signal("CONT");
            }
            case CUT_OFF, DEAF, SLOW -> {
                sleepUntil(at + LASTS.toNanos());
                broken.line.isWhole();
            }
        }
        broken.awaitReady();
        Thread.sleep(12_000); // it gets some pools back
        return seconds;
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
    }

    /// Restarts three servers, one after the other.
    private boolean rolling() throws IOException, InterruptedException {
        var third = new ClusterServer("three", database, spare);
        third.awaitReady();
        servers.add(third);
        Thread.sleep(12_000); // it gets its share of the numbers
        int failed = load.counted().failed();
        for (ClusterServer server : servers) {
            server.signal("TERM");
            server.startAgain();
            server.awaitReady();
            Thread.sleep(5_000);
        }
        failed = load.counted().failed() - failed;
        System.out.printf("three servers restarted one after the other: failed requests: %d%n", failed);
        servers.remove(third);
        third.stop();
        return failed == 0;
    }

    /// Compares the processor time that requests and messages cost on one server and on two, under the same load. All
    /// are started anew and have answered as many requests when it is counted: how far a server has compiled its code
    /// depends on that.
    private boolean isCheap() throws IOException, InterruptedException {
        ClusterServer first = servers.getFirst();
        ClusterServer second = servers.removeLast();
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

    private void restart(ClusterServer server) throws IOException, InterruptedException {
        load.isQuiet(true);
        server.stop();
        server.start();
        server.awaitReady();
        awaitLive(server, System.nanoTime());
        load.isQuiet(false);
    }

    /// @return milliseconds without compiling
    private double perRequest() throws InterruptedException {
        while (servers.stream().anyMatch(server -> server.answered.get() < WARMED_BY)) {
            Thread.sleep(100);
        }
        int done = load.counted().answered();
        ProcessorTime used = usedIn(COUNTED_FOR);
        int requests = load.counted().answered() - done;
        load.isQuiet(true);
        Thread.sleep(IDLE_FOR); // messages are delivered and read
        ProcessorTime idle = usedIn(IDLE_FOR);
        load.isQuiet(false);
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
        return ProcessorTime.of(servers.stream().map(ClusterServer::process).toList());
    }

    /// Waits until all numbers respond, as this server sees them. A list of 2,000 numbers costs a tenth of a second of a
    /// processor, so it isn't asked for all the time.
    private double awaitLive(ClusterServer server, long since) throws InterruptedException {
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

    private boolean awaitLive(ClusterServer server, ClusterLoad.Account account) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + Duration.ofSeconds(180).toNanos();
        boolean isTold = false;
        int live = live(server, account);
        while (live < shape.pools() * shape.numbers()) {
            if (!isTold && System.nanoTime() - begin > LIVE_WITHIN.toNanos()) {
                isTold = true;
                tellMissing(server, account);
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Only " + live + " numbers of " + account.name() + " live");
            }
            Thread.sleep(LISTED_EVERY);
            live = live(server, account);
        }
        return true;
    }

    /// Shows one of the pools that are late.
    private void tellMissing(ClusterServer server, ClusterLoad.Account account) {
        try {
            for (JsonNode pool : pools(server, account)) {
                if (pool.path("healthy").asInt() < shape.numbers()) {
                    Progress.say(account.name() + " misses numbers: " + pool);
                    return;
                }
            }
        } catch (IOException | InterruptedException _) {
            // It is told for people only.
        }
    }

    private int live(ClusterServer server, ClusterLoad.Account account) {
        try {
            int live = 0;
            for (JsonNode pool : pools(server, account)) {
                live += pool.path("healthy").asInt();
            }
            return live;
        } catch (IOException | InterruptedException _) {
            return 0;
        }
    }

    private JsonNode pools(ClusterServer server, ClusterLoad.Account account) throws IOException, InterruptedException {
        return JSON.readTree(load.send(server, "/api/whatsapp/pools", account.token(), "").body())
                .at("/data/pools");
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
            ClusterLoad.Counted counted = load.counted();
            System.out.printf(
                    "orders accepted: %d; stored: %d; sent: %d; uncertain: %d; failed: %d; left: %d%n",
                    counted.accepted(), stored, stored - uncertain - failed - left, uncertain, failed, left);
            System.out.printf(
                    "pages: %d; requests that were cut off: %d; refused: %d%n",
                    counted.pages(), counted.cut(), counted.refused());
            boolean isRight = shape.isReal() ? arrived(stored - uncertain) : triedOnce(connection);
            return isRight && stored >= counted.accepted() && left == 0 && failed == 0 && counted.refused() == 0;
        }
    }

    /// What the gateways took, without those that can't tell.
    private boolean arrived(long atLeast) {
        long arrived = gateways.stream().mapToLong(SlowGateway::texts).sum();
        int doubled = gateways.stream().mapToInt(SlowGateway::doubled).sum();
        System.out.printf("at the gateways: arrived: %d of at least %d; twice: %d%n", arrived, atLeast, doubled);
        return arrived >= atLeast && doubled == 0;
    }

    /// A simulated number can't tell what it was handed; a second try may be right.
    private static boolean triedOnce(Connection connection) throws SQLException {
        long again = count(connection, "attempts > 1");
        System.out.printf("tried again: %d%n", again);
        return again == 0;
    }

    private static long count(Connection connection, String condition) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM outgoing_messages WHERE " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }
}
