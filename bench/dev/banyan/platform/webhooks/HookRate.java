package dev.banyan.platform.webhooks;

import com.sun.net.httpserver.HttpServer;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.PostgresDatabase;
import dev.banyan.platform.db.SqliteDatabase;
import dev.banyan.platform.http.LocalCalls;
import dev.banyan.platform.secrets.LocalSecrets;
import dev.banyan.platform.secrets.SealedSecrets;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/// Events of many accounts, each with an endpoint, told in a transaction each and sent over HTTP to a receiver that
/// answers at once: how many a second arrive, and the p99 from the commit to the first try. Or the same rows written by
/// nobody but a loop: inserted, and updated once, in groups, with a commit that waits for the disk.
final class HookRate {

    private static final int CALLERS = 128;
    private static final int GROUP = 250;
    private static final int WARM_UP_SECONDS = 3;
    private static final long DRAINED_WITHIN = 30_000_000_000L;
    private static final String TYPE = "page.updated";
    private static final String BODY = "{\"type\":\"page.updated\",\"timestamp\":\"2026-11-23T08:00:00.123Z\",\"data\":"
            + "{\"id\":\"01a1f866-f760-7000-9812-a274ad16b9d8\",\"act\":\"PageUpdated\",\"details\":{\"slug\":\"start\"}}}";

    private HookRate() {}

    /// @param args `hooks` or `bare`, the database, for how many seconds, how many events a second, into how many endpoints
    public static void main(String... args) throws Exception {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager"); // as in the server
        var http = Logger.getLogger("org.apache.hc");
        http.setLevel(Level.WARNING);
        int seconds = Integer.parseInt(args[2]);
        if (args[0].equals("bare")) {
            open(args[1]).close(); // makes the tables
            System.out.println(bare(args[1], seconds));
        } else {
            new HookRate.Load(args[1], Integer.parseInt(args[3]), Integer.parseInt(args[4])).run(seconds);
        }
        System.exit(0);
    }

    private static Database open(String url) {
        return url.startsWith("jdbc:sqlite:")
                ? SqliteDatabase.open(Path.of(url.substring("jdbc:sqlite:".length())))
                : PostgresDatabase.open(url, 20);
    }

    private static String account(Connection connection, int number) throws SQLException {
        String id = UUID.randomUUID().toString();
        try (var account = connection.prepareStatement("""
                INSERT INTO accounts (id, kind, tenant_id, username, display_name, status, tier, created_at, updated_at)
                VALUES (?, 'root', ?, ?, 'Bench', 'active', 'free', 0, 0)""")) {
            account.setString(1, id);
            account.setString(2, id);
            account.setString(3, "bench" + number);
            account.executeUpdate();
        }
        return id;
    }

    private static double bare(String url, int seconds) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            if (url.startsWith("jdbc:sqlite:")) {
                try (var statement = connection.createStatement()) {
                    statement.execute("PRAGMA journal_mode = WAL");
                    statement.execute("PRAGMA synchronous = FULL");
                    statement.execute("PRAGMA foreign_keys = ON");
                }
            }
            connection.setAutoCommit(false);
            String tenant = account(connection, 0);
            String endpoint = UUID.randomUUID().toString();
            try (var insert = connection.prepareStatement("""
                    INSERT INTO webhook_endpoints (id, tenant_id, account_id, url, events, secret, is_active, failures,
                        resumes_at, free_at, created_at, updated_at)
                    VALUES (?, ?, ?, 'https://example.com/', '*', 'v1', 1, 0, 0, 0, 0, 0)""")) {
                insert.setString(1, endpoint);
                insert.setString(2, tenant);
                insert.setString(3, tenant);
                insert.executeUpdate();
            }
            connection.commit();
            for (int warm = 0; warm < 20; warm++) {
                group(connection, tenant, endpoint);
            }
            long begin = System.nanoTime();
            int rows = 0;
            while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
                group(connection, tenant, endpoint);
                rows += GROUP;
            }
            return rows * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static void group(Connection connection, String tenant, String endpoint) throws SQLException {
        long now = System.currentTimeMillis();
        var ids = new String[GROUP];
        try (var insert = connection.prepareStatement("""
                INSERT INTO webhook_deliveries (id, tenant_id, endpoint_id, event_id, event_type, subject, body, state,
                    attempts, due_at, created_at)
                VALUES (?, ?, ?, ?, 'page.updated', 'p', ?, 'waiting', 0, ?, ?)""")) {
            for (int i = 0; i < GROUP; i++) {
                // As version 7 has it: in the order of time.
                ids[i] = new UUID(now << 16 | 0x7000 | i & 0xFFF, UUID.randomUUID().getLeastSignificantBits()).toString();
                insert.setString(1, ids[i]);
                insert.setString(2, tenant);
                insert.setString(3, endpoint);
                insert.setString(4, "msg_" + ids[i].substring(0, 35));
                insert.setString(5, BODY);
                insert.setLong(6, now);
                insert.setLong(7, now);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        try (var update = connection.prepareStatement("UPDATE webhook_deliveries SET state = 'delivered', attempts = 1,"
                + " tried_at = ?, took_ms = 1, status = 204 WHERE id = ? AND state = 'waiting'")) {
            for (String id : ids) {
                update.setLong(1, now);
                update.setString(2, id);
                update.addBatch();
            }
            update.executeBatch();
        }
        connection.commit();
    }

    /// The server’s own classes, with a receiver in the same process.
    private static final class Load {

        private static final int MOST = 10_000_000;

        private final Database database;
        private final Webhooks webhooks;
        private final List<Owner> owners = new ArrayList<>();
        private final int perSecond;
        private final AtomicLongArray committed;
        private final AtomicLongArray arrived;
        private final AtomicInteger turn = new AtomicInteger();
        private final AtomicInteger arrivals = new AtomicInteger();

        Load(String url, int perSecond, int endpoints) throws IOException, SQLException {
            this.perSecond = perSecond;
            int events = Math.min(MOST, perSecond * 120);
            committed = new AtomicLongArray(events);
            arrived = new AtomicLongArray(events);
            database = open(url);
            var clock = Clock.systemUTC();
            SealedSecrets secrets =
                    LocalSecrets.in(Files.createTempDirectory(Path.of(System.getProperty("bench.work")), "hooks"));
            var sending = new DeliveryWorker(database, new WebhookCall(LocalCalls.client()), secrets, anyone(), nobody(), clock);
            var uuids = new Uuids(clock);
            webhooks = new Webhooks(sending, new Listeners(OtherNodes.NONE, database, clock), database, OtherNodes.NONE, clock, uuids);
            String address = "http://127.0.0.1:" + receiver().getAddress().getPort() + "/";
            List<String> accounts = accounts(url, endpoints);
            accounts.forEach(account -> {
                var owner = new Owner(AccountId.parse(account).orElseThrow(), AccountId.parse(account).orElseThrow());
                owners.add(owner);
                UUID id = uuids.next();
                database.write(tx -> {
                    new EndpointStore(tx)
                            .insert(
                                    owner,
                                    new Endpoint(
                                            id,
                                            EndpointOwner.account(owner),
                                            address,
                                            List.of("page.*"),
                                            true,
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Instant.now()),
                                    secrets.seal(Signature.newSecret(), Endpoints.purpose(owner.tenant(), id)));
                    return id;
                });
            });
        }

        private static List<String> accounts(String url, int count) throws SQLException {
            var accounts = new ArrayList<String>();
            try (Connection connection = DriverManager.getConnection(url)) {
                connection.setAutoCommit(false);
                for (int i = 0; i < count; i++) {
                    accounts.add(account(connection, i));
                }
                connection.commit();
            }
            return accounts;
        }

        /// Everyone hears everything.
        private static Makers anyone() {
            return (_, places) -> places.stream()
                    .distinct()
                    .collect(Collectors.toMap(place -> place, _ -> new Makers.Standing.Hears(Optional.empty())));
        }

        /// Nothing is switched off here.
        @SuppressWarnings("unchecked")
        private static Event<EndpointDisabled> nobody() {
            return (Event<EndpointDisabled>) Proxy.newProxyInstance(
                    HookRate.class.getClassLoader(), new Class<?>[] {Event.class}, (_, method, _) -> {
                        throw new IllegalStateException(method.getName());
                    });
        }

        private HttpServer receiver() throws IOException {
            var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
            receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            receiver.createContext("/", exchange -> {
                try (InputStream body = exchange.getRequestBody()) {
                    String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                    int from = text.indexOf("\"id\":\"") + 6;
                    arrived.compareAndSet(Integer.parseInt(text.substring(from, text.indexOf('"', from))), 0, System.nanoTime());
                    arrivals.incrementAndGet();
                }
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            receiver.start();
            return receiver;
        }

        void run(int seconds) throws InterruptedException {
            tell(WARM_UP_SECONDS);
            drain(turn.get());
            int first = turn.get();
            int before = arrivals.get();
            long begin = System.nanoTime();
            tell(seconds);
            double rate = (arrivals.get() - before) * 1e9 / (System.nanoTime() - begin);
            int last = turn.get();
            drain(last);
            var micros = new long[last - first];
            int missing = 0;
            for (int i = first; i < last; i++) {
                missing += arrived.get(i) == 0 ? 1 : 0;
                long end = arrived.get(i) == 0 ? System.nanoTime() : arrived.get(i);
                micros[i - first] = Math.max(0, end - committed.get(i)) / 1_000;
            }
            Arrays.sort(micros);
            System.out.println(rate + " " + micros[micros.length * 99 / 100] / 1e3 + " "
                    + (last - first) / (double) seconds + " " + missing);
        }

        /// Begins events at a steady rate, as far as the callers come back in time.
        private void tell(int seconds) throws InterruptedException {
            int first = turn.get();
            long begin = System.nanoTime();
            long end = begin + seconds * 1_000_000_000L;
            var callers = new ArrayList<Thread>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(Thread.ofVirtual().start(() -> {
                    while (System.nanoTime() < end) {
                        int event = turn.getAndIncrement();
                        long due = begin + (event - first) * 1_000_000_000L / perSecond;
                        long wait = due - System.nanoTime();
                        if (wait > 0) {
                            sleep(wait);
                        }
                        told(event);
                    }
                }));
            }
            for (Thread caller : callers) {
                caller.join();
            }
        }

        private static void sleep(long nanos) {
            try {
                Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private void told(int event) {
            Owner owner = owners.get(event % owners.size());
            String subject = Integer.toString(event);
            database.write(owner.tenant(), tx -> {
                webhooks.tell(tx, owner, TYPE, subject, () -> Map.of("id", subject));
                return subject;
            });
            committed.set(event, System.nanoTime());
        }

        private void drain(int until) throws InterruptedException {
            long end = System.nanoTime() + DRAINED_WITHIN;
            while (arrivals.get() < until && System.nanoTime() < end) {
                Thread.sleep(10);
            }
        }
    }
}
