package dev.banyan.platform.db;

import module java.base;
import dev.banyan.platform.AccountId;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;

/// One transaction. Operations receive it from [Database] and pass it to stores; only stores use [#sql].
public final class Tx {

    static final String NESTED = "A write inside a write would wait for itself";

    private final DSLContext sql;
    /// What the database must be told before the first statement, in one round trip with each other.
    private final List<String> beginning = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final boolean snapshot;
    private final Map<Object, Object> known;
    private Optional<AccountId> tenant = Optional.empty();
    private boolean undone;

    private Tx(DSLContext sql, boolean snapshot, Map<Object, Object> known) {
        this.sql = sql;
        this.snapshot = snapshot;
        this.known = known;
    }

    /// A transaction that sees one state of the data from its beginning to its end.
    ///
    /// @param known what others have asked for [#once] in the same state of the data
    static Tx reading(DSLContext sql, Map<Object, Object> known) {
        return new Tx(sql, true, known);
    }

    static Tx writing(DSLContext sql) {
        return new Tx(sql, false, new HashMap<>());
    }

    /// Returns what is asked for again and again, such as the session of a request: in a snapshot the answer
    /// stays the same, and where no other server writes until the next commit ([CommitCache]). Where something may
    /// be written, it is asked for each time.
    ///
    /// @param key a record of its own type, so that nobody else has the same; with the owner, if the answer
    ///     depends on one, and with the second, if it depends on the time
    /// @param work its result must be immutable
    public <K extends Record, T> T once(K key, Function<K, T> work) {
        return snapshot ? onceHere(key, work) : work.apply(key);
    }

    /// The same for what this transaction does not write itself: it is asked once in it, for all rows that it changes.
    public <K extends Record, T> T onceHere(K key, Function<K, T> work) {
        // Tests that listen want to hear each statement.
        if (sql.configuration().executeListenerProviders().length > 0) {
            return work.apply(key);
        }
        Object question = hidesRows() ? new Limited(tenant.orElseThrow(), key) : key;
        @SuppressWarnings("unchecked") // put in below, under a key that only this caller has
        T before = (T) known.get(question);
        if (before != null) {
            return before;
        }
        T found = work.apply(key);
        known.put(question, found);
        return found;
    }

    /// A question whose answer knows nothing of other tenants, even if it is about them.
    private record Limited(AccountId tenant, Record key) {}

    private boolean hidesRows() {
        return tenant.isPresent() && sql.family() == SQLDialect.POSTGRES;
    }

    /// Runs `statement` before the first one of a store.
    Tx beginningWith(String statement) {
        beginning.add(statement);
        return this;
    }

    /// Returns whether a statement changed the row that it is for; another transaction may have been faster.
    ///
    /// ```java
    /// return Tx.changed(sql.deleteFrom(ICONS).where(ICONS.ID.eq(id)));
    /// ```
    public static boolean changed(Query statement) {
        return statement.execute() == 1;
    }

    public DSLContext sql() {
        if (!beginning.isEmpty()) {
            String statements = String.join("; ", beginning);
            beginning.clear();
            sql.connection(connection -> {
                try (var statement = connection.createStatement()) { // not prepared: tenants differ
                    statement.execute(statements);
                }
            });
        }
        return sql;
    }

    /// Hides the rows of all other tenants from here on: on PostgreSQL, a statement that forgets its WHERE
    /// finds nothing of theirs (docs/decisions/0051). SQLite has nothing like it. May be called again for
    /// the same tenant.
    public void limitTo(AccountId only) {
        if (tenant.filter(only::equals).isPresent()) {
            return;
        }
        if (tenant.isPresent()) {
            throw new IllegalStateException("A transaction is limited to one tenant");
        }
        tenant = Optional.of(only);
        if (hidesRows()) {
            beginning.add("SET LOCAL banyan.tenant = '" + only + "'");
        }
    }

    /// Runs `action` once the transaction is committed, and never if it is not. For caches and sockets: short, and
    /// without I/O, because on SQLite the single writer waits for it.
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /// Rolls back everything that this transaction wrote, and still returns a result to the caller: for a refusal that
    /// is found only after something was written.
    public <T> T undone(T result) {
        undone = true;
        return result;
    }

    boolean isUndone() {
        return undone;
    }

    <T> T run(Function<Tx, T> work) {
        return Objects.requireNonNull(work.apply(this), "Work on the database must have a result");
    }

    List<Runnable> afterCommit() {
        return undone ? List.of() : afterCommit;
    }
}
