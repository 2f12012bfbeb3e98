package dev.banyan.analytics;

import static dev.banyan.schema.Tables.VISIT_DAYS;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// The counters of visits as they leave an account in a file, and come to another one.
final class VisitCopyStore extends Store {

    /// @param day days since 1970, UTC
    /// @param parts in their stored form
    record Row(Subject subject, int day, VisitCounts counts, String parts) {}

    private record Key(Subject subject, int day) {}

    VisitCopyStore(Tx tx) {
        super(tx);
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

    /// Adds rows to an account. The counts of days that it has already are added up; their parts become those of these
    /// rows, which [#withParts] prepares.
    void add(Owner owner, List<Row> rows) {
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
            insert.onConflict(VISIT_DAYS.TENANT_ID, VISIT_DAYS.ACCOUNT_ID, VISIT_DAYS.SUBJECT, VISIT_DAYS.DAY)
                    .doUpdate()
                    .set(VisitStore.DAY_COUNTERS.stream()
                            .collect(Collectors.toMap(count -> count, VisitCopyStore::more)))
                    .set(VISIT_DAYS.PARTS, DSL.excluded(VISIT_DAYS.PARTS))
                    .execute();
        }
    }

    private static Field<Long> more(Field<Long> count) {
        return count.plus(DSL.excluded(count));
    }

    private static String together(String one, String other) {
        Breakdown sum = Breakdown.parse(one);
        sum.addAll(Breakdown.parse(other));
        return sum.text();
    }

    /// Returns these rows with the parts that the account has on the same days, which stay as they are until the
    /// commit.
    List<Row> withParts(Owner owner, List<Row> rows) {
        List<String> subjects =
                rows.stream().map(row -> row.subject().key()).distinct().toList();
        List<Integer> days = rows.stream().map(Row::day).distinct().toList();
        Map<Key, String> there = RowLock.on(
                        sql.select(VISIT_DAYS.SUBJECT, VISIT_DAYS.DAY, VISIT_DAYS.PARTS)
                                .from(VISIT_DAYS)
                                .where(
                                        VISIT_DAYS.TENANT_ID.eq(owner.tenant()),
                                        VISIT_DAYS.ACCOUNT_ID.eq(owner.account()),
                                        VISIT_DAYS.SUBJECT.in(subjects),
                                        VISIT_DAYS.DAY.in(days)),
                        sql)
                .fetchMap(row -> new Key(new Subject(row.value1()), row.value2()), row -> row.value3());
        return rows.stream()
                .map(row -> Optional.ofNullable(there.get(new Key(row.subject(), row.day())))
                        .map(parts -> new Row(row.subject(), row.day(), row.counts(), together(parts, row.parts())))
                        .orElse(row))
                .toList();
    }
}
