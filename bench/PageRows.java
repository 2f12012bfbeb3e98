import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// Rows for a server that is not running: pages of the demo's agency.
final class PageRows {

    private static final long NOW = System.currentTimeMillis();
    private static final int LINKS_OF_A_PAGE = 6;

    private final String server;
    private final int pages;

    /// @param server its name, which is also the name of its data folder
    PageRows(String server, int pages) {
        this.server = server;
        this.pages = pages;
    }

    /// One path per line, each page once.
    Path paths() {
        return Bench.WORK.resolve(server + ".pages");
    }

    void insert() throws SQLException, IOException {
        try (Connection connection = WorkspaceRows.open(server)) {
            String agency = WorkspaceRows.tenant(connection);
            ShortLinkRows.toEnterprise(connection, agency);
            insertPages(connection, agency);
            connection.commit();
        }
        ShortLinkRows.write(paths(), pages, number -> "/creativeagency/bench-" + number);
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
                String id = ShortLinkRows.id(i);
                WorkspaceRows.set(
                        page, id, agency, agency, "bench-" + i, "Bench " + i, LINKS_OF_A_PAGE, NOW, NOW);
                page.addBatch();
                for (int place = 0; place < LINKS_OF_A_PAGE; place++) {
                    WorkspaceRows.set(
                            link,
                            ShortLinkRows.id(pages + i * LINKS_OF_A_PAGE + place),
                            agency,
                            agency,
                            id,
                            "Offer " + place,
                            ShortLinkRows.TARGET + place,
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
}
