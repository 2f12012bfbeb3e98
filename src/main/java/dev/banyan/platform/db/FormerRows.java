package dev.banyan.platform.db;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import module java.base;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.schema.DefaultSchema;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Query;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// What a move takes from the side that a sub-account leaves, kept for as long as the move can be undone: rows that end
/// ([FormerSide]), and columns that lose what they open. Undoing puts them back as they were, whatever the other side
/// has entered meanwhile, so that nothing of it opens or receives anything.
public final class FormerRows extends Store {

    /// What is not put back: people sign in again, and the files of exports are gone.
    static final Set<String> FOR_GOOD =
            Set.of("workspace_sessions", "workspace_sso_attempts", "workspace_sso_sessions");

    /// Columns that are put back, by table.
    static final Map<String, List<String>> COLUMNS = columns();

    /// A column that is unique within another one: where its value was given away meanwhile, it stays as it is.
    private static final Map<String, Map.Entry<String, String>> UNIQUE = Map.of(
            "sub_client_users", Map.entry("email", "sub_client_id"),
            "sub_clients", Map.entry("whatsapp_client_id", "tenant_id"),
            "whatsapp_connections", Map.entry("name", "tenant_id"));

    private static final TypeReference<Map<String, Object>> ROW = new TypeReference<>() {};
    private static final Table<?> KEPT = table(name("account_move_rows"));
    private static final Field<String> MOVE = text("move_id");
    private static final Field<Integer> NUMBER = field(name("number"), Integer.class);
    private static final Field<String> TABLE = text("table_name");
    private static final Field<String> CONTENT = text("content");
    private static final Field<Long> ENDS_AT = field(name("ends_at"), Long.class);
    private static final Field<String> TENANT = text("tenant_id");
    private static final Field<String> ID = text("id");
    private static final Field<String> BRAND = text("brand_account_id");
    private static final String OTHERS = "others";
    private static final int AT_ONCE = 1_000;

    private final Owner owner;

    /// @param owner the sub-account with the tenant that it leaves, or has come back to
    public FormerRows(Tx tx, Owner owner) {
        super(tx);
        this.owner = owner;
    }

    private static Map<String, List<String>> columns() {
        var columns = new LinkedHashMap<String, List<String>>();
        columns.put(
                "accounts", List.of("internal_label", "notes", "notify", "suspends_at", "is_kept", "is_manager_shown"));
        columns.put("assistants", List.of("kind", "endpoint", "model", "sealed_key", "key_end"));
        columns.put("senders", List.of("brand_account_id"));
        columns.put(
                "sub_client_users", List.of("email", "email_proved_at", "email_proved_by", "password_hash", "role"));
        columns.put("sub_clients", List.of("whatsapp_client_id"));
        columns.put(
                "webhook_endpoints",
                List.of(
                        "url",
                        "events",
                        "secret",
                        "old_secret",
                        "old_secret_ends_at",
                        "is_active",
                        "off_reason",
                        "set_up_by_identity_id",
                        "set_up_by_key_id"));
        columns.put("whatsapp_connections", List.of("name", "url", "hook_url", "sealed_credentials"));
        return columns;
    }

    private static Field<String> text(String column) {
        return field(name(column), String.class);
    }

    /// Keeps what the move is about to take.
    ///
    /// @param to the side that gets the sub-account
    /// @param endsAt when the move can no longer be undone
    public void keep(UUID move, AccountId to, TenantRows.Numbers numbers, Instant endsAt) {
        var count = new AtomicInteger();
        wheres(to, numbers).forEach((table, where) -> {
            List<Query> inserts = sql.select().from(table(name(table))).where(where).fetch().stream()
                    .map(row -> JsonDocument.write(row.intoMap()))
                    .<Query>map(content -> sql.insertInto(KEPT)
                            .set(MOVE, move.toString())
                            .set(NUMBER, count.incrementAndGet())
                            .set(TENANT, owner.tenant().toString())
                            .set(TABLE, table)
                            .set(CONTENT, content)
                            .set(ENDS_AT, endsAt.toEpochMilli()))
                    .toList();
            run(inserts);
        });
    }

    /// Which rows the move takes or empties, by table.
    private Map<String, Condition> wheres(AccountId to, TenantRows.Numbers numbers) {
        Condition ofTenant = TENANT.eq(owner.tenant().toString());
        Condition own = ofTenant.and(text("account_id").eq(owner.account().toString()));
        Condition ofWorkspace = ofTenant.and(text("sub_client_id").in(workspaces(own)));
        var wheres = new LinkedHashMap<String, Condition>();
        // Readers who are left without a sub-account are removed.
        wheres.put(
                "memberships",
                ofTenant.and(field(name("is_read_only"), Integer.class).eq(1))
                        .and(text("scope").eq("listed"))
                        .and(text("identity_id")
                                .in(select(text("identity_id"))
                                        .from(table(name("membership_accounts")))
                                        .where(own))));
        FormerSide.END.stream()
                .sorted()
                .filter(table -> !FOR_GOOD.contains(table))
                .forEach(table -> {
                    Table<?> ending = DefaultSchema.DEFAULT_SCHEMA.getTable(table);
                    wheres.put(
                            table,
                            ending.field("sub_client_id") != null
                                    ? ofWorkspace
                                    : ending.field("account_id") != null
                                            ? own
                                            : ofTenant.and(text("sender_id").in(numbers.senders())));
                });
        wheres.put("accounts", ofTenant.and(ID.eq(owner.account().toString())));
        wheres.put("assistants", ofWorkspace);
        wheres.put("domains", TenantRows.repeatedHosts(owner, to));
        Set<String> staying = numbers.staying().keySet();
        wheres.put(
                "senders",
                ofTenant.and(BRAND.eq(owner.account().toString()))
                        .and(ID.in(staying).or(text("master_id").in(staying))));
        wheres.put("sub_client_users", ofWorkspace);
        wheres.put(
                "sub_clients",
                ofTenant.and(ID.in(workspaces(own)))
                        .and(text("whatsapp_client_id").in(staying)));
        wheres.put("webhook_endpoints", own);
        wheres.put("whatsapp_connections", ofTenant.and(ID.in(numbers.connections())));
        return wheres;
    }

    private static Select<Record1<String>> workspaces(Condition own) {
        return select(ID)
                .from(table(name("sub_clients")))
                .where(text("project_id")
                        .in(select(ID).from(table(name("projects"))).where(own)));
    }

    /// Puts back what the move took. To be called when all rows have their former tenant again.
    public void putBack(UUID move) {
        boolean isPostgres = sql.family() == SQLDialect.POSTGRES;
        sql.execute(isPostgres ? "SET CONSTRAINTS ALL DEFERRED" : "PRAGMA defer_foreign_keys = ON");
        OptionalInt last = putBack(move, 0);
        while (last.isPresent()) {
            last = putBack(move, last.getAsInt());
        }
        if (isPostgres) {
            sql.execute("SET CONSTRAINTS ALL IMMEDIATE");
        } else {
            sql.execute("PRAGMA defer_foreign_keys = OFF");
        }
        sql.deleteFrom(KEPT).where(of(move)).execute();
    }

    private Condition of(UUID move) {
        return TENANT.eq(owner.tenant().toString()).and(MOVE.eq(move.toString()));
    }

    /// Puts back some of the rows, in the order in which they were kept.
    ///
    /// @return the number of the last one; empty if there is none left
    private OptionalInt putBack(UUID move, int after) {
        var kept = sql.select(NUMBER, TABLE, CONTENT)
                .from(KEPT)
                .where(of(move), NUMBER.gt(after))
                .orderBy(NUMBER)
                .limit(AT_ONCE)
                .fetch();
        var first = new ArrayList<Query>();
        var then = new ArrayList<Query>();
        kept.forEach(row -> {
            String table = row.value2();
            Map<String, Object> content = JsonDocument.read(row.value3(), ROW);
            if (COLUMNS.containsKey(table)) {
                update(table, content).ifPresent(first::add);
                unique(table, content).ifPresent(then::add);
            } else {
                first.add(insert(DefaultSchema.DEFAULT_SCHEMA.getTable(table), content));
            }
        });
        run(first);
        run(then);
        return kept.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(kept.getLast().value1());
    }

    private void run(List<Query> queries) {
        for (int from = 0; from < queries.size(); from += AT_ONCE) {
            sql.batch(queries.subList(from, Math.min(queries.size(), from + AT_ONCE)))
                    .execute();
        }
    }

    /// Inserts a row, if what it belongs to is still there.
    private Query insert(Table<?> table, Map<String, Object> row) {
        List<String> columns = Stream.of(table.fields())
                .map(Field::getName)
                .filter(column -> row.get(column) != null)
                .toList();
        var there = new ArrayList<Condition>();
        table.getReferences().forEach(key -> isThere(key, row).ifPresent(there::add));
        if (row.get("sender_id") instanceof String sender) { // which the schema of SQLite alone says
            there.add(exists(selectOne()
                    .from(table(name("senders")))
                    .where(TENANT.eq(owner.tenant().toString()), ID.eq(sender))));
        }
        return sql.insertInto(
                        table(name(table.getName())),
                        columns.stream().map(column -> field(name(column))).toList())
                .select(select(columns.stream()
                                .map(column -> val(Objects.requireNonNull(row.get(column))))
                                .toList())
                        .where(there))
                .onConflictDoNothing();
    }

    private static Optional<Condition> isThere(ForeignKey<?, ?> key, Map<String, Object> row) {
        var same = new ArrayList<Condition>();
        for (int i = 0; i < key.getFields().size(); i++) {
            @Nullable Object value = row.get(key.getFields().get(i).getName());
            if (value == null) {
                return Optional.empty(); // belongs to nothing
            }
            same.add(is(key.getKeyFields().get(i).getName(), value));
        }
        return Optional.of(exists(
                selectOne().from(table(name(key.getKey().getTable().getName()))).where(same)));
    }

    private static Condition is(String column, Object value) {
        return field(name(column)).eq(val(value));
    }

    private Optional<Query> update(String named, Map<String, Object> row) {
        Table<?> table = DefaultSchema.DEFAULT_SCHEMA.getTable(named);
        var values = new LinkedHashMap<Field<?>, Object>();
        for (String column : COLUMNS.getOrDefault(named, List.of())) {
            Field<?> known = Objects.requireNonNull(table.field(column));
            if (!isUnique(named, column)) {
                @Nullable Object value = row.get(column);
                values.put(field(name(column)), value == null ? val(null, known.getDataType()) : val(value));
            } else if (column.equals("email")) { // an address that was entered meanwhile opens nothing
                values.put(field(name(column)), val("removed-" + row.get("id") + "@former.invalid"));
            }
        }
        // A number may work for another brand by now.
        Condition free = named.equals("senders") ? BRAND.isNull() : noCondition();
        return Optional.of(values)
                .filter(some -> !some.isEmpty())
                .map(some -> sql.update(table(name(named))).set(some).where(same(named, row), free));
    }

    private static boolean isUnique(String table, String column) {
        return UNIQUE.containsKey(table) && UNIQUE.get(table).getKey().equals(column);
    }

    private Optional<Query> unique(String named, Map<String, Object> row) {
        return Optional.ofNullable(UNIQUE.get(named)).map(unique -> {
            Field<String> column = text(unique.getKey());
            String value = string(row, unique.getKey());
            return sql.update(table(name(named)))
                    .set(column, value)
                    .where(
                            same(named, row),
                            notExists(selectOne()
                                    .from(table(name(named)).as(OTHERS))
                                    .where(
                                            field(name(OTHERS, unique.getValue()), String.class)
                                                    .eq(string(row, unique.getValue())),
                                            field(name(OTHERS, unique.getKey()), String.class)
                                                    .eq(value))));
        });
    }

    private Condition same(String table, Map<String, Object> row) {
        String key = table.equals("assistants") ? "sub_client_id" : "id";
        return TENANT.eq(owner.tenant().toString()).and(is(key, Objects.requireNonNull(row.get(key))));
    }

    private static String string(Map<String, Object> row, String column) {
        return Objects.requireNonNull(row.get(column)).toString();
    }

    /// Forgets what can no longer be put back.
    @AllTenants("a job deletes what has expired")
    public static int forget(Tx tx, Instant now) {
        return tx.sql()
                .deleteFrom(KEPT)
                .where(MOVE.in(select(MOVE)
                        .from(KEPT)
                        .where(ENDS_AT.le(now.toEpochMilli()))
                        .limit(1)))
                .execute();
    }
}
