import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// Orders messages, many at a time, as long as the pools take more, and prints how many a second were read by their
/// contacts, as the counters in the database say.
final class SendingLoad {

    private static final int CALLERS = 2;
    private static final int TOGETHER = 200;
    private static final int CONTACTS = 50_000;
    private static final int WARM_UP_SECONDS = 12;
    /// So many are on their way at most, over however many pools: more orders would only take the time of sending. A
    /// simulated contact reads four seconds later, so fewer would be a limit of their own.
    private static final int ON_THEIR_WAY = 40_000;

    private static volatile long read;

    public static void main(String... args) throws Exception {
        var uri = URI.create(args[0]);
        String token = args[1];
        int pools = Integer.parseInt(args[3]);
        int seconds = Integer.parseInt(args[4]);
        var turn = new AtomicInteger();
        for (int i = 0; i < CALLERS; i++) {
            Thread.ofPlatform().daemon().start(() -> order(uri, token, pools, turn));
        }
        try (Connection connection = DriverManager.getConnection(args[2])) {
            long warm = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
            watch(connection, warm);
            long before = read(connection);
            long begin = System.nanoTime();
            watch(connection, begin + seconds * 1_000_000_000L);
            long after = read(connection);
            System.out.println((after - before) * 1e9 / (System.nanoTime() - begin));
        }
        System.exit(0);
    }

    static void watch(Connection connection, long end) throws SQLException, InterruptedException {
        while (System.nanoTime() < end) {
            Thread.sleep(100);
            read = read(connection);
        }
    }

    static long read(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT sum(seen) FROM sender_hours")) {
            row.next();
            return row.getLong(1);
        }
    }

    static void order(URI uri, String token, int pools, AtomicInteger turn) {
        try (var client = HttpClient.newHttpClient()) {
            while (true) {
                int from = turn.getAndAdd(1);
                while ((long) from * TOGETHER - read > ON_THEIR_WAY) {
                    Thread.sleep(20);
                }
                var body = new StringBuilder("{\"master\":\"" + SendingRows.master(from % pools) + "\",\"messages\":[");
                for (int i = 0; i < TOGETHER; i++) {
                    int contact = Math.floorMod(from * TOGETHER + i, CONTACTS);
                    body.append(i == 0 ? "" : ",")
                            .append("{\"to\":\"+9665")
                            .append(50_000_000 + contact)
                            .append("\",\"text\":\"Good morning, your order is ready to be collected.\",\"key\":\"")
                            .append(UUID.randomUUID())
                            .append("\"}");
                }
                var request = HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(body.append("]}").toString()))
                        .build();
                int status = client.send(request, BodyHandlers.ofString()).statusCode();
                if (status == 429) {
                    Thread.sleep(100);
                } else if (status != 202) {
                    throw new IllegalStateException("Ordering is answered with " + status);
                }
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
