package dev.banyan.platform.db;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.schema.DefaultSchema;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;

/// What the side that a sub-account leaves has set up to come in, or to receive something. It ends with the move
/// (docs/decisions/0077).
///
/// @param workspaces those of the account
record FormerSide(DSLContext sql, Owner from, Select<Record1<String>> workspaces) {

    /// Rows that end with the former tenant: whatever lets its people in, or sends them something. What the rows of
    /// each other table open is said in `TenantRowsTest`.
    static final Set<String> END = Set.of(
            "membership_accounts",
            "membership_invitation_accounts",
            "recent_contexts",
            "sender_proxies",
            "sso_sign_ins",
            "workspace_api_keys",
            "workspace_invitations",
            "workspace_mail_servers",
            "workspace_registrations",
            "workspace_sessions",
            "workspace_sso",
            "workspace_sso_attempts",
            "workspace_sso_cut_links",
            "workspace_sso_links",
            "workspace_sso_sessions");

    /// Rows that go along, or stay, without what they open.
    static final Set<String> EMPTIED = Set.of("account_exports", "assistants", "webhook_endpoints");

    private static final String WORKSPACE = "sub_client_id";
    private static final String ACCOUNT = "account_id";
    private static final Field<String> ENDPOINT = text("endpoint");

    private static Field<String> text(String column) {
        return field(name(column), String.class);
    }

    /// Counts what ends, by table; leaves out what there is none of.
    Map<String, Long> counts() {
        var counts = new LinkedHashMap<String, Long>();
        END.stream()
                .sorted()
                .filter(FormerSide::isOfWorkspaces)
                .forEach(table -> counts.put(table, count(table, ofWorkspace())));
        counts.put("assistants", count("assistants", ofWorkspace().and(ENDPOINT.isNotNull())));
        counts.put(
                "webhook_endpoints",
                count(
                        "webhook_endpoints",
                        own().and(field(name("is_active"), Integer.class).eq(1))));
        counts.put("account_exports", count("account_exports", exports()));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private long count(String table, Condition condition) {
        return sql.fetchCount(selectOne().from(table(name(table))).where(condition));
    }

    private static boolean isOfWorkspaces(String table) {
        return DefaultSchema.DEFAULT_SCHEMA.getTable(table).field(WORKSPACE) != null;
    }

    private Condition ofWorkspace() {
        return ofTenant().and(text(WORKSPACE).in(workspaces));
    }

    /// Files with what the account had: its own, and those of the whole former account.
    private Condition exports() {
        return ofTenant()
                .and(text(ACCOUNT)
                        .eq(from.account().toString())
                        .or(field(name("is_whole"), Integer.class).eq(1)))
                .and(text("state").ne("failed"));
    }

    private Condition ofTenant() {
        return text("tenant_id").eq(from.tenant().toString());
    }

    private Condition own() {
        return ofTenant().and(text(ACCOUNT).eq(from.account().toString()));
    }

    /// Ends it, before the rows change their tenant.
    void end() {
        for (String table : List.of("membership_accounts", "membership_invitation_accounts", "recent_contexts")) {
            sql.deleteFrom(table(name(table))).where(own()).execute();
        }
        sql.deleteFrom(table(name("account_words"))).where(own()).execute();
        END.stream()
                .filter(FormerSide::isOfWorkspaces)
                .forEach(table ->
                        sql.deleteFrom(table(name(table))).where(ofWorkspace()).execute());
        sql.update(table(name("assistants")))
                .set(text("kind"), "rules")
                .setNull(ENDPOINT)
                .setNull(text("sealed_key"))
                .setNull(text("key_end"))
                .where(ofWorkspace(), ENDPOINT.isNotNull())
                .execute();
        // The job that deletes expired exports deletes their files.
        sql.update(table(name("account_exports")))
                .set(text("state"), "failed")
                .set(text("problem"), "The brand has moved to another account.")
                .set(field(name("expires_at"), Long.class), 0L)
                .where(exports())
                .execute();
    }
}
