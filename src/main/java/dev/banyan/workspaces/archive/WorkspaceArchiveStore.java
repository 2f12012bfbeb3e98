package dev.banyan.workspaces.archive;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Language;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;

/// The rows of one workspace as stored in an archive: by column, without the tenant. Leaves out secrets, links and
/// everything that belongs to numbers.
public final class WorkspaceArchiveStore extends Store {

    private static final int AT_ONCE = 500;
    private static final Set<String> WHOSE = Set.of("tenant_id", "sub_client_id");
    /// The lengths of columns that a later migration made longer; the generated code has the first ones.
    private static final Map<Field<?>, Integer> LONGER = Map.of(CONTACTS.PHONE, 180, SUB_CLIENT_USERS.USERNAME, 64);

    /// A table; the list is in the order of their dependencies.
    ///
    /// @param order columns that give its rows a fixed order
    /// @param leftOut columns that are never exported
    private record Part(Table<?> table, List<Field<?>> order, Set<String> leftOut) {}

    private static final Map<String, Part> PARTS = parts();

    private final boolean hashes;

    public WorkspaceArchiveStore(Tx tx) {
        this(tx, true);
    }

    /// @param hashes whether to read users' password hashes as well
    WorkspaceArchiveStore(Tx tx, boolean hashes) {
        super(tx);
        this.hashes = hashes;
    }

    private static Map<String, Part> parts() {
        var parts = new LinkedHashMap<String, Part>();
        for (Part part : List.of(
                // A file proves nothing about an address.
                new Part(SUB_CLIENT_USERS, List.of(SUB_CLIENT_USERS.ID), Set.of("email_proved_at", "email_proved_by")),
                new Part(CONTACTS, List.of(CONTACTS.ID), Set.of()),
                new Part(CONVERSATIONS, List.of(CONVERSATIONS.ID), Set.of()),
                new Part(INBOX_THREADS, List.of(INBOX_THREADS.CONVERSATION_ID), Set.of("sender_id")),
                new Part(THREAD_TAGS, List.of(THREAD_TAGS.CONVERSATION_ID, THREAD_TAGS.TAG), Set.of()),
                new Part(MESSAGES, List.of(MESSAGES.CONVERSATION_ID, MESSAGES.POSITION), Set.of("outgoing_id")),
                new Part(ATTACHMENTS, List.of(ATTACHMENTS.ID), Set.of("path")),
                new Part(CANNED_REPLIES, List.of(CANNED_REPLIES.ID), Set.of()),
                new Part(ASSISTANTS, List.of(ASSISTANTS.SUB_CLIENT_ID), Set.of("sealed_key")),
                new Part(ASSISTANT_RULES, List.of(ASSISTANT_RULES.POSITION, ASSISTANT_RULES.ID), Set.of()),
                new Part(
                        CONVERSATION_WORDS,
                        List.of(CONVERSATION_WORDS.CONVERSATION_ID, CONVERSATION_WORDS.WORD),
                        Set.of()))) {
            parts.put(part.table().getName(), part);
        }
        return parts;
    }

    /// The names of the tables in the order in which to read them.
    @AllTenants("only names of tables, no rows")
    static List<String> tables() {
        return List.copyOf(PARTS.keySet());
    }

    /// Reads all rows of a table as maps of columns to whole numbers, booleans and texts; empty columns are left out.
    public void read(AccountId tenant, WorkspaceId workspace, String table, Consumer<Map<String, Object>> row) {
        Part part = part(table);
        List<Field<?>> columns = columns(part).stream()
                .filter(column -> hashes || !column.equals(SUB_CLIENT_USERS.PASSWORD_HASH))
                .toList();
        try (Cursor<Record> rows = sql.select(columns)
                .from(part.table())
                .where(field(part.table(), "tenant_id", AccountId.class).eq(tenant))
                .and(field(part.table(), "sub_client_id", WorkspaceId.class).eq(workspace))
                .orderBy(part.order())
                .fetchSize(AT_ONCE)
                .fetchLazy()) {
            for (Record found : rows) {
                var values = new LinkedHashMap<String, Object>();
                for (Field<?> column : columns) {
                    Object value = found.get(column);
                    if (value != null) {
                        values.put(column.getName(), written(value));
                    }
                }
                row.accept(values);
            }
        }
    }

    private static Object written(Object value) {
        return switch (value) {
            case Instant time -> time.toEpochMilli();
            case Number _, Boolean _ -> value;
            default -> value.toString();
        };
    }

    public Map<String, String> files(AccountId tenant, WorkspaceId workspace) {
        return sql.select(ATTACHMENTS.ID, ATTACHMENTS.PATH)
                .from(ATTACHMENTS)
                .where(ATTACHMENTS.TENANT_ID.eq(tenant), ATTACHMENTS.SUB_CLIENT_ID.eq(workspace))
                .fetchMap(row -> row.value1().toString(), row -> row.value2());
    }

    /// Returns a workspace's appearance by column.
    public Map<String, Object> look(AccountId tenant, WorkspaceId workspace) {
        var look = new LinkedHashMap<String, Object>();
        sql.select(
                        SUB_CLIENTS.NAME,
                        SUB_CLIENTS.DESCRIPTION,
                        SUB_CLIENTS.PATHNAME,
                        SUB_CLIENTS.REGISTRATION_ENABLED,
                        SUB_CLIENTS.WELCOME_TEXT,
                        SUB_CLIENTS.LANGUAGE,
                        SUB_CLIENTS.BRAND_COLOR,
                        SUB_CLIENTS.MARK_LETTERS)
                .from(SUB_CLIENTS)
                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.ID.eq(workspace))
                .fetchOptional()
                .ifPresent(found -> Arrays.stream(found.fields())
                        .filter(column -> found.get(column) != null)
                        .forEach(column -> look.put(column.getName(), found.get(column))));
        return look;
    }

    public void setLook(
            AccountId tenant,
            WorkspaceId workspace,
            boolean registration,
            Optional<String> welcome,
            Optional<String> color,
            Optional<String> letters,
            Language language) {
        sql.update(SUB_CLIENTS)
                .set(SUB_CLIENTS.REGISTRATION_ENABLED, registration)
                .set(SUB_CLIENTS.WELCOME_TEXT, welcome.orElse(null))
                .set(SUB_CLIENTS.BRAND_COLOR, color.orElse(null))
                .set(SUB_CLIENTS.MARK_LETTERS, letters.orElse(null))
                .set(SUB_CLIENTS.LANGUAGE, language.code)
                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.ID.eq(workspace))
                .execute();
    }

    /// Inserts a row from an archive with its new ids.
    ///
    /// @param more columns that archives don't have
    /// @return why it can't be inserted; empty on success
    public Optional<String> insert(
            AccountId tenant, WorkspaceId workspace, String table, Map<String, Object> row, Map<String, Object> more) {
        Part part = part(table);
        var values = new HashMap<Field<?>, Object>();
        values.put(field(part.table(), "tenant_id", AccountId.class), tenant);
        values.put(field(part.table(), "sub_client_id", WorkspaceId.class), workspace);
        more.forEach(
                (name, value) -> values.put(Objects.requireNonNull(part.table().field(name)), value));
        for (Field<?> column : columns(part)) {
            Object value = row.get(column.getName());
            if (value != null
                    && !(table.equals(SUB_CLIENT_USERS.getName())
                            && column.getName().equals("id"))) {
                Optional<Object> fitting = fitting(column, value);
                if (fitting.isEmpty()) {
                    return Optional.of(column.getName() + " has an invalid value");
                }
                values.put(column, fitting.get());
            }
        }
        try {
            sql.insertInto(part.table()).set(values).execute();
            return Optional.empty();
        } catch (DataAccessException failure) {
            return Optional.of("the database rejected it");
        }
    }

    private static Optional<Object> fitting(Field<?> column, Object value) {
        Class<?> type = column.getType();
        if (column.getConverter().fromType() == String.class) {
            int most = LONGER.getOrDefault(column, column.getDataType().length());
            return value instanceof String text
                            && (most == 0 || text.codePointCount(0, text.length()) <= most)
                            && text.indexOf(0) < 0
                    ? Optional.of(text)
                    : Optional.empty();
        }
        if (type == Boolean.class) {
            return value instanceof Boolean ? Optional.of(value) : Optional.empty();
        }
        if (!(value instanceof Long number)) {
            return Optional.empty();
        }
        if (type == Instant.class) {
            return Optional.of(Instant.ofEpochMilli(number));
        }
        if (type == Integer.class) {
            return number.intValue() == number ? Optional.of(number.intValue()) : Optional.empty();
        }
        return Optional.of(number);
    }

    /// Returns the number that the database assigned to a user.
    public Optional<Integer> userByEmail(AccountId tenant, WorkspaceId workspace, String email) {
        return sql.select(SUB_CLIENT_USERS.ID)
                .from(SUB_CLIENT_USERS)
                .where(
                        SUB_CLIENT_USERS.TENANT_ID.eq(tenant),
                        SUB_CLIENT_USERS.SUB_CLIENT_ID.eq(workspace),
                        SUB_CLIENT_USERS.EMAIL.eq(email))
                .fetchOptional(SUB_CLIENT_USERS.ID);
    }

    private static Part part(String table) {
        return Objects.requireNonNull(PARTS.get(table), table);
    }

    private static List<Field<?>> columns(Part part) {
        return Arrays.<Field<?>>stream(part.table().fields())
                .filter(column ->
                        !WHOSE.contains(column.getName()) && !part.leftOut().contains(column.getName()))
                .toList();
    }

    /// Returns a column; columns of the same name have the same type in all tables.
    @SuppressWarnings("unchecked")
    private static <T> Field<T> field(Table<?> table, String name, Class<T> type) {
        Field<?> found = Objects.requireNonNull(table.field(name), name);
        if (found.getType() != type) {
            throw new IllegalStateException(table.getName() + "." + name + " is no " + type);
        }
        return (Field<T>) found;
    }
}
