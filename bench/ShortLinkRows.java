import dev.banyan.platform.SearchWords;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/// Rows for a server that is not running: short links of the demo's agency, which has the plan for them, and pages of
/// it. A server would take minutes to make them one by one.
final class ShortLinkRows {

    private static final long NOW = System.currentTimeMillis();
    private static final String TARGET = "https://shop.example/collections/autumn/";
    private static final int LINKS_OF_A_PAGE = 6;
    private static final int MOST_WORDS = 60;
    private static final int BATCH = 1_000;

    private final String server;
    private final int links;
    private final int pages;

    /// @param server its name, which is also the name of its data folder
    ShortLinkRows(String server, int links, int pages) {
        this.server = server;
        this.links = links;
        this.pages = pages;
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

    /// One path per line, each page once.
    Path pagePaths() {
        return Bench.WORK.resolve(server + ".pages");
    }

    void insert() throws SQLException, IOException {
        try (Connection connection = WorkspaceRows.open(server)) {
            String agency = WorkspaceRows.tenant(connection);
            try (var plan = connection.prepareStatement("UPDATE accounts SET tier = 'enterprise' WHERE id = ?");
                    var used = connection.prepareStatement(
                            "UPDATE account_usage SET used = used + ? WHERE account_id = ? AND quota = 'short_links'")) {
                WorkspaceRows.set(plan, agency);
                plan.executeUpdate();
                WorkspaceRows.set(used, links, agency);
                used.executeUpdate();
            }
            insertLinks(connection, agency);
            insertPages(connection, agency);
            connection.commit();
        }
        write(once(), links, ShortLinkRows::path);
        // As many lines for few as for many, so that the load generator has the same work.
        write(paths(), Bench.MANY, line -> path(line % links));
        write(pagePaths(), pages, number -> "/creativeagency/bench-" + number);
    }

    private interface Line {
        String of(int number);
    }

    private static void write(Path file, int count, Line line) throws IOException {
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

    private void insertPages(Connection connection, String agency) throws SQLException {
        try (var page = connection.prepareStatement("""
                        INSERT INTO pages (id, tenant_id, account_id, slug, name, is_default, link_count, created_at,
                            updated_at)
                        VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)""");
                var link = connection.prepareStatement("""
                        INSERT INTO links (id, tenant_id, account_id, page_id, title, url, position, active, clicks,
                            created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0, ?, ?)""")) {
            for (int i = 0; i < pages; i++) {
                String id = id(links + i);
                WorkspaceRows.set(
                        page, id, agency, agency, "bench-" + i, "Bench " + i, LINKS_OF_A_PAGE, NOW, NOW);
                page.addBatch();
                for (int place = 0; place < LINKS_OF_A_PAGE; place++) {
                    WorkspaceRows.set(
                            link,
                            id(links + pages + i * LINKS_OF_A_PAGE + place),
                            agency,
                            agency,
                            id,
                            "Offer " + place,
                            TARGET + place,
                            place,
                            NOW,
                            NOW);
                    link.addBatch();
                }
            }
            page.executeBatch();
            link.executeBatch();
        }
    }

    /// Version 7, as the server's own: the newest is the last.
    private static String id(int number) {
        return new UUID(NOW - 86_400_000L + number / 100 << 16 | 0x7000L, 0x8000_0000_0000_0000L | number).toString();
    }
}
