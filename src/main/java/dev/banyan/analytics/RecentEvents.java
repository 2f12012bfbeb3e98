package dev.banyan.analytics;

import module java.base;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.document.JsonDocument;

/// The latest events of one kind of an account, newest first, and the number of people in each of the last minutes.
///
/// @param minutes by minute since 1970
record RecentEvents(List<Entry> entries, Map<Long, Long> minutes) {

    static final int MOST = 100;
    static final int MINUTES = 30;

    private static final int MINUTE_MS = 60_000;
    private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};
    private static final TypeReference<TreeMap<Long, Long>> BY_MINUTE = new TypeReference<>() {};

    enum Kind implements Keyed {
        VIEW,
        CLICK,
        REDIRECT
    }

    /// An event without data that identifies the visitor.
    ///
    /// @param page empty for short links
    /// @param target the link or short link; empty for views
    /// @param ip shortened
    /// @param agent such as "Chrome on Android"
    /// @param referrer a host name
    record Entry(long atMs, String page, String target, String ip, String agent, String referrer) {}

    RecentEvents {
        entries = List.copyOf(entries);
    }

    static RecentEvents of(List<Entry> entries) {
        var minutes = new TreeMap<Long, Long>();
        entries.forEach(entry -> minutes.merge(entry.atMs() / MINUTE_MS, 1L, Long::sum));
        return new RecentEvents(entries, minutes);
    }

    RecentEvents plus(RecentEvents newer) {
        var all = new ArrayList<>(newer.entries);
        all.addAll(entries);
        all.sort(Comparator.comparingLong(Entry::atMs).reversed());
        var sums = new TreeMap<>(minutes);
        newer.minutes.forEach((minute, count) -> sums.merge(minute, count, Long::sum));
        while (sums.size() > MINUTES + 1) {
            sums.pollFirstEntry();
        }
        return new RecentEvents(all.subList(0, Math.min(MOST, all.size())), sums);
    }

    /// Returns the number of people in the last half hour.
    long inLastMinutes(long nowMs) {
        long first = nowMs / MINUTE_MS - MINUTES + 1;
        return minutes.entrySet().stream()
                .filter(entry -> entry.getKey() >= first)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    static RecentEvents parse(String entries, String minutes) {
        return new RecentEvents(JsonDocument.read(entries, ENTRIES), JsonDocument.read(minutes, BY_MINUTE));
    }

    String entriesText() {
        return JsonDocument.write(entries);
    }

    String minutesText() {
        return JsonDocument.write(minutes);
    }
}
