import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.PostgresDatabase;
import dev.banyan.platform.db.SqliteDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/// How fast the rows of messages can be written when nothing is thought about them: inserted, and updated to each state
/// that follows, in groups, with prepared statements and a commit that waits for the disk. The rows are those of
/// SendingLoad: as many contacts, and keys and WhatsApp's ids that nobody can foresee.
final class BareOutbox {

    private static final int GROUP = 250;
    private static final int WARM_UP = 5_000;
    private static final int CONTACTS = 50_000;

    private static int contact;

    public static void main(String... args) throws SQLException {
        String url = args[0];
        long nanos = Integer.parseInt(args[1]) * 1_000_000_000L;
        open(url).close(); // makes the tables
        try (Connection connection = connect(url)) {
            String tenant = tenant(connection);
            for (int done = 0; done < WARM_UP; done += GROUP) {
                group(connection, tenant, true);
            }
            long begin = System.nanoTime();
            int done = 0;
            while (System.nanoTime() - begin < nanos) {
                group(connection, tenant, true);
                done += GROUP;
            }
            System.out.println(done * 1e9 / (System.nanoTime() - begin));
        }
    }

    static Connection connect(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        if (url.startsWith("jdbc:sqlite:")) {
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("PRAGMA foreign_keys = ON");
            }
        }
        connection.setAutoCommit(false);
        return connection;
    }

    static Database open(String url) {
        return url.startsWith("jdbc:sqlite:")
                ? SqliteDatabase.open(Path.of(url.substring("jdbc:sqlite:".length())))
                : PostgresDatabase.open(url, 2);
    }

    static String tenant(Connection connection) throws SQLException {
        String id = UUID.randomUUID().toString();
        try (var account = connection.prepareStatement("""
                INSERT INTO accounts (id, kind, tenant_id, username, display_name, status, tier, created_at, updated_at)
                VALUES (?, 'root', ?, 'bench', 'Bench', 'active', 'free', 0, 0)""")) {
            account.setString(1, id);
            account.setString(2, id);
            account.executeUpdate();
        }
        connection.commit();
        return id;
    }

    /// @param traced whether it is written down why the number was chosen
    static void group(Connection connection, String tenant, boolean traced) throws SQLException {
        long now = System.currentTimeMillis();
        var ids = new String[GROUP];
        try (var insert = connection.prepareStatement("""
                INSERT INTO outgoing_messages (id, tenant_id, master_id, phone, body, idempotency_key, state, attempts,
                    due_at, created_at, state_changed_at)
                VALUES (?, ?, 'wa_70', ?, 'Good morning, your order is ready to be collected.', ?, 'queued', 0, ?, ?, ?)""")) {
            for (int i = 0; i < GROUP; i++) {
                // As version 7 has it: in the order of time.
                ids[i] = new UUID(now << 16 | 0x7000 | i & 0xFFF, UUID.randomUUID().getLeastSignificantBits()).toString();
                insert.setString(1, ids[i]);
                insert.setString(2, tenant);
                contact = (contact + 1) % CONTACTS;
                insert.setString(3, "+9665" + (50_000_000 + contact));
                insert.setString(4, UUID.randomUUID().toString());
                for (int time = 5; time <= 7; time++) {
                    insert.setLong(time, now);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        String reason = traced ? "reason = 'the contact’s number'," : "";
        update(connection, ids, "sending", "queued", "sender_id = 'wa_70s3'," + reason + " attempts = 1");
        update(connection, ids, "sent", "sending", "provider_id = 'SIM' || ?");
        update(connection, ids, "delivered", "sent", "error = ?");
        update(connection, ids, "read", "delivered", "error = ?");
    }

    private static void update(Connection connection, String[] ids, String state, String before, String more)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE outgoing_messages SET state = '" + state
                + "', state_changed_at = ?, " + more + " WHERE id = ? AND state = '" + before + "'")) {
            for (String id : ids) {
                int place = 1;
                update.setLong(place++, System.currentTimeMillis());
                if (more.endsWith("?")) {
                    update.setString(place++, state.equals("sent") ? UUID.randomUUID().toString() : null);
                }
                update.setString(place, id);
                update.addBatch();
            }
            update.executeBatch();
        }
        connection.commit();
    }
}
