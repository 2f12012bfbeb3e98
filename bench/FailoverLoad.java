import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.atomic.AtomicInteger;

/// Orders messages for one pool, has all its numbers banned in between, and prints how many a second were read before and
/// after another pool has taken over.
final class FailoverLoad {

    private static final int CALLERS = 2;
    private static final int WARM_UP_SECONDS = 10;
    private static final int AT_LATEST_SECONDS = 60;

    public static void main(String... args) throws Exception {
        String base = args[0];
        String token = args[1];
        int numbers = Integer.parseInt(args[3]);
        int seconds = Integer.parseInt(args[4]);
        var turn = new AtomicInteger();
        for (int i = 0; i < CALLERS; i++) {
            Thread.ofPlatform().daemon().start(() -> SendingLoad.order(URI.create(base + "messages"), token, 1, turn));
        }
        try (Connection connection = DriverManager.getConnection(args[2]);
                var client = new PoolClient(base, token)) {
            SendingLoad.watch(connection, System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L);
            double before = rate(connection, seconds);
            for (String number : Failover.numbers(0, numbers - 1)) {
                client.fault(number, "ban");
            }
            long end = System.nanoTime() + AT_LATEST_SECONDS * 1_000_000_000L;
            while (!isMoved(connection)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("No pool stands in");
                }
                SendingLoad.watch(connection, System.nanoTime() + 100_000_000L);
            }
            SendingLoad.watch(connection, System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L / 2);
            System.out.println(before + " " + rate(connection, seconds));
        }
        System.exit(0);
    }

    private static boolean isMoved(Connection connection) throws java.sql.SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM pool_states WHERE failover = 'failed-over'")) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    private static double rate(Connection connection, int seconds) throws Exception {
        long before = SendingLoad.read(connection);
        long begin = System.nanoTime();
        SendingLoad.watch(connection, begin + seconds * 1_000_000_000L);
        return (SendingLoad.read(connection) - before) * 1e9 / (System.nanoTime() - begin);
    }
}
