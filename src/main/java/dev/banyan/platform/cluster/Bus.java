package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Listening;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Tells other nodes the [News] of this one, and fires theirs here, through PostgreSQL's notifications. They arrive in
/// the order in which one node has told them.
@Singleton
public final class Bus implements OtherNodes {

    static final String CHANNEL = "banyan_news";
    private static final int WAITING = 20_000;
    private static final int AT_ONCE = 200;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /// What is told so soon after something else goes together: each transaction costs a commit, and wakes all servers.
    private static final Duration TOGETHER = Duration.ofMillis(20);
    /// What was kept this soon after listening began may have been read before.
    private static final Duration SLOWEST_READER = Duration.ofSeconds(5);
    /// Says that news was lost: what is kept in memory may be old.
    private static final String LOST = "";

    /// Told when there is no other news, so that its way is always measured. Others ignore it.
    private static final String PROBE = "probe";
    private static final Duration PROBED_EVERY = Duration.ofSeconds(5);

    /// A note of this node's, which it hears itself.
    ///
    /// @param at when it was told, by [System#nanoTime]
    private record Probe(long number, long at) {}

    /// Marks a thread on which news of another node arrives, so that it is not told again.
    private static final ScopedValue<Boolean> ARRIVING = ScopedValue.newInstance();

    private final Nodes nodes;
    private final Database database;
    private final Optional<String> url;
    private final Event<News> events;
    private final Clock clock;
    private final RepeatedFailures failures;
    private final BlockingQueue<Parcel> waiting = new LinkedBlockingQueue<>(WAITING);
    private final Map<String, StringBuilder> unfinished = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong number = new AtomicLong();
    private volatile Optional<Probe> probe = Optional.empty();
    private volatile Optional<Duration> lag = Optional.empty();
    private volatile boolean lost;
    private volatile boolean heard;
    private volatile long heardSince;

    private volatile boolean stopped;

    Bus(Nodes nodes, Database database, Settings settings, Event<News> events, Clock clock) {
        this.nodes = nodes;
        this.database = database;
        this.url = settings.databaseUrl();
        this.events = events;
        this.clock = clock;
        this.failures = new RepeatedFailures(Bus.class, clock);
    }

    /// Returns whether this thread tells what was heard: while it does, nothing else is heard.
    static boolean isHearing() {
        return ARRIVING.isBound();
    }

    void begin(@Observes @Priority(1) StartupEvent event) {
        if (nodes.isCluster()) {
            nodes.onGone(this::mayHaveMissed);
            threads.add(Thread.ofVirtual().name("bus-ears").start(this::listen));
            threads.add(Thread.ofVirtual().name("bus-mouth").start(this::speak));
        }
    }

    /// Leaves after everything that this node does for all has ended, while the database is still there.
    void end(@Observes ShutdownEvent event) {
        stopped = true;
        threads.forEach(Thread::interrupt);
        nodes.close();
    }

    @Override
    public boolean isCompleteSince(long since) {
        return heard && since > heardSince + SLOWEST_READER.toMillis() && nodes.isAlive();
    }

    /// Returns how long the last note took that was measured, from telling to hearing; empty if this node hears
    /// nothing.
    public Optional<Duration> lag() {
        return heard ? lag : Optional.empty();
    }

    private void mayHaveMissed() {
        heardSince = clock.millis();
    }

    @Override
    public void tell(@Observes News news) {
        if (nodes.isCluster() && !ARRIVING.isBound()) {
            if (!waiting.offer(new Parcel(news.getClass().getName(), NewsJson.write(news)))) {
                lost = true;
            }
        }
    }

    private void speak() {
        var told = new ArrayList<Parcel>();
        while (!stopped) {
            try {
                if (told.isEmpty()) {
                    Parcel next = waiting.poll(PROBED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    told.add(next == null ? new Parcel(PROBE, "") : next);
                    waiting.drainTo(told, AT_ONCE - 1);
                }
                if (lost) {
                    lost = false;
                    told.addFirst(new Parcel(LOST, ""));
                }
                List<String> notes = told.stream()
                        .flatMap(parcel -> parcel.notes(nodes.id(), number::incrementAndGet).stream())
                        .toList();
                probe = Optional.of(new Probe(number.get(), System.nanoTime()));
                database.write(tx -> {
                    Listening.tell(tx, CHANNEL, notes);
                    return true;
                });
                told.clear();
                Thread.sleep(TOGETHER);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException failure) {
                failures.failed("Other nodes hear later what has changed here", failure);
                pause();
            }
        }
    }

    private void listen() {
        while (!stopped) {
            try (Listening ears = Listening.to(url.orElseThrow(), CHANNEL)) {
                heardSince = clock.millis();
                heard = true;
                while (!stopped) {
                    ears.await().forEach(this::hear);
                }
            } catch (RuntimeException failure) {
                if (!stopped) {
                    failures.failed("This node does not hear what changes on others; it looks for itself", failure);
                }
            } finally {
                heard = false;
                lag = Optional.empty();
                unfinished.clear();
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(String note) {
        try {
            probe.filter(own -> Parcel.isNote(note, nodes.id(), own.number()))
                    .ifPresent(own -> lag = Optional.of(Duration.ofNanos(System.nanoTime() - own.at())));
            Parcel.read(note, nodes.id(), unfinished).ifPresent(this::arrive);
        } catch (RuntimeException failure) {
            // A newer node may know events that this one does not.
            failures.failed("News of another node was not understood", failure);
        }
    }

    private void arrive(Parcel parcel) {
        if (parcel.type().equals(LOST)) {
            mayHaveMissed();
            return;
        }
        if (parcel.type().equals(PROBE)) {
            return;
        }
        try {
            fire(Class.forName(parcel.type()).asSubclass(News.class), parcel.body());
        } catch (ClassNotFoundException failure) {
            throw new IllegalArgumentException(parcel.type(), failure);
        }
    }

    private <N extends News> void fire(Class<N> type, String body) {
        N news = NewsJson.read(type, body);
        ScopedValue.where(ARRIVING, true).run(() -> events.select(type).fire(news));
    }
}
