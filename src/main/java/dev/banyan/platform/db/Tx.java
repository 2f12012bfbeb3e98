package dev.banyan.platform.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.DSLContext;

/// One transaction. Operations receive it from [Database] and pass it to stores; only stores use [#sql].
public final class Tx {

    static final String NESTED = "A write inside a write would wait for itself";

    private final DSLContext sql;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean undone;

    Tx(DSLContext sql) {
        this.sql = sql;
    }

    public DSLContext sql() {
        return sql;
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
