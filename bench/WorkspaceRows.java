import dev.banyan.platform.search.SearchWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Rows for a server that is not running: a project of the demo's agency with many workspaces, people signed in to the
/// first of them, and numbers. A server would take minutes to make them one by one.
final class WorkspaceRows {

    static final String PROJECT = "01a1f8f2-0000-7000-8000-00000000be4c";
    /// A smaller one, whose pages are asked for.
    static final String LIST = "01a1f8f2-0000-7000-8000-00000000be4d";

    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int SHORT_IDS = 62 * 62 * 62 * 62;
    /// Has no factor in common with the number of short ids, so that no two workspaces get the same.
    private static final long STRIDE = 7_368_787;
    private static final long NOW = System.currentTimeMillis();
    private static final long A_WEEK = 7L * 24 * 3_600_000;

    private static final String LOOKUP = "/api/sub-clients/lookup?shortPath=";
    private static final int MOST_WORDS = 60;
    private static final int BATCH = 1_000;

    private final String server;
    private final int workspaces;
    private final int listed;

    /// @param server its name, which is also the name of its data folder
    /// @param listed how many of them are in a project of their own
    WorkspaceRows(String server, int workspaces, int listed) {
        this.server = server;
        this.workspaces = workspaces;
        this.listed = listed;
    }

    /// One path of a lookup per line, each workspace once.
    Path once() {
        return Bench.WORK.resolve(server + ".once");
    }

    /// One path of a lookup per line, each workspace equally often.
    Path lookups() {
        return Bench.WORK.resolve(server + ".paths");
    }

    /// One line per session: the path of its chat socket and its token.
    Path sessions() {
        return Bench.WORK.resolve(server + ".sessions");
    }

    static String shortPath(int number) {
        var shortId = new StringBuilder(4);
        for (long rest = number * STRIDE % SHORT_IDS; shortId.length() < 4; rest /= 62) {
            shortId.append(ALPHABET.charAt((int) (rest % 62)));
        }
        return shortId + "-team-" + number;
    }

    void insert(int people) throws SQLException, IOException {
        try (Connection connection = open(server)) {
            String tenant = tenant(connection);
            List<String> indexes = dropIndexes(connection, "sub_clients", "workspace_words");
            insertProject(connection, tenant, PROJECT, workspaces - listed);
            insertProject(connection, tenant, LIST, listed);
            insertWorkspaces(connection, tenant);
            for (String index : indexes) {
                execute(connection, index);
            }
            insertPeople(connection, tenant, people);
            connection.commit();
        }
    }

    /// An index is made at once far sooner than it grows row by row.
    ///
    /// @return the statements that make them again
    static List<String> dropIndexes(Connection connection, String... tables) throws SQLException {
        var statements = new ArrayList<String>();
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT name, sql FROM sqlite_master
                        WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('""" + String.join("', '", tables)
                        + "')")) {
            while (rows.next()) {
                names.add(rows.getString(1));
                statements.add(rows.getString(2));
            }
        }
        for (String name : names) {
            execute(connection, "DROP INDEX " + name);
        }
        return statements;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void insertSenders(String server, int senders) throws SQLException {
        try (Connection connection = open(server)) {
            String tenant = tenant(connection);
            try (var sender = connection.prepareStatement("""
                    INSERT INTO senders (id, tenant_id, role, master_type, display_name, phone, state, driver, is_enabled,
                        link_attempts, state_changed_at, linked_at, servant_count, created_at, updated_at)
                    VALUES (?, ?, 'master', 'primary', ?, ?, 'linked', 'simulator', 1, 0, ?, ?, 0, ?, ?)""")) {
                for (int i = 0; i < senders; i++) {
                    set(sender, "wa_9" + i, tenant, "Number " + i, "+9715" + (10_000_000 + i), NOW, NOW, NOW, NOW);
                    sender.addBatch();
                }
                sender.executeBatch();
            }
            connection.commit();
        }
    }

    private static void insertProject(Connection connection, String tenant, String id, int workspaces)
            throws SQLException {
        try (var project = connection.prepareStatement("""
                        INSERT INTO projects (id, tenant_id, account_id, name, sub_clients_enabled, workspace_count,
                            created_at, updated_at)
                        VALUES (?, ?, ?, 'Bench', 1, ?, ?, ?)""");
                var limit = connection.prepareStatement("""
                        INSERT INTO workspace_limits (tenant_id, used) VALUES (?, ?)
                        ON CONFLICT (tenant_id) DO UPDATE SET used = used + excluded.used""")) {
            set(project, id, tenant, tenant, workspaces, NOW, NOW);
            project.executeUpdate();
            set(limit, tenant, workspaces);
            limit.executeUpdate();
        }
    }

    /// With the words by which they are found, as the server writes them.
    private void insertWorkspaces(Connection connection, String tenant) throws SQLException, IOException {
        try (var workspace = connection.prepareStatement("""
                        INSERT INTO sub_clients (id, tenant_id, project_id, name, sort_name, short_id, pathname,
                            user_count, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)""");
                var word = connection.prepareStatement("""
                        INSERT INTO workspace_words (project_id, word, sub_client_id, tenant_id) VALUES (?, ?, ?, ?)""");
                var once = Files.newBufferedWriter(once())) {
            for (int i = 0; i < workspaces; i++) {
                String project = i < workspaces - listed ? PROJECT : LIST;
                String shortPath = shortPath(i);
                String[] parts = shortPath.split("-", 2);
                String name = name(i);
                set(workspace, id(i), tenant, project, name, name.toLowerCase(Locale.ROOT), parts[0], parts[1], NOW - i, NOW);
                workspace.addBatch();
                for (String found : SearchWords.of(String.join(" ", name, parts[1], parts[0]), MOST_WORDS)) {
                    set(word, project, found, id(i), tenant);
                    word.addBatch();
                }
                if (i % BATCH == BATCH - 1) {
                    workspace.executeBatch();
                    word.executeBatch();
                }
                once.write(LOOKUP + shortPath + "\n");
            }
            workspace.executeBatch();
            word.executeBatch();
        }
        // As many lines for few workspaces as for many, so that the load generator has the same work.
        try (var lookups = Files.newBufferedWriter(lookups())) {
            for (int line = 0; line < Bench.MANY; line++) {
                lookups.write(LOOKUP + shortPath(line % workspaces) + "\n");
            }
        }
    }

    private static String name(int number) {
        return "Team " + number;
    }

    /// Finds one workspace of those that are listed, by two words.
    String search() {
        return "team+" + (workspaces - listed / 2);
    }

    private void insertPeople(Connection connection, String tenant, int people) throws SQLException, IOException {
        var lines = new ArrayList<String>();
        try (var user = connection.prepareStatement("""
                        INSERT INTO sub_client_users (id, tenant_id, sub_client_id, username, email, password_hash, role,
                            created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, 'nobody signs in with this', 'user', ?, ?)""");
                var session = connection.prepareStatement("""
                        INSERT INTO workspace_sessions (token_hash, tenant_id, sub_client_id, user_id, created_at,
                            renewed_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""")) {
            for (int i = 0; i < people; i++) {
                int number = 1_000_000 + i;
                String token = "bench-token-" + i;
                set(user, number, tenant, id(0), "person_" + i, "person" + i + "@people.example", NOW, NOW);
                user.addBatch();
                set(session, sha256(token), tenant, id(0), number, NOW, NOW, NOW + A_WEEK);
                session.addBatch();
                lines.add("/s/" + shortPath(0) + "/chat/ws " + token);
            }
            user.executeBatch();
            session.executeBatch();
        }
        execute(
                connection,
                "UPDATE sub_clients SET user_count = " + people + " WHERE id = '" + id(0) + "'");
        Files.write(sessions(), lines);
    }

    private static String id(int number) {
        return "scl_" + NOW + "_" + String.format("%09d", number);
    }

    static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static Connection open(String server) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + Bench.WORK.resolve(server + "/banyan.db"));
        // Nobody else is there, and what breaks is made again.
        execute(connection, "PRAGMA journal_mode = MEMORY");
        execute(connection, "PRAGMA synchronous = OFF");
        execute(connection, "PRAGMA cache_size = -400000");
        connection.setAutoCommit(false);
        return connection;
    }

    static String tenant(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT id FROM accounts WHERE username = 'creativeagency'")) {
            if (!row.next()) {
                throw new IllegalStateException("The demo has no agency");
            }
            return row.getString(1);
        }
    }

    static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
