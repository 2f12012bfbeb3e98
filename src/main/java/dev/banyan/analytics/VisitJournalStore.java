package dev.banyan.analytics;

import static dev.banyan.schema.Tables.VISIT_JOURNAL;

import module java.base;
import com.fasterxml.jackson.annotation.JsonFormat;
import dev.banyan.analytics.Counts.Key;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import org.jooq.impl.DSL;

/// Counters that are not in their daily rows yet. When a hundred thousand different short links are clicked at once,
/// updating a row per click would touch most pages of the table every second. Instead the counters are appended here,
/// which is as durable, and moved one shard at a time, so that some minutes of clicks on a short link are one update.
final class VisitJournalStore extends Store {

    static final int SHARDS = 512;

    private static final int ENTRIES_OF_A_ROW = 500;
    private static final int ROWS_AT_ONCE = 500;

    /// @param parts breakdowns of clicks: few different ones, shared by many short links
    private record Sums(List<String> parts, List<Entry> entries) {}

    /// @param subject of a short link
    /// @param people redirects of people
    /// @param toCount those that the short link has not counted itself
    /// @param bots redirects of bots
    /// @param lastMs time of the last one
    /// @param part index in the list of parts
    /// @param tokens of visitors
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private record Entry(
            String subject,
            int day,
            long people,
            long toCount,
            long bots,
            long lastMs,
            int part,
            Set<Integer> tokens) {}

    VisitJournalStore(Tx tx) {
        super(tx);
    }

    void append(Owner owner, Map<Key, Counts.Sum> sums) {
        boolean few = sums.size() <= ENTRIES_OF_A_ROW;
        int ofOwner = Math.floorMod(owner.account().hashCode(), SHARDS);
        Map<Integer, List<Map.Entry<Key, Counts.Sum>>> byShard = new HashMap<>();
        for (var one : sums.entrySet()) {
            int shard = few ? ofOwner : Math.floorMod(one.getKey().subject().hashCode(), SHARDS);
            byShard.computeIfAbsent(shard, _ -> new ArrayList<>()).add(one);
        }
        var insert = sql.batch(sql.insertInto(VISIT_JOURNAL)
                .columns(
                        VISIT_JOURNAL.SHARD,
                        VISIT_JOURNAL.ID,
                        VISIT_JOURNAL.TENANT_ID,
                        VISIT_JOURNAL.ACCOUNT_ID,
                        VISIT_JOURNAL.SUMS)
                .values((Integer) null, null, null, null, null));
        for (var shard : byShard.entrySet()) {
            List<Map.Entry<Key, Counts.Sum>> of = shard.getValue();
            for (int from = 0; from < of.size(); from += ENTRIES_OF_A_ROW) {
                insert = insert.bind(
                        shard.getKey(),
                        UUID.randomUUID().toString(),
                        owner.tenant(),
                        owner.account(),
                        written(of.subList(from, Math.min(of.size(), from + ENTRIES_OF_A_ROW))));
            }
        }
        insert.execute();
    }

    private static String written(List<Map.Entry<Key, Counts.Sum>> sums) {
        Map<String, Integer> parts = new LinkedHashMap<>();
        Map<Map<Dimension, String>, String> ofOneVisit = new HashMap<>();
        var entries = new ArrayList<Entry>(sums.size());
        for (var one : sums) {
            Counts.Sum sum = one.getValue();
            VisitCounts tally = sum.tally();
            entries.add(new Entry(
                    one.getKey().subject().key(),
                    one.getKey().day(),
                    tally.redirects(),
                    sum.uncounted(),
                    tally.bots(),
                    sum.lastMs(),
                    parts.computeIfAbsent(sum.partsText(ofOneVisit), _ -> parts.size()),
                    sum.visitors()));
        }
        return JsonDocument.write(new Sums(List.copyOf(parts.keySet()), entries));
    }

    /// Returns the first shard with rows, starting from this one.
    @AllTenants("a job processes the clicks of all tenants")
    Optional<Integer> next(int from) {
        return Optional.ofNullable(sql.select(DSL.min(VISIT_JOURNAL.SHARD))
                .from(VISIT_JOURNAL)
                .where(VISIT_JOURNAL.SHARD.ge(from))
                .fetchOne(DSL.min(VISIT_JOURNAL.SHARD)));
    }

    /// Removes the rows of a shard and returns them; those beyond the limit of one update stay.
    @AllTenants("each row carries its owner")
    Map<Owner, Map<Key, Counts.Sum>> take(int shard) {
        var rows = RowLock.on(
                        sql.select(
                                        VISIT_JOURNAL.ID,
                                        VISIT_JOURNAL.TENANT_ID,
                                        VISIT_JOURNAL.ACCOUNT_ID,
                                        VISIT_JOURNAL.SUMS)
                                .from(VISIT_JOURNAL)
                                .where(VISIT_JOURNAL.SHARD.eq(shard))
                                .orderBy(VISIT_JOURNAL.ID)
                                .limit(ROWS_AT_ONCE),
                        sql)
                .fetch();
        var sums = new HashMap<Owner, Map<Key, Counts.Sum>>();
        rows.forEach(row -> {
            Map<Key, Counts.Sum> of = sums.computeIfAbsent(
                    new Owner(row.get(VISIT_JOURNAL.TENANT_ID), row.get(VISIT_JOURNAL.ACCOUNT_ID)),
                    _ -> new HashMap<>());
            Sums read = JsonDocument.read(row.get(VISIT_JOURNAL.SUMS), Sums.class);
            List<Breakdown> parts = read.parts().stream().map(Breakdown::parse).toList();
            for (Entry entry : read.entries()) {
                of.computeIfAbsent(new Key(new Subject(entry.subject()), entry.day()), _ -> new Counts.Sum())
                        .addRedirects(
                                entry.people(),
                                entry.toCount(),
                                entry.bots(),
                                entry.lastMs(),
                                parts.get(entry.part()),
                                entry.tokens());
            }
        });
        sql.deleteFrom(VISIT_JOURNAL)
                .where(VISIT_JOURNAL.SHARD.eq(shard), VISIT_JOURNAL.ID.in(rows.getValues(VISIT_JOURNAL.ID)))
                .execute();
        return sums;
    }
}
