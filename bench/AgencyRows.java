import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Rows for a server that is not running: more sub-accounts for the demo's agency, and other people's accounts beside
/// it. A server would take minutes to make them one by one.
final class AgencyRows {

    /// In the names of all that are made here.
    static final String NAME = "harbour";

    private static final long NOW = System.currentTimeMillis();

    private final String server;
    private final int subAccounts;
    private final int accounts;

    /// @param server its name, which is also the name of its data folder
    /// @param subAccounts how many the agency has when all is done
    /// @param accounts how many there are on the whole server, more or less
    AgencyRows(String server, int subAccounts, int accounts) {
        this.server = server;
        this.subAccounts = subAccounts;
        this.accounts = accounts;
    }

    /// One id of a sub-account per line.
    Path ids() {
        return Bench.WORK.resolve(server + ".sub-accounts");
    }

    void insert() throws SQLException, IOException {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + Bench.WORK.resolve(server + "/banyan.db"))) {
            try (var statement = connection.createStatement()) {
                // A plan holds at most 99 packs of a size, which is not enough for ten thousand.
                statement.execute("PRAGMA ignore_check_constraints = ON");
            }
            connection.setAutoCommit(false);
            String agency = text(connection, "SELECT id FROM accounts WHERE username = 'creativeagency'");
            int there = number(connection, "SELECT COUNT(*) FROM accounts WHERE parent_id = '" + agency + "'");
            var ids = insertAccounts(connection, agency, 0, subAccounts - there);
            for (int others = subAccounts; others < accounts; others += 10) {
                String id = insertAccounts(connection, "", others, 1).getFirst();
                insertAccounts(connection, id, others + 1, 9);
            }
            grow(connection, agency, ids.size());
            connection.commit();
            Files.write(ids(), ids);
        }
    }

    /// @param parent empty for root accounts
    private static List<String> insertAccounts(Connection connection, String parent, int first, int count)
            throws SQLException {
        var ids = new ArrayList<String>();
        try (var account = connection.prepareStatement("""
                        INSERT INTO accounts (id, tenant_id, kind, parent_id, parent_kind, username, display_name,
                            status, tier, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, 'active', 'free', ?, ?)""");
                var username = connection.prepareStatement(
                        "INSERT INTO usernames (name, tenant_id, account_id) VALUES (?, ?, ?)");
                var usage = connection.prepareStatement(
                        "INSERT INTO account_usage (tenant_id, account_id, quota, used) VALUES (?, ?, ?, 0)");
                var word = connection.prepareStatement(
                        "INSERT INTO account_words (scope_id, word, tenant_id, account_id) VALUES (?, ?, ?, ?)")) {
            for (int i = first; i < first + count; i++) {
                boolean root = parent.isEmpty();
                String id = id(i);
                String tenant = root ? id : parent;
                String name = NAME + "-" + i + (root ? "-agency" : "");
                set(
                        account,
                        id,
                        tenant,
                        root ? "root" : "sub",
                        root ? null : parent,
                        root ? null : "root",
                        name,
                        "Harbour " + i,
                        NOW - i,
                        NOW);
                account.addBatch();
                set(username, name, tenant, id);
                username.addBatch();
                for (String quota : List.of("pages", "links", "sub_accounts")) {
                    set(usage, tenant, id, quota);
                    usage.addBatch();
                }
                for (String found : List.of(name.replace("-", ""), NAME, Integer.toString(i))) {
                    set(word, root ? "00000000-0000-0000-0000-000000000000" : parent, found, tenant, id);
                    word.addBatch();
                }
                ids.add(id);
            }
            account.executeBatch();
            username.executeBatch();
            usage.executeBatch();
            word.executeBatch();
        }
        return ids;
    }

    /// Room for all of them, and for those that the bench creates.
    private static void grow(Connection connection, String agency, int by) throws SQLException {
        try (var usage = connection.prepareStatement(
                        "UPDATE account_usage SET used = used + ? WHERE account_id = ? AND quota = 'sub_accounts'");
                var packs = connection.prepareStatement("""
                        INSERT INTO packs (tenant_id, size, quantity) VALUES (?, 25, 4000)
                        ON CONFLICT (tenant_id, size) DO UPDATE SET quantity = 4000""")) {
            set(usage, by, agency);
            usage.executeUpdate();
            set(packs, agency);
            packs.executeUpdate();
        }
    }

    /// Version 7, as the server's own: the newest is the last.
    private static String id(int number) {
        long high = NOW - 86_400_000L + number << 16 | 0x7000L;
        return new UUID(high, 0x8000_0000_0000_0000L | number).toString();
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new IllegalStateException("The demo has no agency");
            }
            return row.getString(1);
        }
    }

    private static int number(Connection connection, String query) throws SQLException {
        return Integer.parseInt(text(connection, query));
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
