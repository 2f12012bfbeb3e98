import dev.banyan.platform.search.SearchWords;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/// Rows for a server that is not running: short links of the demo's agency, which has the plan for them. A
/// server would take minutes to make them one by one.
final class ShortLinkRows {

    private static final long NOW = System.currentTimeMillis();
    static final String TARGET = "https://shop.example/collections/autumn/";
    private static final int MOST_WORDS = 60;
    private static final int BATCH = 1_000;

    private final String server;
    private final int links;

    /// @param server its name, which is also the name of its data folder
    ShortLinkRows(String server, int links) {
        this.server = server;
        this.links = links;
    }

    static String path(int number) {
        return "/l/" + slug(number);
    }

    private static String slug(int number) {
        return "b-" + Integer.toString(number, 36);
    }

    /// One path per line, each short link once.
    Path once() {
        return Bench.WORK.resolve(server + ".short-links-once");
    }

    /// One path per line, each short link equally often.
    Path paths() {
        return Bench.WORK.resolve(server + ".short-links");
    }

    void insert() throws SQLException, IOException {
        try (Connection connection = WorkspaceRows.open(server)) {
            String agency = WorkspaceRows.tenant(connection);
            toEnterprise(connection, agency);
            try (var used = connection.prepareStatement(
                    "UPDATE account_usage SET used = used + ? WHERE account_id = ? AND quota = 'short_links'")) {
                WorkspaceRows.set(used, links, agency);
                used.executeUpdate();
            }
            insertLinks(connection, agency);
            connection.commit();
        }
        write(once(), links, ShortLinkRows::path);
        // As many lines for few as for many, so that the load generator has the same work.
        write(paths(), Bench.MANY, line -> path(line % links));
    }

    /// The plan that has room for all of them.
    static void toEnterprise(Connection connection, String agency) throws SQLException {
        try (var plan = connection.prepareStatement("UPDATE accounts SET tier = 'enterprise' WHERE id = ?")) {
            WorkspaceRows.set(plan, agency);
            plan.executeUpdate();
        }
    }

    interface Line {
        String of(int number);
    }

    static void write(Path file, int count, Line line) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int number = 0; number < count; number++) {
                lines.write(line.of(number) + "\n");
            }
        }
    }

    /// With the words by which they are found.
    private void insertLinks(Connection connection, String agency) throws SQLException {
        try (var link = connection.prepareStatement("""
                        INSERT INTO short_links (id, tenant_id, account_id, slug, target, title, tags, active, clicks,
                            fallback, password_hash, routing, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, '', 1, 0, '', '', '', ?, ?)""");
                var word = connection.prepareStatement(
                        "INSERT INTO short_link_words (tenant_id, account_id, word, short_link_id) VALUES (?, ?, ?, ?)")) {
            for (int i = 0; i < links; i++) {
                String id = id(i);
                String title = "Offer " + i;
                WorkspaceRows.set(link, id, agency, agency, slug(i), TARGET + i, title, NOW, NOW);
                link.addBatch();
                for (String found : SearchWords.of(slug(i) + " " + title + " shop.example", MOST_WORDS)) {
                    WorkspaceRows.set(word, agency, agency, found, id);
                    word.addBatch();
                }
                if (i % BATCH == BATCH - 1) {
                    link.executeBatch();
                    word.executeBatch();
                }
            }
            link.executeBatch();
            word.executeBatch();
        }
    }

    /// Version 7, as the server's own: the newest is the last.
    static String id(int number) {
        return new UUID(NOW - 86_400_000L + number / 100 << 16 | 0x7000L, 0x8000_0000_0000_0000L | number).toString();
    }
}
