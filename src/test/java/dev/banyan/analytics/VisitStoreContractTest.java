package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.analytics.RecentEvents.Kind;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class VisitStoreContractTest {

    private static final LocalDate DATE = LocalDate.parse("2026-11-20");
    private static final int DAY = (int) DATE.toEpochDay();
    private static final long MS_OF_DAY = 86_400_000;
    private static final long AT = DAY * MS_OF_DAY;

    private final Database database;
    private final Owner owner;
    private final Owner brand;
    private final Owner stranger;

    VisitStoreContractTest(Database database) {
        this.database = database;
        AccountContext agency = StoredAccounts.agency(database);
        this.owner = agency.owner();
        this.brand = StoredAccounts.brandOf(database, agency).owner();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).owner();
    }

    @Test
    void whatIsWantedAndErasedIsTheAccountsOwn() {
        for (Owner one : List.of(owner, brand)) {
            Counts counts = views(one, DAY, 0, 1);
            counts.remember(Kind.VIEW, new RecentEvents.Entry(AT, "page", "", "203.0.113.0", "Chrome", ""));
            add(one, counts);
        }

        database.write(tx -> {
            new VisitStore(tx).setReported(owner, false, DAY);
            new VisitStore(tx).swept(owner, DAY);
            return owner;
        });

        assertThat(isReported(owner)).isFalse();
        assertThat(isReported(brand)).isTrue();
        database.write(tx -> {
            new VisitStore(tx).setReported(owner, true, DAY);
            return owner;
        });
        assertThat(isReported(owner)).isTrue();
        for (int i = 0; i < 9; i++) { // a limited number of rows at a time
            write(store -> store.deleteSome(owner, 9));
        }
        assertThat(tally(owner, Subject.PAGES, DATE)).isEqualTo(VisitCounts.NOTHING);
        assertThat(tally(brand, Subject.PAGES, DATE).views()).isEqualTo(1);
        assertThat(read(store -> store.recent(owner, Kind.VIEW)).entries()).isEmpty();
        assertThat(read(store -> store.recent(brand, Kind.VIEW)).entries()).hasSize(1);
    }

    @Test
    void theTotalsOfATenantAreItsOwn() {
        for (Owner one : List.of(owner, brand, stranger)) {
            add(one, views(one, DAY, 0, 2));
        }
        database.write(tx -> {
            var totals = new TenantVisitStore.Totals();
            totals.add(owner.tenant(), Map.of(DAY, new VisitCounts(4, 1, 0, 0, 0, 4)));
            totals.add(stranger.tenant(), Map.of(DAY, new VisitCounts(2, 0, 0, 0, 0, 2)));
            new TenantVisitStore(tx).add(totals);
            return owner;
        });

        assertThat(totals(owner)).containsExactly(4L);
        assertThat(totals(stranger)).containsExactly(2L);
        assertThat(this.<Map<AccountId, Long>>ofTenant(store -> store.mostViewed(owner.tenant(), DATE, DATE, 5)))
                .isEqualTo(Map.of(owner.account(), 2L, brand.account(), 2L));
        List<AccountId> both = List.of(brand.account(), stranger.account());
        assertThat(this.<Map<AccountId, Map<LocalDate, Long>>>ofTenant(
                        store -> store.views(owner.tenant(), both, DATE, DATE)))
                .isEqualTo(Map.of(brand.account(), Map.of(DATE, 2L)));

        database.write(tx -> {
            new TenantVisitStore(tx).deleteBefore(owner.tenant(), DAY + 1);
            return owner;
        });
        assertThat(totals(owner)).isEmpty();
        assertThat(totals(stranger)).containsExactly(2L);
    }

    private List<Long> totals(Owner whose) {
        return ofTenant(store -> store.days(whose.tenant(), DATE, DATE).stream()
                .map(day -> day.tally().views())
                .toList());
    }

    private <T> T ofTenant(Function<TenantVisitStore, T> work) {
        return database.read(tx -> work.apply(new TenantVisitStore(tx)));
    }

    private boolean isReported(Owner whose) {
        return database.<Boolean>read(tx -> new ReportStore(tx).isReported(whose));
    }

    private boolean claims(int week) {
        return database.<Boolean>write(
                tx -> new ReportStore(tx).claimReport(owner, week).isPresent());
    }

    private static Counts views(Owner owner, int day, int from, int count) {
        var counts = new Counts(ZoneOffset.UTC);
        for (int visitor = from; visitor < from + count; visitor++) {
            int token = UniqueVisitors.token(visitor * 0x9E3779B97F4A7C15L);
            counts.add(
                    new Event.PageView(owner, "page"),
                    day * MS_OF_DAY,
                    false,
                    token,
                    Map.of(Dimension.DEVICE, "Phone"));
        }
        return counts;
    }

    private void add(Owner to, Counts counts) {
        database.write(tx -> {
            new VisitStore(tx).add(to, counts, counts.sums());
            return to;
        });
    }

    private <T> T read(Function<VisitStore, T> work) {
        return database.read(tx -> work.apply(new VisitStore(tx)));
    }

    private <T> T write(Function<VisitStore, T> work) {
        return database.write(tx -> work.apply(new VisitStore(tx)));
    }

    private VisitCounts tally(Owner of, Subject subject, LocalDate date) {
        return read(store -> store.days(of, subject, date, date)).stream()
                .map(VisitStore.Day::tally)
                .reduce(VisitCounts.NOTHING, VisitCounts::plus);
    }

    @Test
    void whatComesLaterIsAdded() {
        add(owner, views(owner, DAY, 0, 10));
        add(owner, views(owner, DAY, 5, 10));
        var clicks = new Counts(ZoneOffset.UTC);
        clicks.add(new Event.LinkClick(owner, "page", "link"), AT, false, 0, Map.of());
        clicks.add(new Event.LinkClick(owner, "page", "link"), AT, true, 0, Map.of());
        clicks.add(new Event.LinkUnlock(owner, "page", "link"), AT, false, 0, Map.of());
        clicks.add(new Event.Redirect(owner, "short", "b", false), AT, false, 7, Map.of());
        add(owner, clicks);

        assertThat(tally(owner, Subject.PAGES, DATE)).isEqualTo(new VisitCounts(20, 1, 1, 0, 1, 15));
        assertThat(tally(owner, Subject.page("page"), DATE)).isEqualTo(new VisitCounts(20, 1, 1, 0, 1, 15));
        assertThat(tally(owner, Subject.SHORT_LINKS, DATE)).isEqualTo(new VisitCounts(0, 0, 0, 1, 0, 1));
        assertThat(tally(owner, Subject.shortLink("short"), DATE)).isEqualTo(new VisitCounts(0, 0, 0, 1, 0, 1));
        Breakdown parts = read(store -> store.parts(owner, Subject.PAGES, DATE, DATE));
        assertThat(parts.count(Dimension.DEVICE, "Phone")).isEqualTo(20);
        Map<LocalDate, Breakdown> days = read(store -> store.partsByDay(owner, Subject.PAGES, DATE, DATE.plusDays(1)));
        assertThat(days.keySet()).containsExactly(DATE);
        assertThat(days.getOrDefault(DATE, new Breakdown()).count(Dimension.DEVICE, "Phone"))
                .isEqualTo(20);
        assertThat(parts.count(Dimension.LINK, "link")).isEqualTo(1);
        assertThat(clicks.linkClicks())
                .containsExactly(Map.entry("link", new ClickCounters.Clicks(1, Instant.ofEpochMilli(AT))));
        assertThat(this.<VisitCounts>read(store -> store.total(owner))).isEqualTo(new VisitCounts(20, 1, 1, 1, 1, 15));
    }

    @Test
    void sumsWrittenAtOnceLoseNothing() {
        AtOnce.run(8, number -> {
            add(owner, views(owner, DAY, number * 5, 10));
            return number;
        });

        assertThat(tally(owner, Subject.PAGES, DATE)).isEqualTo(new VisitCounts(80, 0, 0, 0, 0, 45));
        Breakdown parts = read(store -> store.parts(owner, Subject.PAGES, DATE, DATE));
        assertThat(parts.count(Dimension.DEVICE, "Phone")).isEqualTo(80);
    }

    @Test
    void daysAndAccountsStayApart() {
        add(owner, views(owner, DAY, 0, 1));
        add(owner, views(owner, DAY - 1, 0, 2));
        add(brand, views(brand, DAY, 0, 4));
        add(stranger, views(stranger, DAY, 0, 8));

        assertThat(tally(owner, Subject.PAGES, DATE).views()).isEqualTo(1);
        assertThat(this.<List<LocalDate>>read(
                        store -> store.days(owner, Subject.PAGES, DATE.minusDays(5), DATE).stream()
                                .map(VisitStore.Day::date)
                                .toList()))
                .containsExactly(DATE.minusDays(1), DATE);
        assertThat(this.<Map<AccountId, VisitCounts>>read(store -> store.accounts(
                        owner.tenant(),
                        List.of(owner.account(), brand.account(), stranger.account()),
                        Subject.PAGES,
                        DATE,
                        DATE)))
                .containsOnlyKeys(owner.account(), brand.account());
        assertThat(this.<Map<String, VisitCounts>>read(
                        store -> store.pages(owner, Set.of("page", "other"), DATE, DATE)))
                .containsOnlyKeys("page");
        assertThat(this.<Map<String, VisitCounts>>read(store ->
                        store.pages(new Owner(owner.tenant(), stranger.account()), Set.of("page"), DATE, DATE)))
                .isEmpty();
    }

    @Test
    void manySubjectsAtOnceAreAllThere() {
        var counts = new Counts(ZoneOffset.UTC);
        for (int i = 0; i < 1_300; i++) {
            counts.add(new Event.Redirect(owner, "short-" + i, "", false), AT, false, i, Map.of());
        }
        add(owner, counts);

        assertThat(tally(owner, Subject.SHORT_LINKS, DATE).redirects()).isEqualTo(1_300);
        assertThat(tally(owner, Subject.shortLink("short-1299"), DATE).redirects())
                .isEqualTo(1);
        Breakdown parts = read(store -> store.parts(owner, Subject.SHORT_LINKS, DATE, DATE));
        assertThat(parts.top(Dimension.SHORT_LINK, 10_000)).hasSize(Dimension.SHORT_LINK.most);
    }

    @Test
    void theLastHundredEventsAreKeptAndTheLastHalfHourIsCounted() {
        long now = DATE.toEpochDay() * 86_400_000L + 50_000_000L;
        for (int round = 0; round < 3; round++) {
            var counts = new Counts(ZoneOffset.UTC);
            for (int i = 0; i < 60; i++) {
                long at = now - 60_000L * (180 - round * 60 - i);
                counts.remember(Kind.VIEW, new RecentEvents.Entry(at, "page", "", "203.0.113.0", "Chrome", ""));
            }
            counts.add(new Event.PageView(owner, "page"), AT, false, 1, Map.of());
            add(owner, counts);
        }

        RecentEvents recent = read(store -> store.recent(owner, Kind.VIEW));
        assertThat(recent.entries()).hasSize(RecentEvents.MOST);
        assertThat(recent.entries().getFirst().atMs()).isEqualTo(now - 60_000L);
        assertThat(recent.entries()).isSortedAccordingTo((one, other) -> Long.compare(other.atMs(), one.atMs()));
        assertThat(this.<Long>read(store -> store.live(owner, now))).isEqualTo(29);
        assertThat(this.<Long>read(store -> store.live(owner, now + 3_600_000L)))
                .isZero();
        assertThat(this.<Long>read(store -> store.live(stranger, now))).isZero();
    }

    @Test
    void whatIsOldGoesInPartsAndSumsStay() {
        for (int day = DAY - 9; day <= DAY; day++) {
            add(owner, views(owner, day, 0, 3));
        }

        assertThat(this.<Integer>write(store -> store.deleteBefore(owner, DAY - 4, 6)))
                .isEqualTo(6);
        assertThat(this.<Integer>write(store -> store.deleteBefore(owner, DAY - 4, 100)))
                .isEqualTo(4);
        assertThat(this.<List<VisitStore.Day>>read(store -> store.days(owner, Subject.PAGES, DATE.minusDays(30), DATE)))
                .hasSize(5);
        assertThat(this.<Integer>write(store -> store.deleteSome(owner, 1_000))).isEqualTo(10);
        assertThat(this.<Integer>write(store -> store.deleteSome(owner, 1_000))).isZero();
        assertThat(read(store -> store.total(owner)).views()).isEqualTo(30);
    }

    @Test
    void aDayThatIsOverForgetsWhatToldItsVisitorsApart() {
        add(owner, views(owner, DAY - 1, 0, 3));
        add(owner, views(owner, DAY, 0, 3));
        database.write(tx -> {
            new VisitStore(tx).forgetSketches(owner, DAY);
            return owner;
        });

        add(owner, views(owner, DAY, 0, 3));

        assertThat(tally(owner, Subject.PAGES, DATE).visitors()).isEqualTo(3);
        assertThat(tally(owner, Subject.PAGES, DATE.minusDays(1)).visitors()).isEqualTo(3);
    }

    @Test
    void aWeekIsReportedOnceWhoeverAsks() {
        add(owner, views(owner, DAY, 0, 1));
        int week = ReportStore.weekOf(DAY) + 1;

        List<Boolean> claimed = AtOnce.run(6, _ -> claims(week));

        assertThat(claimed).containsOnlyOnce(true);
    }

    @Test
    void whoWantsNoReportGetsNoneUntilTheySaySo() {
        int week = ReportStore.weekOf(DAY) + 1;
        database.write(tx -> {
            new VisitStore(tx).setReported(owner, false, DAY);
            return owner;
        });
        add(owner, views(owner, DAY, 0, 1));

        assertThat(isReported(owner)).isFalse();
        assertThat(claims(week)).isFalse();
    }

    @Test
    void aSaltIsTheSameForAllUntilItsDayIsOver() {
        String first = database.write(tx -> new SaltStore(tx).saltOf(DAY, "one"));
        String second = database.write(tx -> new SaltStore(tx).saltOf(DAY, "two"));
        database.<Integer>write(tx -> new SaltStore(tx).forgetBefore(DAY + 1));
        String third = database.write(tx -> new SaltStore(tx).saltOf(DAY, "three"));

        assertThat(second).isEqualTo(first);
        assertThat(third).isEqualTo("three");
    }

    @Test
    void whatIsJournalledComesOutOnceAndWhole() {
        var counts = new Counts(ZoneOffset.UTC);
        for (int i = 0; i < 1_200; i++) {
            counts.add(
                    new Event.Redirect(owner, "short-" + i, "b", false),
                    AT + i,
                    false,
                    i,
                    Map.of(Dimension.DEVICE, "Phone"));
            counts.add(new Event.Redirect(owner, "short-" + i, "b", true), AT, i % 2 == 0, i, Map.of());
        }
        Map<Counts.Key, Counts.Sum> sparse = counts.sparse();
        assertThat(sparse).hasSize(1_200);
        assertThat(counts.without(sparse)).hasSize(1);
        database.<Integer>write(tx -> {
            new VisitJournalStore(tx).append(owner, sparse);
            return 0;
        });

        var taken = new HashMap<Counts.Key, Counts.Sum>();
        for (var shard = next(0); shard.isPresent(); shard = next(shard.get() + 1)) {
            int number = shard.get();
            taken.putAll(database.<Map<Owner, Map<Counts.Key, Counts.Sum>>>write(
                            tx -> new VisitJournalStore(tx).take(number))
                    .get(owner));
        }

        assertThat(next(0)).isEmpty();
        assertThat(taken).hasSize(1_200);
        Counts.Sum odd = Objects.requireNonNull(taken.get(new Counts.Key(Subject.shortLink("short-7"), DAY)));
        assertThat(odd.tally()).isEqualTo(new VisitCounts(0, 0, 0, 2, 0, 0));
        assertThat(odd.uncounted()).isEqualTo(1);
        assertThat(odd.lastMs()).isEqualTo(AT + 7);
        assertThat(odd.visitors()).containsExactly(7);
        assertThat(odd.parts().count(Dimension.DEVICE, "Phone")).isEqualTo(1);
        assertThat(odd.parts().count(Dimension.VARIANT, "b")).isEqualTo(2);
        Counts.Sum even = Objects.requireNonNull(taken.get(new Counts.Key(Subject.shortLink("short-8"), DAY)));
        assertThat(even.tally()).isEqualTo(new VisitCounts(0, 0, 0, 1, 1, 0));
    }

    private Optional<Integer> next(int from) {
        return database.read(tx -> new VisitJournalStore(tx).next(from));
    }
}
