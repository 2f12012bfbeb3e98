import dev.banyan.platform.search.SearchWords;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A workspace with many contacts, each with a conversation in its inbox, for a server that is not running; and how it
/// is read: the inbox, the list of contacts, a search, and a conversation.
final class ContactRows {

    private static final long NOW = System.currentTimeMillis();
    private static final long A_WEEK = 7L * 24 * 3_600_000;
    private static final String CONNECTION = "01a1f8f2-0000-7000-8000-0000000be4c7";
    private static final String API = "/api/sub-client/inbox/";
    private static final int BATCH = 1_000;
    private static final int WORDS = 200;

    private final String name;
    private final int contacts;
    private final int hiddenEach;
    private final int place;

    /// @param name of the workspace
    /// @param hiddenEach one of how many contacts has no phone number; 0: none
    /// @param place tells it from others, 0 to 9
    private ContactRows(String name, int contacts, int hiddenEach, int place) {
        this.name = name;
        this.contacts = contacts;
        this.hiddenEach = hiddenEach;
        this.place = place;
    }

    /// As many contacts twice on one server: a tenth of them without a phone number, and all with one.
    static List<Row> rows(int contacts, int rounds, int seconds) throws Exception {
        var some = new ContactRows("hidden", contacts, 10, 0);
        var all = new ContactRows("phones", contacts, 0, 1);
        Progress.say("Making 2 × " + contacts + " contacts");
        BanyanServer server = BanyanServer.startWith("contacts", () -> {
            some.insert();
            all.insert();
        });
        List<Row> rows = List.of(
                row("inbox", server, some, all, "threads?limit=50", "threads?limit=50", seconds),
                row("contacts", server, some, all, "contacts?limit=50", "contacts?limit=50", seconds),
                row("search for one", server, some, all, some.search(), all.search(), seconds),
                row("search for all", server, some, all, "threads?search=contact", "threads?search=contact", seconds),
                row("conversation", server, some, all, some.thread(), all.thread(), seconds));
        for (Row row : rows) {
            row.warmUp();
        }
        for (int round = 0; round < rounds; round++) {
            for (Row row : rows) {
                Progress.say("Round " + (round + 1) + " of " + rounds + ": " + row.name());
                row.measure();
            }
        }
        server.stop();
        return rows;
    }

    private static Row row(
            String what,
            BanyanServer server,
            ContactRows ours,
            ContactRows beside,
            String path,
            String besidePath,
            int seconds) {
        var row = new Row(
                what + ", a tenth of " + ours.contacts + " hidden", "/s", Optional.of("at least 0.9"));
        row.measuringOurs(() -> ours.perSecond(server, path, seconds));
        row.measuringAnother("all with phones", () -> beside.perSecond(server, besidePath, seconds));
        return row;
    }

    private double perSecond(BanyanServer server, String path, int seconds) throws IOException, InterruptedException {
        String own = server.url(API + path + (path.contains("?") ? "&" : "?") + "shortPath=" + shortPath());
        return Load.perSecond(
                new Load.Request(own, Map.of("Authorization", "Bearer " + token())), 1, seconds);
    }

    private String shortPath() {
        return "cn0" + place + "-" + name;
    }

    private String token() {
        return "bench-contacts-" + place;
    }

    private String workspace() {
        return "scl_" + NOW + "_00000001" + place;
    }

    /// Finds one contact of those that may be hidden.
    private String search() {
        return "threads?search=contact+" + contacts / 20 * 10;
    }

    private String thread() {
        return "threads/" + id('c', contacts / 20 * 10) + "/messages";
    }

    /// @param kind of the row, a hexadecimal digit
    private String id(char kind, int number) {
        long high = NOW << 16 | 0x7000L | place;
        long low = 0x8000_0000_0000_0000L | (long) Character.digit(kind, 16) << 40 | number;
        return new UUID(high, low).toString();
    }

    private boolean isHidden(int number) {
        return hiddenEach > 0 && number % hiddenEach == 0;
    }

    private String address(int number) {
        return isHidden(number) ? "AE." + (9_000_000_000L + number) + "@" + CONNECTION : "+97150" + (1_000_000 + number);
    }

    private void insert() throws SQLException {
        try (Connection connection = WorkspaceRows.open("contacts")) {
            String tenant = WorkspaceRows.tenant(connection);
            insertWorkspace(connection, tenant);
            List<String> indexes = WorkspaceRows.dropIndexes(
                    connection,
                    "contacts",
                    "contact_words",
                    "conversations",
                    "conversation_words",
                    "inbox_threads",
                    "messages");
            insertContacts(connection, tenant);
            for (String index : indexes) {
                WorkspaceRows.execute(connection, index);
            }
            connection.commit();
        }
    }

    private void insertWorkspace(Connection connection, String tenant) throws SQLException {
        String project = "01a1f8f2-0000-7000-8000-0000000be4c" + place;
        try (var row = connection.prepareStatement("""
                INSERT INTO projects (id, tenant_id, account_id, name, sub_clients_enabled, workspace_count, created_at,
                    updated_at)
                VALUES (?, ?, ?, 'Contacts', 1, 1, ?, ?)""")) {
            WorkspaceRows.set(row, project, tenant, tenant, NOW, NOW);
            row.executeUpdate();
        }
        String[] parts = shortPath().split("-", 2);
        try (var row = connection.prepareStatement("""
                INSERT INTO sub_clients (id, tenant_id, project_id, name, sort_name, short_id, pathname, user_count,
                    created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)""")) {
            WorkspaceRows.set(row, workspace(), tenant, project, name, name, parts[0], parts[1], NOW, NOW);
            row.executeUpdate();
        }
        int user = 2_000_000 + place;
        try (var row = connection.prepareStatement("""
                INSERT INTO sub_client_users (id, tenant_id, sub_client_id, username, email, password_hash, role,
                    created_at, updated_at)
                VALUES (?, ?, ?, 'agent', 'agent@people.example', 'nobody signs in with this', 'agent', ?, ?)""")) {
            WorkspaceRows.set(row, user, tenant, workspace(), NOW, NOW);
            row.executeUpdate();
        }
        try (var row = connection.prepareStatement("""
                INSERT INTO workspace_sessions (token_hash, tenant_id, sub_client_id, user_id, created_at, renewed_at,
                    expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""")) {
            WorkspaceRows.set(row, WorkspaceRows.sha256(token()), tenant, workspace(), user, NOW, NOW, NOW + A_WEEK);
            row.executeUpdate();
        }
        try (var row = connection.prepareStatement("""
                INSERT INTO workspace_inboxes (sub_client_id, tenant_id, account_id, open_count, unread_count,
                    waiting_count, last_message_at)
                VALUES (?, ?, ?, ?, 0, 0, ?)
                ON CONFLICT DO NOTHING""")) {
            WorkspaceRows.set(row, workspace(), tenant, tenant, contacts, NOW);
            row.executeUpdate();
        }
    }

    /// With the words by which they are found, as the server writes them.
    private void insertContacts(Connection connection, String tenant) throws SQLException {
        try (var contact = connection.prepareStatement("""
                        INSERT INTO contacts (id, tenant_id, sub_client_id, phone, name, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""");
                var contactWord = connection.prepareStatement("""
                        INSERT INTO contact_words (tenant_id, word, sub_client_id, contact_id) VALUES (?, ?, ?, ?)""");
                var conversation = connection.prepareStatement("""
                        INSERT INTO conversations (id, tenant_id, sub_client_id, kind, title, message_count, created_at,
                            updated_at)
                        VALUES (?, ?, ?, 'whatsapp', ?, 1, ?, ?)""");
                var thread = connection.prepareStatement("""
                        INSERT INTO inbox_threads (conversation_id, tenant_id, sub_client_id, channel, contact_id, state,
                            unread_count, last_text, last_role, last_message_at, created_at)
                        VALUES (?, ?, ?, 'whatsapp', ?, 'open', 0, 'Hello', 'contact', ?, ?)""");
                var message = connection.prepareStatement("""
                        INSERT INTO messages (id, tenant_id, sub_client_id, conversation_id, position, role, body,
                            created_at)
                        VALUES (?, ?, ?, ?, 1, 'contact', 'Hello', ?)""");
                var word = connection.prepareStatement("""
                        INSERT INTO conversation_words (sub_client_id, word, conversation_id, tenant_id)
                        VALUES (?, ?, ?, ?)""")) {
            List<PreparedStatement> all = List.of(contact, contactWord, conversation, thread, message, word);
            for (int i = 0; i < contacts; i++) {
                String called = "Contact " + i;
                String address = address(i);
                String id = id('a', i);
                String talk = id('c', i);
                long at = NOW - i;
                add(contact, id, tenant, workspace(), address, called, at, at);
                for (String found : SearchWords.of(called, List.of(address))) {
                    add(contactWord, tenant, found, workspace(), id);
                }
                add(conversation, talk, tenant, workspace(), called, at, at);
                add(thread, talk, tenant, workspace(), id, at, at);
                add(message, id('e', i), tenant, workspace(), talk, at);
                for (String found : SearchWords.of(called + " " + address + " Hello", WORDS)) {
                    add(word, workspace(), found, talk, tenant);
                }
                if (i % BATCH == BATCH - 1 || i == contacts - 1) {
                    for (PreparedStatement one : all) {
                        one.executeBatch();
                    }
                }
            }
        }
    }

    private static void add(PreparedStatement statement, Object... values) throws SQLException {
        WorkspaceRows.set(statement, values);
        statement.addBatch();
    }
}
