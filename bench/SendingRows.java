import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Pools of linked simulated numbers, put into the database of a server that does not run.
final class SendingRows {

    private static final long NOW = System.currentTimeMillis();

    private SendingRows() {}

    static String master(int pool) {
        return "wa_7" + pool;
    }

    static void insert(String url, int pools, int numbers) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            insert(connection, tenant(connection), pools, numbers, 0);
        }
    }

    /// So many pools for each account whose name is like that.
    static void insertInto(Connection connection, String names, int pools, int numbers) throws SQLException {
        int phone = 0;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT id FROM accounts WHERE username LIKE '" + names + "'")) {
            while (row.next()) {
                insert(connection, row.getString(1), pools, numbers, phone);
                phone += pools * numbers;
            }
        }
    }

    private static void insert(Connection connection, String tenant, int pools, int numbers, int firstPhone)
            throws SQLException {
        int phone = firstPhone;
        boolean isAlone = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (var sender = connection.prepareStatement("""
                INSERT INTO senders (id, tenant_id, role, master_id, master_role, master_type, display_name, phone,
                    purpose, state, driver, is_enabled, link_attempts, state_changed_at, linked_at, servant_count,
                    created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'linked', 'simulator', 1, 0, ?, ?, ?, ?, ?)""")) {
            for (int pool = 0; pool < pools; pool++) {
                String id = master(pool);
                set(sender, id, tenant, "master", null, null, "primary", "Pool " + pool, phone(phone++), null);
                sender.setLong(12, numbers - 1);
                sender.addBatch();
                for (int number = 1; number < numbers; number++) {
                    String name = "Number " + number;
                    set(sender, id + "s" + number, tenant, "servant", id, "master", null, name, phone(phone++), "sales");
                    sender.setLong(12, 0);
                    sender.addBatch();
                }
            }
            sender.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(isAlone);
    }

    private static void set(PreparedStatement sender, String... texts) throws SQLException {
        for (int i = 0; i < texts.length; i++) {
            sender.setString(i + 1, texts[i]);
        }
        for (int i : new int[] {10, 11, 13, 14}) {
            sender.setLong(i, NOW);
        }
    }

    static String phone(int number) {
        return "+9715" + (20_000_000 + number);
    }

    static String tenant(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT id FROM accounts WHERE username = 'creativeagency'")) {
            row.next();
            return row.getString(1);
        }
    }
}
