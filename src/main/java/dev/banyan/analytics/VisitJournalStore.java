package dev.banyan.analytics;

import static dev.banyan.schema.Tables.VISIT_JOURNAL;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.analytics.Counts.Key;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// What is counted but not yet in its row of the day. When a crowd follows a hundred thousand different short links, a
/// row changed for each click would touch most pages of the table every second. Instead their sums are appended here,
/// which is as safe, and moved a shard at a time, a minute's clicks of a short link in one change.
final class VisitJournalStore {

    static final int SHARDS = 512;

    /// One more click on a sum is a change of its own; those with more are worth their row at once.
    static final int MOST_EVENTS = 4;

    private static final int ENTRIES_OF_A_ROW = 500;
    private static final int ROWS_AT_ONCE = 500;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};

    /// @param s the subject
    /// @param d the day
    /// @param r redirects of people
    /// @param c those of them that the short link has not counted
    /// @param b those of machines
    /// @param at when the last was, in milliseconds
    /// @param p how they split
    /// @param v tokens of visitors
    private record Entry(String s, int d, long r, long c, long b, long at, String p, Set<Integer> v) {}

    private final DSLContext sql;

    VisitJournalStore(Tx tx) {
        this.sql = tx.sql();
    }

    void append(Owner owner, Map<Key, Counts.Sum> sums) {
        boolean few = sums.size() <= ENTRIES_OF_A_ROW;
        int ofOwner = Math.floorMod(owner.account().hashCode(), SHARDS);
        Map<Integer, List<Entry>> byShard = new HashMap<>();
        sums.forEach((key, sum) -> {
            int shard = few ? ofOwner : Math.floorMod(key.subject().hashCode(), SHARDS);
            byShard.computeIfAbsent(shard, _ -> new ArrayList<>()).add(entry(key, sum));
        });
        var insert = sql.batch(sql.insertInto(VISIT_JOURNAL)
                .columns(
                        VISIT_JOURNAL.SHARD,
                        VISIT_JOURNAL.ID,
                        VISIT_JOURNAL.TENANT_ID,
                        VISIT_JOURNAL.ACCOUNT_ID,
                        VISIT_JOURNAL.SUMS)
                .values((Integer) null, null, null, null, null));
        for (var shard : byShard.entrySet()) {
            List<Entry> entries = shard.getValue();
            for (int from = 0; from < entries.size(); from += ENTRIES_OF_A_ROW) {
                insert = insert.bind(
                        shard.getKey(),
                        UUID.randomUUID().toString(),
                        owner.tenant(),
                        owner.account(),
                        write(entries.subList(from, Math.min(entries.size(), from + ENTRIES_OF_A_ROW))));
            }
        }
        insert.execute();
    }

    private static Entry entry(Key key, Counts.Sum sum) {
        Tally tally = sum.tally();
        return new Entry(
                key.subject().key(),
                key.day(),
                tally.redirects(),
                sum.uncounted(),
                tally.bots(),
                sum.lastMs(),
                sum.parts().text(),
                sum.visitors());
    }

    private static String write(List<Entry> entries) {
        try {
            return JSON.writeValueAsString(entries);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("Words and numbers can be written", impossible);
        }
    }

    /// The first shard from this one on that has something.
    Optional<Integer> next(int from) {
        return Optional.ofNullable(sql.select(DSL.min(VISIT_JOURNAL.SHARD))
                .from(VISIT_JOURNAL)
                .where(VISIT_JOURNAL.SHARD.ge(from))
                .fetchOne(DSL.min(VISIT_JOURNAL.SHARD)));
    }

    /// Takes what a shard has out of the journal; what is too much for one change stays.
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
            for (Entry entry : read(row.get(VISIT_JOURNAL.SUMS))) {
                of.computeIfAbsent(new Key(new Subject(entry.s()), entry.d()), _ -> new Counts.Sum())
                        .addRedirects(entry.r(), entry.c(), entry.b(), entry.at(), Parts.parse(entry.p()), entry.v());
            }
        });
        sql.deleteFrom(VISIT_JOURNAL)
                .where(VISIT_JOURNAL.SHARD.eq(shard), VISIT_JOURNAL.ID.in(rows.getValues(VISIT_JOURNAL.ID)))
                .execute();
        return sums;
    }

    private static List<Entry> read(String entries) {
        try {
            return JSON.readValue(entries, ENTRIES);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The journal of visits cannot be read", broken);
        }
    }
}
