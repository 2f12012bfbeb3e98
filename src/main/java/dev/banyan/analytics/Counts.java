package dev.banyan.analytics;

import dev.banyan.analytics.Recent.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What came for one account and is not written yet, summed up: however many events there were, it is a row for each
/// subject and day. Not for several threads.
final class Counts {

    /// @param day days since 1970, UTC
    record Key(Subject subject, int day) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byDay = Integer.compare(day, other.day);
            return byDay != 0 ? byDay : subject.compareTo(other.subject);
        }
    }

    /// Sums of one subject and day.
    static final class Sum {
        private long views;
        private long clicks;
        private long unlocks;
        private long redirects;
        private long bots;
        private final Parts parts = new Parts();
        private final Set<Integer> visitors = new HashSet<>();

        Tally tally() {
            return new Tally(views, clicks, unlocks, redirects, bots, 0);
        }

        Parts parts() {
            return parts;
        }

        /// Tokens of a [Sketch].
        Set<Integer> visitors() {
            return visitors;
        }
    }

    /// The kind and the last of its events.
    private static final class Last {
        private final Deque<Recent.Entry> entries = new ArrayDeque<>();
        private final Map<Long, Long> minutes = new TreeMap<>();
    }

    private final Map<Key, Sum> sums = new TreeMap<>();
    private final Map<Kind, Last> last = new EnumMap<>(Kind.class);
    private final Map<String, Long> linkClicks = new HashMap<>();

    private int failures;

    Map<Key, Sum> sums() {
        return sums;
    }

    /// Clicks of people, by link.
    Map<String, Long> linkClicks() {
        return linkClicks;
    }

    Map<Kind, Recent> recent() {
        var recent = new EnumMap<Kind, Recent>(Kind.class);
        last.forEach((kind, of) -> recent.put(kind, new Recent(new ArrayList<>(of.entries), of.minutes)));
        return recent;
    }

    int failed() {
        return ++failures;
    }

    /// @param token of a [Sketch]
    /// @param details by what the event is told apart from others
    void add(Event event, int day, boolean isBot, int token, Map<Dimension, String> details) {
        switch (event) {
            case Event.PageView view -> {
                addView(sum(Subject.PAGES, day), isBot, token, details);
                addView(sum(Subject.page(view.page()), day), isBot, token, details);
            }
            case Event.LinkClick click -> {
                addClick(sum(Subject.PAGES, day), isBot, click.link());
                addClick(sum(Subject.page(click.page()), day), isBot, click.link());
                if (!isBot) {
                    linkClicks.merge(click.link(), 1L, Long::sum);
                }
            }
            case Event.LinkUnlock unlock -> {
                addUnlock(sum(Subject.PAGES, day), isBot);
                addUnlock(sum(Subject.page(unlock.page()), day), isBot);
            }
            case Event.Redirect redirect -> {
                Sum all = sum(Subject.SHORT_LINKS, day);
                addRedirect(all, isBot, token, details);
                Sum one = sum(Subject.shortLink(redirect.shortLink()), day);
                addRedirect(one, isBot, token, details);
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
            details.forEach((dimension, value) -> sum.parts.add(dimension, value, 1));
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

    private static void addRedirect(Sum sum, boolean isBot, int token, Map<Dimension, String> details) {
        if (isBot) {
            sum.bots++;
        } else {
            sum.redirects++;
            sum.visitors.add(token);
            details.forEach((dimension, value) -> sum.parts.add(dimension, value, 1));
        }
    }

    void remember(Kind kind, Recent.Entry entry) {
        Last of = last.computeIfAbsent(kind, _ -> new Last());
        of.minutes.merge(entry.atMs() / 60_000, 1L, Long::sum);
        of.entries.addFirst(entry);
        if (of.entries.size() > Recent.MOST) {
            of.entries.removeLast();
        }
    }
}
