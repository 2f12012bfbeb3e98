package dev.banyan.analytics;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.analytics.Counts.Key;
import dev.banyan.analytics.RecentEvents.Kind;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/// Stores counters of visits: a row for each subject and day, the totals of accounts, and the latest events.
final class VisitStore extends Store {

    private static final int AT_ONCE = 500;
    static final int DAYS_OF_WEEK = 7;

    /// One day of one subject.
    record Day(LocalDate date, VisitCounts tally) {}

    private record Known(Breakdown parts, UniqueVisitors sketch) {
        static final Known NOTHING = new Known(new Breakdown(), UniqueVisitors.EMPTY);
    }

    /// The counters of a day, in the order of [VisitCounts].
    static final List<TableField<?, Long>> DAY_COUNTERS = List.of(
            VISIT_DAYS.VIEWS,
            VISIT_DAYS.CLICKS,
            VISIT_DAYS.UNLOCKS,
            VISIT_DAYS.REDIRECTS,
            VISIT_DAYS.BOTS,
            VISIT_DAYS.VISITORS);

    /// The totals of an account, in the same order.
    private static final List<TableField<?, Long>> TOTALS = List.of(
            VISIT_ACCOUNTS.VIEWS,
            VISIT_ACCOUNTS.CLICKS,
            VISIT_ACCOUNTS.UNLOCKS,
            VISIT_ACCOUNTS.REDIRECTS,
            VISIT_ACCOUNTS.BOTS,
            VISIT_ACCOUNTS.VISITORS);

    VisitStore(Tx tx) {
        super(tx);
    }

    /// Adds counters.
    ///
    /// @param sums the counters that are not postponed
    /// @return the totals of each day, for [TenantVisitStore]
    Map<Integer, VisitCounts> add(Owner owner, Counts counts, Map<Key, Counts.Sum> sums) {
        var days = new TreeMap<Integer, VisitCounts>();
        VisitCounts sum = addAll(owner, sums, days);
        int day = counts.sums().keySet().stream()
                .filter(key -> key.subject().isOfAll())
                .mapToInt(Key::day)
                .max()
                .orElse(0);
        addToAccount(owner, sum, day);
        counts.recent().forEach((kind, recent) -> addRecent(owner, kind, recent));
        return days;
    }

    /// Adds counters whose account totals are stored already.
    void addShortLinks(Owner owner, Map<Key, Counts.Sum> sums) {
        addAll(owner, sums, new TreeMap<>());
    }

    /// @param days receives the totals of each day
    private VisitCounts addAll(Owner owner, Map<Key, Counts.Sum> sums, Map<Integer, VisitCounts> days) {
        VisitCounts sum = VisitCounts.NOTHING;
        List<Map.Entry<Key, Counts.Sum>> all =
                sums.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            sum = sum.plus(addSome(owner, all.subList(from, Math.min(all.size(), from + AT_ONCE)), days));
        }
        return sum;
    }

    /// @return the total; visitors are those of all pages
    private VisitCounts addSome(Owner owner, List<Map.Entry<Key, Counts.Sum>> some, Map<Integer, VisitCounts> days) {
        List<Key> keys = some.stream().map(Map.Entry::getKey).toList();
        Map<Key, Known> known = known(owner, keys);
        List<Key> missing = keys.stream().filter(key -> !known.containsKey(key)).toList();
        if (!missing.isEmpty()) {
            insertEmpty(owner, missing);
            if (isSharedWithOthers()) {
                known.putAll(known(owner, missing));
            }
        }
        var sum = VisitCounts.NOTHING;
        BatchBindStep update = sql.batch(sql.update(VISIT_DAYS)
                .set(VISIT_DAYS.VIEWS, VISIT_DAYS.VIEWS.plus(number(VISIT_DAYS.VIEWS)))
                .set(VISIT_DAYS.CLICKS, VISIT_DAYS.CLICKS.plus(number(VISIT_DAYS.CLICKS)))
                .set(VISIT_DAYS.UNLOCKS, VISIT_DAYS.UNLOCKS.plus(number(VISIT_DAYS.UNLOCKS)))
                .set(VISIT_DAYS.REDIRECTS, VISIT_DAYS.REDIRECTS.plus(number(VISIT_DAYS.REDIRECTS)))
                .set(VISIT_DAYS.BOTS, VISIT_DAYS.BOTS.plus(number(VISIT_DAYS.BOTS)))
                .set(VISIT_DAYS.VISITORS, number(VISIT_DAYS.VISITORS))
                .set(VISIT_DAYS.PARTS, later(VISIT_DAYS.PARTS))
                .set(VISIT_DAYS.SKETCH, later(VISIT_DAYS.SKETCH))
                .where(
                        VISIT_DAYS.TENANT_ID.eq(later(VISIT_DAYS.TENANT_ID)),
                        VISIT_DAYS.ACCOUNT_ID.eq(later(VISIT_DAYS.ACCOUNT_ID)),
                        VISIT_DAYS.SUBJECT.eq(later(VISIT_DAYS.SUBJECT)),
                        VISIT_DAYS.DAY.eq(later(VISIT_DAYS.DAY))));
        for (var one : some) {
            Key key = one.getKey();
            Known before = known.getOrDefault(key, Known.NOTHING);
            VisitCounts more = one.getValue().tally();
            var parts = new Breakdown();
            parts.addAll(before.parts());
            parts.addAll(one.getValue().parts());
            UniqueVisitors sketch = before.sketch().with(one.getValue().visitors());
            if (key.subject().isOfAll()) {
                long newVisitors = key.subject().equals(Subject.PAGES)
                        ? Math.max(0, sketch.count() - before.sketch().count())
                        : 0;
                VisitCounts added = more.plus(new VisitCounts(0, 0, 0, 0, 0, newVisitors));
                sum = sum.plus(added);
                days.merge(key.day(), added, VisitCounts::plus);
            }
            update = update.bind(
                    more.views(),
                    more.clicks(),
                    more.unlocks(),
                    more.redirects(),
                    more.bots(),
                    Math.max(sketch.count(), before.sketch().count()),
                    parts.text(),
                    sketch.text(),
                    owner.tenant(),
                    owner.account(),
                    key.subject().key(),
                    key.day());
        }
        update.execute();
        return sum;
    }

    private static Field<Long> number(Field<Long> like) {
        return DSL.val((Long) null, like);
    }

    private boolean isSharedWithOthers() {
        return sql.dialect().family() != org.jooq.SQLDialect.SQLITE;
    }

    /// Locks the rows, so that the update starts from the values read here.
    private Map<Key, Known> known(Owner owner, List<Key> keys) {
        var known = new HashMap<Key, Known>();
        Map<Integer, List<String>> byDay = new HashMap<>();
        keys.forEach(key -> byDay.computeIfAbsent(key.day(), _ -> new ArrayList<>())
                .add(key.subject().key()));
        byDay.forEach((day, subjects) -> RowLock.on(
                        sql.select(VISIT_DAYS.SUBJECT, VISIT_DAYS.PARTS, VISIT_DAYS.SKETCH, VISIT_DAYS.VISITORS)
                                .from(VISIT_DAYS)
                                .where(of(owner), VISIT_DAYS.DAY.eq(day), VISIT_DAYS.SUBJECT.in(subjects))
                                .orderBy(VISIT_DAYS.SUBJECT),
                        sql)
                .forEach(row -> known.put(
                        new Key(new Subject(row.value1()), day),
                        new Known(Breakdown.parse(row.value2()), new UniqueVisitors(row.value3(), row.value4())))));
        return known;
    }

    private void insertEmpty(Owner owner, List<Key> keys) {
        BatchBindStep insert = sql.batch(sql.insertInto(VISIT_DAYS)
                .set(VISIT_DAYS.TENANT_ID, later(VISIT_DAYS.TENANT_ID))
                .set(VISIT_DAYS.ACCOUNT_ID, later(VISIT_DAYS.ACCOUNT_ID))
                .set(VISIT_DAYS.SUBJECT, later(VISIT_DAYS.SUBJECT))
                .set(VISIT_DAYS.DAY, later(VISIT_DAYS.DAY))
                .set(VISIT_DAYS.VIEWS, DSL.inline(0L))
                .set(VISIT_DAYS.CLICKS, DSL.inline(0L))
                .set(VISIT_DAYS.UNLOCKS, DSL.inline(0L))
                .set(VISIT_DAYS.REDIRECTS, DSL.inline(0L))
                .set(VISIT_DAYS.BOTS, DSL.inline(0L))
                .set(VISIT_DAYS.VISITORS, DSL.inline(0L))
                .set(VISIT_DAYS.PARTS, DSL.inline(""))
                .set(VISIT_DAYS.SKETCH, DSL.inline(""))
                .onConflictDoNothing());
        for (Key key : keys) {
            insert = insert.bind(owner.tenant(), owner.account(), key.subject().key(), key.day());
        }
        insert.execute();
    }

    /// Whether the account gets the weekly report.
    void setReported(Owner owner, boolean isReported, int day) {
        addToAccount(owner, VisitCounts.NOTHING, day);
        sql.update(VISIT_ACCOUNTS)
                .set(VISIT_ACCOUNTS.IS_REPORTED, isReported)
                .where(is(owner))
                .execute();
    }

    /// @param day the newest of these visits
    void addToAccount(Owner owner, VisitCounts more, int day) {
        Map<Field<Long>, Long> totals = new LinkedHashMap<>();
        Map<Field<Long>, Field<Long>> added = new LinkedHashMap<>();
        long[] counts = {more.views(), more.clicks(), more.unlocks(), more.redirects(), more.bots(), more.visitors()};
        for (int i = 0; i < TOTALS.size(); i++) {
            totals.put(TOTALS.get(i), counts[i]);
            added.put(TOTALS.get(i), TOTALS.get(i).plus(counts[i]));
        }
        sql.insertInto(VISIT_ACCOUNTS)
                .set(VISIT_ACCOUNTS.ACCOUNT_ID, owner.account())
                .set(VISIT_ACCOUNTS.TENANT_ID, owner.tenant())
                .set(totals)
                .set(VISIT_ACCOUNTS.SWEPT_DAY, day)
                .set(VISIT_ACCOUNTS.IS_REPORTED, true)
                .set(VISIT_ACCOUNTS.REPORTED_WEEK, ReportStore.weekOf(day))
                .set(VISIT_ACCOUNTS.REPORT_KEY, Digests.newToken())
                .onConflict(VISIT_ACCOUNTS.ACCOUNT_ID)
                .doUpdate()
                .set(added)
                .execute();
    }

    private void addRecent(Owner owner, Kind kind, RecentEvents newer) {
        RecentEvents all = recent(owner, kind, true).plus(newer);
        sql.insertInto(VISIT_RECENT)
                .set(VISIT_RECENT.TENANT_ID, owner.tenant())
                .set(VISIT_RECENT.ACCOUNT_ID, owner.account())
                .set(VISIT_RECENT.KIND, kind.key())
                .set(VISIT_RECENT.EVENTS, all.entriesText())
                .set(VISIT_RECENT.MINUTES, all.minutesText())
                .onConflict(VISIT_RECENT.TENANT_ID, VISIT_RECENT.ACCOUNT_ID, VISIT_RECENT.KIND)
                .doUpdate()
                .set(VISIT_RECENT.EVENTS, DSL.excluded(VISIT_RECENT.EVENTS))
                .set(VISIT_RECENT.MINUTES, DSL.excluded(VISIT_RECENT.MINUTES))
                .execute();
    }

    RecentEvents recent(Owner owner, Kind kind) {
        return recent(owner, kind, false);
    }

    private RecentEvents recent(Owner owner, Kind kind, boolean toChange) {
        var select = sql.select(VISIT_RECENT.EVENTS, VISIT_RECENT.MINUTES)
                .from(VISIT_RECENT)
                .where(recentOf(owner), VISIT_RECENT.KIND.eq(kind.key()));
        return (toChange ? RowLock.on(select, sql) : select)
                .fetchOptional(row -> RecentEvents.parse(row.value1(), row.value2()))
                .orElse(new RecentEvents(List.of(), Map.of()));
    }

    /// Returns how many people there were in the last half hour.
    long live(Owner owner, long nowMs) {
        return sql.fetchValues(VISIT_RECENT.MINUTES, recentOf(owner)).stream()
                .mapToLong(minutes -> RecentEvents.parse("[]", minutes).inLastMinutes(nowMs))
                .sum();
    }

    /// Returns the days with visits, oldest first.
    List<Day> days(Owner owner, Subject subject, LocalDate from, LocalDate until) {
        return sql.select(VISIT_DAYS.DAY)
                .select(DAY_COUNTERS)
                .from(VISIT_DAYS)
                .where(of(owner), VISIT_DAYS.SUBJECT.eq(subject.key()), between(from, until))
                .orderBy(VISIT_DAYS.DAY)
                .fetch(row -> new Day(LocalDate.ofEpochDay(row.get(VISIT_DAYS.DAY)), tally(row, 1)));
    }

    /// Returns the breakdown of these days.
    Breakdown parts(Owner owner, Subject subject, LocalDate from, LocalDate until) {
        var parts = new Breakdown();
        sql.fetchValues(
                        VISIT_DAYS.PARTS,
                        of(owner).and(VISIT_DAYS.SUBJECT.eq(subject.key())).and(between(from, until)))
                .forEach(text -> parts.addAll(Breakdown.parse(text)));
        return parts;
    }

    /// Returns the breakdown of each of these days; those without visits are left out.
    Map<LocalDate, Breakdown> partsByDay(Owner owner, Subject subject, LocalDate from, LocalDate until) {
        return sql.select(VISIT_DAYS.DAY, VISIT_DAYS.PARTS)
                .from(VISIT_DAYS)
                .where(of(owner), VISIT_DAYS.SUBJECT.eq(subject.key()), between(from, until))
                .fetchMap(row -> LocalDate.ofEpochDay(row.value1()), row -> Breakdown.parse(row.value2()));
    }

    /// Returns the counters of each page by id.
    Map<String, VisitCounts> pages(Owner owner, Collection<String> ids, LocalDate from, LocalDate until) {
        var found = new HashMap<String, VisitCounts>();
        List<String> subjects = ids.stream().map(id -> Subject.page(id).key()).toList();
        for (int at = 0; at < subjects.size(); at += AT_ONCE) {
            sums(
                            VISIT_DAYS.SUBJECT,
                            of(owner)
                                    .and(VISIT_DAYS.SUBJECT.in(
                                            subjects.subList(at, Math.min(subjects.size(), at + AT_ONCE)))),
                            from,
                            until)
                    .forEach((subject, tally) -> found.put(subject.substring(Subject.PAGE_PREFIX.length()), tally));
        }
        return found;
    }

    /// Returns the counters of each account for a subject.
    Map<AccountId, VisitCounts> accounts(
            AccountId tenant, Collection<AccountId> accounts, Subject subject, LocalDate from, LocalDate until) {
        List<AccountId> all = List.copyOf(accounts);
        var found = new HashMap<AccountId, VisitCounts>();
        for (int at = 0; at < all.size(); at += AT_ONCE) {
            found.putAll(sums(
                    VISIT_DAYS.ACCOUNT_ID,
                    VISIT_DAYS
                            .TENANT_ID
                            .eq(tenant)
                            .and(VISIT_DAYS.ACCOUNT_ID.in(all.subList(at, Math.min(all.size(), at + AT_ONCE))))
                            .and(VISIT_DAYS.SUBJECT.eq(subject.key())),
                    from,
                    until));
        }
        return found;
    }

    private <K> Map<K, VisitCounts> sums(Field<K> by, Condition those, LocalDate from, LocalDate until) {
        return sql.select(by)
                .select(DAY_COUNTERS.stream().map(DSL::sum).toList())
                .from(VISIT_DAYS)
                .where(those, between(from, until))
                .groupBy(by)
                .fetchMap(row -> row.get(by), row -> tally(row, 1));
    }

    /// Returns the lifetime total of an account; zero if there is none.
    VisitCounts total(Owner owner) {
        return sql.select(TOTALS)
                .from(VISIT_ACCOUNTS)
                .where(is(owner))
                .fetchOptional(row -> tally(row, 0))
                .orElse(VisitCounts.NOTHING);
    }

    /// Returns the accounts whose old days were last checked before that day.
    @AllTenants("a job deletes old rows of all tenants")
    List<Owner> unswept(int before, int limit) {
        return due(VISIT_ACCOUNTS.SWEPT_DAY, before, limit);
    }

    /// Returns accounts for which something of each day or week is not done yet, the oldest first.
    @AllTenants("jobs do it for all tenants")
    List<Owner> due(TableField<?, Integer> done, int before, int limit) {
        return sql.select(VISIT_ACCOUNTS.TENANT_ID, VISIT_ACCOUNTS.ACCOUNT_ID)
                .from(VISIT_ACCOUNTS)
                .where(done.lt(before))
                .orderBy(done, VISIT_ACCOUNTS.ACCOUNT_ID)
                .limit(limit)
                .fetch(row -> new Owner(row.value1(), row.value2()));
    }

    void swept(Owner owner, int day) {
        sql.update(VISIT_ACCOUNTS)
                .set(VISIT_ACCOUNTS.SWEPT_DAY, day)
                .where(is(owner))
                .execute();
    }

    /// Deletes the sketches of unique visitors of past days, which no longer change.
    void forgetSketches(Owner owner, int before) {
        sql.update(VISIT_DAYS)
                .set(VISIT_DAYS.SKETCH, "")
                .where(
                        of(owner),
                        VISIT_DAYS.DAY.lt(before),
                        VISIT_DAYS.DAY.ge(before - DAYS_OF_WEEK),
                        VISIT_DAYS.SKETCH.ne(""))
                .execute();
    }

    /// @return how many rows were deleted
    int deleteBefore(Owner owner, int day, int most) {
        return delete(owner, VISIT_DAYS.DAY.lt(day), most);
    }

    /// Deletes all data of an account except its totals.
    ///
    /// @return how many rows were deleted
    int deleteSome(Owner owner, int most) {
        int days = delete(owner, DSL.noCondition(), most);
        return days > 0
                ? days
                : sql.deleteFrom(VISIT_RECENT).where(recentOf(owner)).execute();
    }

    private int delete(Owner owner, Condition those, int most) {
        var some = sql.select(VISIT_DAYS.DAY, VISIT_DAYS.SUBJECT)
                .from(VISIT_DAYS)
                .where(of(owner), those)
                .orderBy(VISIT_DAYS.DAY, VISIT_DAYS.SUBJECT)
                .limit(most)
                .fetch();
        var byDay = new HashMap<Integer, List<String>>();
        some.forEach(row ->
                byDay.computeIfAbsent(row.value1(), _ -> new ArrayList<>()).add(row.value2()));
        int deleted = 0;
        for (var day : byDay.entrySet()) {
            deleted += sql.deleteFrom(VISIT_DAYS)
                    .where(of(owner), VISIT_DAYS.DAY.eq(day.getKey()), VISIT_DAYS.SUBJECT.in(day.getValue()))
                    .execute();
        }
        return deleted;
    }

    private static Condition of(Owner owner) {
        return VISIT_DAYS.TENANT_ID.eq(owner.tenant()).and(VISIT_DAYS.ACCOUNT_ID.eq(owner.account()));
    }

    private static Condition between(LocalDate from, LocalDate until) {
        return VISIT_DAYS.DAY.between((int) from.toEpochDay(), (int) until.toEpochDay());
    }

    static Condition is(Owner owner) {
        return VISIT_ACCOUNTS.TENANT_ID.eq(owner.tenant()).and(VISIT_ACCOUNTS.ACCOUNT_ID.eq(owner.account()));
    }

    private static Condition recentOf(Owner owner) {
        return VISIT_RECENT.TENANT_ID.eq(owner.tenant()).and(VISIT_RECENT.ACCOUNT_ID.eq(owner.account()));
    }

    /// @param first where the counters begin in the row
    @AllTenants("reads a row that was found for its owner")
    static VisitCounts tally(Record row, int first) {
        return new VisitCounts(
                row.get(first, Long.class),
                row.get(first + 1, Long.class),
                row.get(first + 2, Long.class),
                row.get(first + 3, Long.class),
                row.get(first + 4, Long.class),
                row.get(first + 5, Long.class));
    }
}
