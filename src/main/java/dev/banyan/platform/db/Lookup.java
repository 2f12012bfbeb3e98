package dev.banyan.platform.db;

import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.SelectLimitStep;
import org.jooq.impl.DSL;

/// Conditions on other rows, which the database is to look up by an index for each row.
public final class Lookup {

    private Lookup() {}

    /// The same as `NOT EXISTS`, which PostgreSQL turns into a join. While it takes the other rows for few, as in
    /// a queue that has just grown, that join reads all of them for each row: seven seconds for 6,000 messages.
    public static Condition findsNone(SelectLimitStep<Record1<Integer>> query) {
        return DSL.field(query.limit(DSL.inline(1))).isNull();
    }
}
