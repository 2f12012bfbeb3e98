package dev.banyan.accounts.exports;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.schema.DefaultSchema;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// All rows of an account, with names in place of ids, so that two accounts can be compared row by row.
final class AccountRows {

    /// Tables with rows of accounts that an export leaves out, and why.
    private static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("account_exports", "exports themselves"),
            Map.entry("account_words", "words of the account's own names, which differ"),
            Map.entry("usernames", "the username differs"),
            Map.entry("audit_events", "what was done here"),
            Map.entry("deleted_contents", "what was deleted"),
            Map.entry("domains", "a host is proved by its account"),
            Map.entry("erased_accounts", "what was erased"),
            Map.entry("identities", "people"),
            Map.entry("membership_accounts", "people"),
            Map.entry("membership_invitation_accounts", "people"),
            Map.entry("old_host_readings", "what changed on this server"),
            Map.entry("recent_contexts", "people"),
            Map.entry("sessions", "people"),
            Map.entry("webhook_endpoints", "have secrets"),
            Map.entry("projects", "workspaces are archives of their own"),
            Map.entry("workspace_inboxes", "workspaces are archives of their own"),
            Map.entry("senders", "numbers belong to the agency"),
            Map.entry("visit_journal", "seconds that wait to be added"),
            Map.entry("visit_recent", "the last minutes"));

    /// Columns that name the row or its account, or a time of writing.
    private static final Set<String> DIFFERS = Set.of(
            "id",
            "tenant_id",
            "account_id",
            "created_at",
            "updated_at",
            "path",
            "sketch",
            "swept_day",
            "reported_week",
            "report_key");

    private AccountRows() {}

    /// Returns the rows of each table, in order.
    static Map<String, List<String>> of(Database database, AccountId account) {
        Map<String, List<Map<String, Object>>> rows = read(database, account);
        Map<String, String> names = names(rows);
        var shown = new TreeMap<String, List<String>>();
        rows.forEach((table, all) -> shown.put(
                table, all.stream().map(row -> shown(row, names)).sorted().toList()));
        return shown;
    }

    private static Map<String, List<Map<String, Object>>> read(Database database, AccountId account) {
        var rows = new TreeMap<String, List<Map<String, Object>>>();
        for (Table<?> table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
            Field<?> owner = table.field("account_id");
            if (owner == null || LEFT_OUT.containsKey(table.getName())) {
                continue;
            }
            rows.put(table.getName(), database.read(tx -> {
                var found = new ArrayList<Map<String, Object>>();
                for (Record row : tx.sql()
                        .selectFrom(table)
                        .where(owner.cast(String.class).eq(account.toString()))) {
                    found.add(row.intoMap());
                }
                return found;
            }));
        }
        assertThat(LEFT_OUT.keySet())
                .allMatch(name -> DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                        .anyMatch(table -> table.getName().equals(name)));
        return rows;
    }

    private static Map<String, String> names(Map<String, List<Map<String, Object>>> rows) {
        var names = new HashMap<String, String>();
        name(names, rows, "pages", "slug");
        name(names, rows, "link_groups", "title");
        name(names, rows, "links", "title");
        name(names, rows, "short_links", "slug");
        name(names, rows, "images", "width");
        return names;
    }

    private static void name(
            Map<String, String> names, Map<String, List<Map<String, Object>>> rows, String table, String column) {
        for (Map<String, Object> row : Objects.requireNonNull(rows.get(table), table)) {
            names.put(Objects.requireNonNull(row.get("id")).toString(), "<" + table + " " + row.get(column) + ">");
        }
    }

    private static String shown(Map<String, Object> row, Map<String, String> names) {
        var kept = new TreeMap<String, Object>();
        row.forEach((column, value) -> {
            if (!DIFFERS.contains(column)) {
                kept.put(column, String.valueOf(value));
            }
        });
        String text = kept.toString();
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text;
    }
}
