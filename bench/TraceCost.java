import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// What it costs to write down why a number was chosen, as a percentage of all that is written about a message. Groups with
/// and without it take turns, so that what disturbs the machine disturbs both.
final class TraceCost {

    private static final int WARM_UP = 40;

    public static void main(String... args) throws SQLException {
        long nanos = Integer.parseInt(args[1]) * 1_000_000_000L;
        BareOutbox.open(args[0]).close();
        try (Connection connection = BareOutbox.connect(args[0])) {
            String tenant = BareOutbox.tenant(connection);
            for (int i = 0; i < WARM_UP; i++) {
                BareOutbox.group(connection, tenant, i % 2 == 0);
            }
            long with = 0;
            long without = 0;
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                long begin = System.nanoTime();
                BareOutbox.group(connection, tenant, true);
                long between = System.nanoTime();
                BareOutbox.group(connection, tenant, false);
                with += between - begin;
                without += System.nanoTime() - between;
            }
            System.out.println(100.0 * (with - without) / without);
        }
    }
}
