package dev.banyan.siblings;

import module java.base;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;

/// Counts the changes of statements.
final class Statements implements ExecuteListener {

    private long changed;
    private long inserted;
    private boolean conditional;

    long changed() {
        return changed;
    }

    long inserted() {
        return inserted;
    }

    boolean onlyInserts() {
        return !conditional;
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        conditional |= isConditional(context);
        count(
                context,
                Arrays.stream(context.batchRows()).filter(rows -> rows > 0).sum());
    }

    /// Counts the rows of `RETURNING`.
    @Override
    public void resultEnd(ExecuteContext context) {
        if (context.rows() <= 0 && context.result() != null) {
            count(context, context.result().size());
        }
    }

    private void count(ExecuteContext context, long rows) {
        String statement = sql(context);
        if (statement.startsWith("insert") && !isConditional(context)) {
            inserted += rows;
        } else if (!statement.startsWith("select")) {
            changed += rows;
        }
    }

    /// Returns whether a statement has conditions; plain inserts and upserts have none. A batch may be empty.
    private static boolean isConditional(ExecuteContext context) {
        String statement = sql(context);
        return !statement.isEmpty() && !statement.startsWith("insert")
                || statement.contains(" where ")
                || statement.contains(" select ");
    }

    private static String sql(ExecuteContext context) {
        String statement = context.sql();
        if (statement == null) {
            return String.join(";", context.batchSQL()).toLowerCase(Locale.ROOT).strip();
        }
        return statement.toLowerCase(Locale.ROOT).strip();
    }
}
