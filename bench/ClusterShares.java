import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// How many numbers each server has, as the leases say.
final class ClusterShares {

    private static final Duration LOOKED_EVERY = Duration.ofSeconds(1);
    /// Nothing moves any more if nothing has moved for so long.
    private static final Duration STILL_FOR = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofSeconds(300);
    private static final double UNEVEN = 0.10;

    private final Connection connection;

    ClusterShares(Connection connection) {
        this.connection = connection;
    }

    /// Waits until nothing moves, and tells what has.
    ///
    /// @return whether no server has a tenth more or less than its share
    boolean areEven(int servers) throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        long moved = begin;
        int most = 0;
        Map<String, String> first = nodes();
        Map<String, String> before = first;
        while (System.nanoTime() - moved < STILL_FOR.toNanos() && System.nanoTime() - begin < LONGEST.toNanos()) {
            Thread.sleep(LOOKED_EVERY);
            Map<String, String> now = nodes();
            int changed = different(before, now);
            if (changed > 0 || shares().size() < servers) {
                moved = System.nanoTime();
            }
            most = Math.max(most, changed);
            before = now;
        }
        Map<String, Integer> shares = shares();
        double share = shares.values().stream().mapToInt(Integer::intValue).sum() / (double) servers;
        double worst = shares.values().stream()
                .mapToDouble(one -> Math.abs(one - share) / share)
                .max()
                .orElse(1);
        System.out.printf(
                "numbers on %d servers: %s; furthest from even: %.1f %%; moved: %d of %d pools in %.0f s, at most %d in a second%n",
                shares.size(),
                shares.values(),
                100 * worst,
                different(first, before),
                before.size(),
                (moved - begin) / 1e9,
                most);
        return shares.size() == servers && worst <= UNEVEN;
    }

    private static int different(Map<String, String> before, Map<String, String> now) {
        return (int) now.entrySet().stream()
                .filter(one -> !one.getValue().equals(before.get(one.getKey())))
                .count();
    }

    private Map<String, String> nodes() throws SQLException {
        var nodes = new HashMap<String, String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pool, COALESCE(node_id, '') FROM pool_leases")) {
            while (row.next()) {
                nodes.put(row.getString(1), row.getString(2));
            }
        }
        return nodes;
    }

    private Map<String, Integer> shares() throws SQLException {
        var shares = new TreeMap<String, Integer>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT node_id, SUM(numbers) FROM pool_leases WHERE node_id IS NOT NULL GROUP BY node_id")) {
            while (row.next()) {
                shares.put(row.getString(1), row.getInt(2));
            }
        }
        return shares;
    }
}
