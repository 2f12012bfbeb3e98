package dev.banyan.analytics;

import module java.base;
import dev.banyan.analytics.ClickCounters.Clicks;
import dev.banyan.analytics.RecentEvents.Kind;

/// The events of one account that are not stored yet, aggregated to one row per subject and day. Not thread-safe.
final class Counts {

    /// Each event of such a small sum updates the row separately; larger sums are worth a row of their own.
    private static final int MOST_EVENTS = 4;

    /// @param day days since 1970, in the time zone of the page or account
    record Key(Subject subject, int day) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byDay = Integer.compare(day, other.day);
            return byDay != 0 ? byDay : subject.compareTo(other.subject);
        }
    }

    /// The day of an event in the time zone of its page.
    ///
    /// @param token of a [UniqueVisitors], for this day
    record DayThere(int day, int token) {}

    /// Counters of one subject and day.
    static final class Sum {
        private long views;
        private long clicks;
        private long unlocks;
        private long redirects;
        private long bots;
        /// Redirects of people that the short link has not counted itself.
        private long uncounted;
        private long lastMs;
        /// Number of visits with the same details; they are split at the end.
        private final Map<Map<Dimension, String>, Integer> alike = new IdentityHashMap<>();
        private final Breakdown parts = new Breakdown();
        private final Set<Integer> visitors = new HashSet<>();

        /// Adds redirects that were aggregated elsewhere.
        void addRedirects(long ofPeople, long toCount, long ofBots, long at, Breakdown split, Set<Integer> tokens) {
            redirects += ofPeople;
            uncounted += toCount;
            bots += ofBots;
            lastMs = Math.max(lastMs, at);
            parts.addAll(split);
            visitors.addAll(tokens);
        }

        long uncounted() {
            return uncounted;
        }

        /// Returns the time of the last redirect of a person, in milliseconds since 1970.
        long lastMs() {
            return lastMs;
        }

        VisitCounts tally() {
            return new VisitCounts(views, clicks, unlocks, redirects, bots, 0);
        }

        Breakdown parts() {
            alike.forEach(
                    (details, count) -> details.forEach((dimension, value) -> parts.add(dimension, value, count)));
            alike.clear();
            return parts;
        }

        /// Returns the stored form of the parts. In a crowd, nearly all sums are one visit of a few kinds.
        ///
        /// @param ofOneVisit the forms by the details of the visit, completed here
        String partsText(Map<Map<Dimension, String>, String> ofOneVisit) {
            if (parts.isEmpty() && alike.size() == 1) {
                var only = alike.entrySet().iterator().next();
                if (only.getValue() == 1) {
                    return ofOneVisit.computeIfAbsent(only.getKey(), _ -> parts().text());
                }
            }
            return parts().text();
        }

        /// Returns the tokens of a [UniqueVisitors].
        Set<Integer> visitors() {
            return visitors;
        }
    }

    /// The kind and time of its last event.
    private static final class Last {
        private final Deque<RecentEvents.Entry> entries = new ArrayDeque<>();
        private final Map<Long, Long> minutes = new TreeMap<>();
    }

    private final ZoneId zone;
    private final Map<Key, Sum> sums = new HashMap<>();
    private final Map<Kind, Last> last = new EnumMap<>(Kind.class);
    private final Map<String, Clicks> linkClicks = new HashMap<>();
    private final VisitEvents visits = new VisitEvents();

    private int failures;

    /// @param zone whose days are counted
    Counts(ZoneId zone) {
        this.zone = zone;
    }

    Map<Key, Sum> sums() {
        return sums;
    }

    /// Returns the counters of single short links with few events, which are numerous when many links are clicked at
    /// once.
    Map<Key, Sum> sparse() {
        var sparse = new HashMap<Key, Sum>();
        sums.forEach((key, sum) -> {
            if (key.subject().isShortLink() && sum.redirects + sum.bots <= MOST_EVENTS) {
                sparse.put(key, sum);
            }
        });
        return sparse;
    }

    /// Returns all counters except `some`.
    Map<Key, Sum> without(Map<Key, Sum> some) {
        if (some.isEmpty()) {
            return sums; // nearly always, several times a second for each account
        }
        var others = new HashMap<Key, Sum>();
        sums.forEach((key, sum) -> {
            if (!some.containsKey(key)) {
                others.put(key, sum);
            }
        });
        return others;
    }

    Map<String, Clicks> linkClicks() {
        return linkClicks;
    }

    /// Returns the clicks of people by short link, without those that the short links have counted themselves.
    static Map<String, Clicks> shortLinkClicks(Map<Key, Sum> sums) {
        var clicks = new HashMap<String, Clicks>();
        sums.forEach((key, sum) -> {
            if (key.subject().isShortLink() && sum.uncounted > 0) {
                clicks.merge(
                        key.subject().id(),
                        new Clicks(sum.uncounted, Instant.ofEpochMilli(sum.lastMs)),
                        Counts::together);
            }
        });
        return clicks;
    }

    private static Clicks together(Clicks one, Clicks other) {
        return new Clicks(one.count() + other.count(), one.last().isAfter(other.last()) ? one.last() : other.last());
    }

    VisitEvents visits() {
        return visits;
    }

    Map<Kind, RecentEvents> recent() {
        var recent = new EnumMap<Kind, RecentEvents>(Kind.class);
        last.forEach((kind, of) -> recent.put(kind, new RecentEvents(new ArrayList<>(of.entries), of.minutes)));
        return recent;
    }

    int failed() {
        return ++failures;
    }

    /// Adds an event of a page in the time zone of the account.
    void add(Event event, long atMs, boolean isBot, int token, Map<Dimension, String> details) {
        add(event, atMs, isBot, token, details, new DayThere(dayOf(atMs, zone), token));
    }

    /// @param token of a [UniqueVisitors]
    void add(Event event, long atMs, boolean isBot, int token, Map<Dimension, String> details, DayThere there) {
        int day = dayOf(atMs, zone);
        switch (event) {
            case Event.PageView view -> {
                addView(sum(Subject.PAGES, day), isBot, token, details);
                addView(sum(Subject.page(view.page()), there.day()), isBot, there.token(), details);
            }
            case Event.LinkClick click -> {
                addClick(sum(Subject.PAGES, day), isBot, click.link());
                addClick(sum(Subject.page(click.page()), there.day()), isBot, click.link());
                if (!isBot) {
                    linkClicks.merge(click.link(), new Clicks(1, Instant.ofEpochMilli(atMs)), Counts::together);
                }
            }
            case Event.LinkUnlock unlock -> {
                addUnlock(sum(Subject.PAGES, day), isBot);
                addUnlock(sum(Subject.page(unlock.page()), there.day()), isBot);
            }
            case Event.ChatBegun begun -> {
                addChat(sum(Subject.PAGES, day), isBot);
                addChat(sum(Subject.page(begun.page()), there.day()), isBot);
            }
            case Event.Redirect redirect -> {
                Sum all = sum(Subject.SHORT_LINKS, day);
                addRedirect(all, atMs, redirect.isCounted(), isBot, token, details);
                Sum one = sum(Subject.shortLink(redirect.shortLink()), day);
                addRedirect(one, atMs, redirect.isCounted(), isBot, token, details);
                if (!isBot) {
                    all.parts.add(Dimension.SHORT_LINK, redirect.shortLink(), 1);
                    if (!redirect.variant().isEmpty()) {
                        one.parts.add(Dimension.VARIANT, redirect.variant(), 1);
                    }
                }
            }
        }
    }

    private Sum sum(Subject subject, int day) {
        return sums.computeIfAbsent(new Key(subject, day), _ -> new Sum());
    }

    private static void addView(Sum sum, boolean isBot, int token, Map<Dimension, String> details) {
        if (isBot) {
            sum.bots++;
        } else {
            sum.views++;
            sum.visitors.add(token);
            sum.alike.merge(details, 1, Integer::sum);
        }
    }

    private static void addClick(Sum sum, boolean isBot, String link) {
        if (isBot) {
            sum.bots++;
        } else {
            sum.clicks++;
            sum.parts.add(Dimension.LINK, link, 1);
        }
    }

    private static void addUnlock(Sum sum, boolean isBot) {
        if (isBot) {
            sum.bots++;
        } else {
            sum.unlocks++;
        }
    }

    private static void addChat(Sum sum, boolean isBot) {
        if (isBot) {
            sum.bots++;
        } else {
            sum.parts.add(Dimension.CHAT, Breakdown.MESSAGE_US, 1);
        }
    }

    private static void addRedirect(
            Sum sum, long atMs, boolean isCounted, boolean isBot, int token, Map<Dimension, String> details) {
        if (isBot) {
            sum.bots++;
        } else {
            sum.redirects++;
            sum.uncounted += isCounted ? 0 : 1;
            sum.lastMs = Math.max(sum.lastMs, atMs);
            sum.visitors.add(token);
            sum.alike.merge(details, 1, Integer::sum);
        }
    }

    void remember(Kind kind, RecentEvents.Entry entry) {
        Last of = last.computeIfAbsent(kind, _ -> new Last());
        of.minutes.merge(entry.atMs() / 60_000, 1L, Long::sum);
        of.entries.addFirst(entry);
        if (of.entries.size() > RecentEvents.MOST) {
            of.entries.removeLast();
        }
    }

    /// Returns the day of a moment. What was counted stays in its day when a page or an account gets another time zone.
    static int dayOf(long atMs, ZoneId zone) {
        return Math.toIntExact(
                LocalDate.ofInstant(Instant.ofEpochMilli(atMs), zone).toEpochDay());
    }
}
