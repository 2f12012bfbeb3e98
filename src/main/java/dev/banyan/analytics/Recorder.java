package dev.banyan.analytics;

import dev.banyan.analytics.Events.Happened;
import dev.banyan.analytics.Recent.Kind;
import dev.banyan.platform.Countries;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/// Writes down what visitors did: reads what each says about itself, sums up, and once a second writes the sums. A
/// clean stop writes everything; a power cut loses the last second at most.
@Singleton
public final class Recorder {

    private static final Logger LOG = Logger.getLogger(Recorder.class);

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(100);
    private static final int EVENTS_AT_ONCE = 4_096;
    private static final int ROWS_AT_ONCE = 1_000;
    /// What cannot be written waits, and then goes: the account may be erased meanwhile, or the disk full.
    private static final int MOST_FAILURES = 5;
    private static final int MOST_ACCOUNTS_WAITING = 100_000;
    /// Reading an unknown user agent takes far longer than all the rest; who invents one for each request shall not
    /// hold up the others.
    private static final int NEW_AGENTS_AT_ONCE = 100;

    private static final int LONGEST_HOST = 80;
    private static final int LONGEST_LANGUAGE = 3;

    private static final Comparator<Owner> BY_ACCOUNT = Comparator.comparing(
                    (Owner owner) -> owner.tenant().toString())
            .thenComparing(owner -> owner.account().toString());

    private final Database database;
    private final Events events;
    private final Agents agents;
    private final Countries countries;
    private final Visitors visitors;
    private final List<ClickCounters> clickCounters;
    private final Counter lost;

    /// In the order in which their rows are held, so that two nodes never wait for each other.
    private Map<Owner, Counts> sums = new TreeMap<>(BY_ACCOUNT);

    private int newAgents;
    private volatile boolean isOver;

    Recorder(
            Database database,
            Events events,
            Agents agents,
            Countries countries,
            Visitors visitors,
            @All List<ClickCounters> clickCounters,
            MeterRegistry registry) {
        this.database = database;
        this.events = events;
        this.agents = agents;
        this.countries = countries;
        this.visitors = visitors;
        this.clickCounters = clickCounters;
        this.lost = Counter.builder("banyan.visits.lost")
                .description("Accounts whose sums of a second could not be written")
                .register(registry);
    }

    /// Begins to work in the background.
    public void begin() {
        Thread.ofPlatform().daemon().name("visits").start(this::work);
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
                LOG.error("Visits of a moment were not counted", failure);
            }
        }
    }

    /// Takes and counts in one step, so that nothing is in between when somebody else writes.
    private void countWaiting() {
        var batch = new ArrayList<Happened>();
        do {
            batch.clear();
            events.take(batch, EVENTS_AT_ONCE);
            batch.forEach(this::count);
        } while (batch.size() == EVENTS_AT_ONCE);
    }

    /// Writes all that has happened until now.
    public synchronized void write() {
        countWaiting();
        writeSums();
    }

    void atShutdown(@Observes ShutdownEvent event) {
        isOver = true;
        write();
    }

    private void count(Happened happened) {
        Event event = happened.event();
        Visit visit = happened.visit();
        Agent agent = agent(visit.userAgent());
        int day = dayOf(happened.atMs());
        int token = agent.isBot() ? 0 : Sketch.token(visitors.hash(day, visit));
        String referrer = host(visit.referrer());
        Counts counts = sums.computeIfAbsent(event.owner(), _ -> new Counts());
        counts.add(event, day, agent.isBot(), token, details(happened, agent, referrer));
        if (!agent.isBot()) {
            remember(counts, happened, agent, referrer);
        }
    }

    private Agent agent(String userAgent) {
        if (agents.isKnown(userAgent)) {
            return agents.of(userAgent);
        }
        return newAgents++ < NEW_AGENTS_AT_ONCE ? agents.of(userAgent) : Agent.UNKNOWN;
    }

    private Map<Dimension, String> details(Happened happened, Agent agent, String referrer) {
        if (agent.isBot()
                || !(happened.event() instanceof Event.PageView || happened.event() instanceof Event.Redirect)) {
            return Map.of();
        }
        var details = new EnumMap<Dimension, String>(Dimension.class);
        details.put(Dimension.REFERRER, referrer);
        details.put(Dimension.DEVICE, agent.device().label());
        details.put(Dimension.BROWSER, agent.browser());
        details.put(Dimension.SYSTEM, agent.system());
        details.put(Dimension.LANGUAGE, language(happened.visit().language()));
        details.put(Dimension.COUNTRY, countries.of(happened.visit().address()));
        int hour =
                Instant.ofEpochMilli(happened.atMs()).atOffset(ZoneOffset.UTC).getHour();
        details.put(Dimension.HOUR, Integer.toString(hour));
        return details;
    }

    private static void remember(Counts counts, Happened happened, Agent agent, String referrer) {
        String ip = shortened(happened.visit().address());
        long at = happened.atMs();
        switch (happened.event()) {
            case Event.PageView view ->
                counts.remember(Kind.VIEW, new Recent.Entry(at, view.page(), "", ip, agent.label(), referrer));
            case Event.LinkClick click ->
                counts.remember(
                        Kind.CLICK, new Recent.Entry(at, click.page(), click.link(), ip, agent.label(), referrer));
            case Event.LinkUnlock _ -> {
                // The click that follows is remembered.
            }
            case Event.Redirect redirect ->
                counts.remember(
                        Kind.REDIRECT, new Recent.Entry(at, "", redirect.shortLink(), ip, agent.label(), referrer));
        }
    }

    private void writeSums() {
        newAgents = 0;
        if (sums.isEmpty()) {
            return;
        }
        Map<Owner, Counts> due = sums;
        sums = new TreeMap<>(BY_ACCOUNT);
        var together = new ArrayList<Map.Entry<Owner, Counts>>();
        int rows = 0;
        for (var one : due.entrySet()) {
            together.add(one);
            rows += one.getValue().sums().size();
            if (rows >= ROWS_AT_ONCE) {
                writeTogether(together);
                together.clear();
                rows = 0;
            }
        }
        writeTogether(together);
    }

    private void writeTogether(List<Map.Entry<Owner, Counts>> some) {
        if (some.isEmpty()) {
            return;
        }
        try {
            database.write(tx -> {
                var store = new VisitStore(tx);
                some.forEach(one -> {
                    store.add(one.getKey(), one.getValue());
                    if (!one.getValue().linkClicks().isEmpty()) {
                        clickCounters.forEach(counters -> counters.clicked(
                                tx, one.getKey(), one.getValue().linkClicks()));
                    }
                });
                return some.size();
            });
        } catch (RuntimeException failure) {
            if (some.size() > 1) {
                List.copyOf(some).forEach(one -> writeTogether(List.of(one)));
            } else {
                keep(some.getFirst(), failure);
            }
        }
    }

    private void keep(Map.Entry<Owner, Counts> one, RuntimeException failure) {
        if (isOver || one.getValue().failed() >= MOST_FAILURES || sums.size() >= MOST_ACCOUNTS_WAITING) {
            lost.increment();
            LOG.errorf(
                    failure,
                    "Visits of account %s were not counted",
                    one.getKey().account());
        } else {
            // What comes meanwhile is added to it.
            sums.put(one.getKey(), one.getValue());
        }
    }

    /// Days are UTC, for everybody: a day that was counted does not change when somebody moves.
    static int dayOf(long atMs) {
        return Math.toIntExact(
                LocalDate.ofInstant(Instant.ofEpochMilli(atMs), ZoneOffset.UTC).toEpochDay());
    }

    /// The host that a visitor came from; empty where it is not said.
    static String host(String referrer) {
        if (referrer.isEmpty() || referrer.length() > 2_048) {
            return "";
        }
        try {
            String host = URI.create(referrer).getHost();
            if (host == null || host.length() > LONGEST_HOST) {
                return "";
            }
            String lower = host.toLowerCase(Locale.ROOT);
            return lower.startsWith("www.") ? lower.substring("www.".length()) : lower;
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /// The first language of `de-AT,de;q=0.9`; empty where it is not said.
    static String language(String accepted) {
        int end = 0;
        while (end < accepted.length() && end <= LONGEST_LANGUAGE && Character.isLetter(accepted.charAt(end))) {
            end++;
        }
        return end < 2 || end > LONGEST_LANGUAGE || accepted.charAt(0) > 'z'
                ? ""
                : accepted.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /// An address without its last part, which many share: 203.0.113.0, 2001:db8:1::.
    static String shortened(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            Arrays.fill(bytes, bytes.length == 4 ? 3 : 6, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress().replaceFirst("(:0)+$", "::");
        } catch (java.net.UnknownHostException | IllegalArgumentException _) {
            return "";
        }
    }
}
