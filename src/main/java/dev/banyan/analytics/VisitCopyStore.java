package dev.banyan.analytics;

import static dev.banyan.schema.Tables.VISIT_DAYS;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// The counters of visits as they leave an account in a file, and come to another one.
final class VisitCopyStore {

    /// @param day days since 1970, UTC
    /// @param parts in their stored form
    record Row(Subject subject, int day, VisitCounts counts, String parts) {}

    private final DSLContext sql;

    VisitCopyStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Returns the rows of an account, the newest days first.
    ///
    /// @param after the last row of the previous part
    List<Row> list(Owner owner, Optional<Row> after, int limit) {
        Condition rest = after.map(row -> VISIT_DAYS
                        .DAY
                        .lt(row.day())
                        .or(VISIT_DAYS
                                .DAY
                                .eq(row.day())
                                .and(VISIT_DAYS.SUBJECT.gt(row.subject().key()))))
                .orElseGet(DSL::noCondition);
        return sql.selectFrom(VISIT_DAYS)
                .where(VISIT_DAYS.TENANT_ID.eq(owner.tenant()), VISIT_DAYS.ACCOUNT_ID.eq(owner.account()), rest)
                .orderBy(VISIT_DAYS.DAY.desc(), VISIT_DAYS.SUBJECT)
                .limit(limit)
                .fetch(row -> new Row(
                        new Subject(row.get(VISIT_DAYS.SUBJECT)),
                        row.get(VISIT_DAYS.DAY),
                        new VisitCounts(
                                row.get(VISIT_DAYS.VIEWS),
                                row.get(VISIT_DAYS.CLICKS),
                                row.get(VISIT_DAYS.UNLOCKS),
                                row.get(VISIT_DAYS.REDIRECTS),
                                row.get(VISIT_DAYS.BOTS),
                                row.get(VISIT_DAYS.VISITORS)),
                        row.get(VISIT_DAYS.PARTS)));
    }

    /// Adds rows to an account that has none of these.
    void insert(Owner owner, List<Row> rows) {
        var insert = sql.insertInto(
                VISIT_DAYS,
                VISIT_DAYS.TENANT_ID,
                VISIT_DAYS.ACCOUNT_ID,
                VISIT_DAYS.SUBJECT,
                VISIT_DAYS.DAY,
                VISIT_DAYS.VIEWS,
                VISIT_DAYS.CLICKS,
                VISIT_DAYS.UNLOCKS,
                VISIT_DAYS.REDIRECTS,
                VISIT_DAYS.BOTS,
                VISIT_DAYS.VISITORS,
                VISIT_DAYS.PARTS,
                VISIT_DAYS.SKETCH);
        for (Row row : rows) {
            VisitCounts counts = row.counts();
            insert = insert.values(
                    owner.tenant(),
                    owner.account(),
                    row.subject().key(),
                    row.day(),
                    counts.views(),
                    counts.clicks(),
                    counts.unlocks(),
                    counts.redirects(),
                    counts.bots(),
                    counts.visitors(),
                    row.parts(),
                    "");
        }
        if (!rows.isEmpty()) {
            insert.execute();
        }
    }
}
