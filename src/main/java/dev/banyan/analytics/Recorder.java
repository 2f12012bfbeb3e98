package dev.banyan.analytics;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Accounts;
import dev.banyan.analytics.Counts.DayThere;
import dev.banyan.analytics.Counts.Key;
import dev.banyan.analytics.Events.RecordedEvent;
import dev.banyan.analytics.RecentEvents.Kind;
import dev.banyan.analytics.VisitReader.VisitFacts;
import dev.banyan.platform.Owner;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.Tx;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Stores the events of visitors: parses their details, aggregates them, and writes the counters several times a
/// second. A clean stop writes everything; a power failure loses at most the last second.
@Singleton
public final class Recorder {
    /// A crash loses the events since the last write and those of the write in progress: together less than a second.
    private static final Duration EVERY = Duration.ofMillis(400);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(100);
    private static final int EVENTS_AT_ONCE = 4_096;
    private static final int ROWS_AT_ONCE = 1_000;
    /// Number of failures after which counters that cannot be stored are dropped, because the account may have been
    /// erased. Failures because the database is unavailable don't count.
    private static final int MOST_FAILURES = 5;
    private static final int MOST_ACCOUNTS_WAITING = 100_000;
    /// Above this number of rows per write, those of single short links go to the [VisitJournalStore].
    private static final int CROWD = 400;

    private static final Duration WARM_AT_LAST = Duration.ofSeconds(30);
    private static final String NOTHING = new UUID(0, 0).toString();
    private static final Visit REHEARSED = new Visit(
            "127.0.0.1",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
            "https://example.com/",
            "en");

    /// The order in which rows are locked, so that two nodes never deadlock.
    private static final Comparator<Owner> BY_ACCOUNT = Comparator.comparing(
                    (Owner owner) -> owner.tenant().toString())
            .thenComparing(owner -> owner.account().toString());

    private final Database database;
    private final Events events;
    private final VisitReader reader;
    private final VisitBacklog backlog;
    private final ClickCounts clickCounters;
    private final PageDays days;
    private final Counter lost;
    private final RepeatedFailures failures;

    private Map<Owner, Counts> sums = new HashMap<>();
    private final Clock clock;
    private final CountDownLatch warm = new CountDownLatch(1);
    private volatile boolean isOver;

    Recorder(
            Database database,
            Events events,
            VisitReader reader,
            VisitBacklog backlog,
            ClickCounts clickCounters,
            PageDays days,
            Clock clock,
            MeterRegistry registry) {
        this.clock = clock;
        this.failures = new RepeatedFailures(Recorder.class, clock);
        this.database = database;
        this.events = events;
        this.reader = reader;
        this.backlog = backlog;
        this.clickCounters = clickCounters;
        this.days = days;
        this.lost = Counter.builder("banyan.visits.lost")
                .description("Accounts whose counters could not be written")
                .register(registry);
    }

    /// Starts the background work with a warm-up.
    ///
    /// @param anybody any account; empty if there is none yet
    public void begin(Optional<Owner> anybody) {
        Thread.ofPlatform().daemon().name("visits").start(() -> {
            rehearse(anybody);
            warm.countDown();
            work();
        });
    }

    /// Waits until events are stored within a second.
    public void awaitWarm() {
        try {
            if (!warm.await(WARM_AT_LAST.toSeconds(), TimeUnit.SECONDS)) {
                Log.warn("The first visits may be counted late");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Counts an invented visit and rolls it back. The first visit loads thousands of patterns and code that has never
    /// run; a crash in these seconds would lose all events that arrive meanwhile.
    private void rehearse(Optional<Owner> anybody) {
        try {
            long now = clock.millis();
            VisitFacts seen = reader.read(REHEARSED, now, Counts.dayOf(now, ZoneOffset.UTC));
            anybody.ifPresent(owner -> database.write(tx -> {
                var counts = new Counts(ZoneOffset.UTC);
                for (Event event : List.of(
                        new Event.PageView(owner, NOTHING),
                        new Event.LinkClick(owner, NOTHING, NOTHING),
                        new Event.Redirect(owner, NOTHING, "", false))) {
                    counts.add(event, now, false, seen.token(), seen.details());
                    remember(counts, event, now, seen);
                }
                write(tx, owner, counts, false);
                return tx.undone(owner);
            }));
        } catch (RuntimeException failure) {
            Log.warnf("The first visits may be counted late: %s", failure.getMessage());
        }
    }

    private void work() {
        long nextWrite = System.nanoTime() + EVERY.toNanos();
        while (!isOver) {
            try {
                Thread.sleep(LOOKS_EVERY);
                synchronized (this) {
                    countWaiting();
                    if (System.nanoTime() - nextWrite >= 0) {
                        writeSums();
                        nextWrite = System.nanoTime() + EVERY.toNanos();
                    }
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException failure) {
                Log.error("Some visits were not counted", failure);
            }
        }
    }

    /// Takes and counts events in one step, so that a concurrent write never misses any.
    private void countWaiting() {
        var batch = new ArrayList<RecordedEvent>();
        do {
            batch.clear();
            events.take(batch, EVENTS_AT_ONCE);
            batch.forEach(this::count);
        } while (batch.size() == EVENTS_AT_ONCE);
    }

    /// Writes all events until now, including those postponed to the journal.
    public synchronized void write() {
        countWaiting();
        writeSums();
        backlog.workOff();
    }

    void atShutdown(@Observes ShutdownEvent event) {
        isOver = true;
        synchronized (this) {
            countWaiting();
            writeSums();
        }
    }

    private void count(RecordedEvent happened) {
        Event event = happened.event();
        ZoneId zone = days.zone(event.owner(), Optional.empty());
        int day = Counts.dayOf(happened.atMs(), zone);
        VisitFacts seen = reader.read(happened.visit(), happened.atMs(), day);
        Counts counts = sums.computeIfAbsent(event.owner(), _ -> new Counts(zone));
        int dayThere = Counts.dayOf(happened.atMs(), days.zone(event.owner(), event.ofPage()));
        VisitFacts seenThere = dayThere == day ? seen : reader.read(happened.visit(), happened.atMs(), dayThere);
        counts.add(
                event,
                happened.atMs(),
                seen.agent().isBot(),
                seen.token(),
                seen.details(),
                new DayThere(dayThere, seenThere.token()));
        if (!seen.agent().isBot()) {
            remember(counts, event, happened.atMs(), seen);
            if (clickCounters.mayBeHeard(event.owner())) {
                counts.visits().add(event, happened.atMs(), seen.details());
            }
        }
    }

    private static void remember(Counts counts, Event event, long at, VisitFacts seen) {
        switch (event) {
            case Event.PageView view -> counts.remember(Kind.VIEW, entry(at, view.page(), "", seen));
            case Event.LinkClick click -> counts.remember(Kind.CLICK, entry(at, click.page(), click.link(), seen));
            case Event.LinkUnlock _, Event.ChatBegun _ -> {
                // Only the click that follows is shown, and the inbox shows who writes.
            }
            case Event.Redirect redirect -> counts.remember(Kind.REDIRECT, entry(at, "", redirect.shortLink(), seen));
        }
    }

    private static RecentEvents.Entry entry(long at, String page, String target, VisitFacts seen) {
        return new RecentEvents.Entry(at, page, target, seen.ip(), seen.agent().label(), seen.referrer());
    }

    private void writeSums() {
        reader.forget();
        Map<Owner, Counts> due = sums;
        sums = new HashMap<>();
        boolean isCrowd =
                due.values().stream().mapToInt(counts -> counts.sums().size()).sum() > CROWD;
        var together = new ArrayList<Map.Entry<Owner, Counts>>();
        int rows = 0;
        for (var one : due.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_ACCOUNT))
                .toList()) {
            together.add(one);
            rows += one.getValue().sums().size();
            if (rows >= ROWS_AT_ONCE) {
                writeTogether(together, isCrowd);
                together.clear();
                rows = 0;
            }
        }
        writeTogether(together, isCrowd);
        backlog.work(isCrowd);
    }

    private void writeTogether(List<Map.Entry<Owner, Counts>> some, boolean isCrowd) {
        if (some.isEmpty()) {
            return;
        }
        try {
            database.write(tx -> {
                var totals = new TenantVisitStore.Totals();
                some.forEach(
                        one -> totals.add(one.getKey().tenant(), write(tx, one.getKey(), one.getValue(), isCrowd)));
                new TenantVisitStore(tx).add(totals);
                return some.size();
            });
        } catch (DatabaseUnavailable away) {
            some.forEach(one -> keep(one, away)); // none of them is the cause
        } catch (RuntimeException failure) {
            if (some.size() > 1) {
                List.copyOf(some).forEach(one -> writeTogether(List.of(one), isCrowd));
                return;
            }
            Map.Entry<Owner, Counts> one = some.getFirst();
            // A sub-account may have got another tenant since its visitors came.
            ownerNow(one.getKey())
                    .filter(now -> !now.equals(one.getKey()))
                    .ifPresentOrElse(
                            now -> writeTogether(List.of(Map.entry(now, one.getValue())), isCrowd),
                            () -> keep(one, failure));
        }
    }

    private Optional<Owner> ownerNow(Owner owner) {
        try {
            return database.read(tx -> Accounts.find(tx, owner.account()).map(Account::owner));
        } catch (RuntimeException _) {
            return Optional.empty(); // the first failure is the one to tell of
        }
    }

    /// @return the totals of each day
    private Map<Integer, VisitCounts> write(Tx tx, Owner owner, Counts counts, boolean isCrowd) {
        Map<Key, Counts.Sum> later = isCrowd ? counts.sparse() : Map.of();
        if (!later.isEmpty()) {
            backlog.add(tx, owner, later);
        }
        Map<Key, Counts.Sum> now = counts.without(later);
        Map<Integer, VisitCounts> days = new VisitStore(tx).add(owner, counts, now);
        clickCounters.tell(tx, owner, EventNames.Kind.LINK, counts.linkClicks());
        clickCounters.tell(tx, owner, EventNames.Kind.SHORT_LINK, Counts.shortLinkClicks(now));
        clickCounters.tell(tx, owner, counts.visits());
        return days;
    }

    private void keep(Map.Entry<Owner, Counts> one, RuntimeException failure) {
        boolean isToBlame = !(failure instanceof DatabaseUnavailable);
        if (isOver || isToBlame && one.getValue().failed() >= MOST_FAILURES || sums.size() >= MOST_ACCOUNTS_WAITING) {
            lost.increment();
            failures.failed("Visits of an account were not counted", failure);
        } else {
            // Later events are added to it.
            sums.put(one.getKey(), one.getValue());
        }
    }
}
