import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/// Counters for a server that is not running: what a number of recorded clicks would have left of the demo's agency,
/// spread over the days that its tier shows. They take the place of the demo's own.
final class VisitRows {

    private static final int DAYS = 90;
    private static final int VIEWS_OF_A_CLICK = 2;

    /// By key, how many values a day keeps (analytics/Dimension).
    private static final Map<String, Integer> DIMENSIONS = new LinkedHashMap<>(
            Map.of("r", 50, "c", 60, "d", 4, "b", 30, "o", 30, "l", 40, "h", 24, "k", 4));

    private final String server;
    private final long clicks;

    /// @param server its name, which is also the name of its data folder
    VisitRows(String server, long clicks) {
        this.server = server;
        this.clicks = clicks;
    }

    void insert() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + Bench.WORK.resolve(server + "/banyan.db"))) {
            connection.setAutoCommit(false);
            String agency = text(connection, "SELECT id FROM accounts WHERE username = 'creativeagency'");
            String page = text(connection, "SELECT id FROM pages WHERE account_id = '" + agency + "'");
            try (var statement = connection.createStatement()) {
                statement.execute("DELETE FROM visit_days WHERE account_id = '" + agency + "'");
            }
            int today = (int) LocalDate.now(ZoneOffset.UTC).toEpochDay();
            try (var row = connection.prepareStatement(
                    "INSERT INTO visit_days VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, '')")) {
                for (String subject : new String[] {"p", "p:" + page}) {
                    for (int day = today - DAYS + 1; day <= today; day++) {
                        long ofDay = Math.max(1, clicks / DAYS);
                        row.setString(1, agency);
                        row.setString(2, agency);
                        row.setString(3, subject);
                        row.setInt(4, day);
                        row.setLong(5, ofDay * VIEWS_OF_A_CLICK);
                        row.setLong(6, ofDay);
                        row.setLong(7, ofDay / 10);
                        row.setLong(8, ofDay);
                        row.setString(9, parts(ofDay * VIEWS_OF_A_CLICK));
                        row.addBatch();
                    }
                }
                row.executeBatch();
            }
            connection.commit();
        }
    }

    /// As many values as so many views can have.
    private static String parts(long views) {
        var parts = new StringJoiner(",", "{", "}");
        DIMENSIONS.forEach((key, most) -> {
            long values = Math.min(most, views);
            var of = new StringJoiner(",", "\"" + key + "\":{", "}");
            for (int value = 0; value < values; value++) {
                of.add("\"value-" + value + "\":" + views / values);
            }
            parts.add(of.toString());
        });
        return parts.toString();
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
