package dev.banyan.analytics;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Compares the clicks of a page's links in the last seven complete days with the seven days before. Reads the counters
/// of fourteen days, however many clicks and links there are. They are those of complete days, which hardly change any
/// more, so a result is kept for a minute: adding them up was a fifth of what listing a page’s links cost.
@Singleton
public final class LinkTrends {

    /// The values of LinkToMe contract 2.5.
    public enum Trend implements Keyed {
        UP,
        DOWN,
        NEUTRAL;

        static Trend of(long before, long now) {
            // Within ten percent the trend is neutral; with few clicks, a single one exceeds that.
            return now * 10 > before * 11 ? UP : now * 10 < before * 9 ? DOWN : NEUTRAL;
        }
    }

    private static final int DAYS = 7;
    private static final int KEPT = 10_000;
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private record Key(Owner owner, String page, LocalDate yesterday) {}

    private record Result(Map<String, Trend> trends, long at) {}

    private final Cache<Key, Result> results =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    private final PageDays days;
    private final Clock clock;

    LinkTrends(PageDays days, Clock clock) {
        this.days = days;
        this.clock = clock;
    }

    /// Returns the trend by link; links without clicks are left out.
    public Map<String, Trend> ofPage(Tx tx, Owner owner, String page) {
        // Today is incomplete: compared with a whole day, every steady link would be down each morning.
        var key = new Key(owner, page, days.today(tx, owner, Optional.of(page)).minusDays(1));
        long now = clock.millis();
        Result known = results.getIfPresent(key);
        if (known != null && now - known.at() < KEPT_FOR.toMillis()) {
            return known.trends();
        }
        Map<String, Trend> trends = read(tx, owner, page, key.yesterday());
        results.put(key, new Result(trends, now));
        return trends;
    }

    private static Map<String, Trend> read(Tx tx, Owner owner, String page, LocalDate yesterday) {
        var store = new VisitStore(tx);
        Period now = Period.last(DAYS, yesterday);
        Period before = now.before();
        Subject subject = Subject.page(page);
        Map<String, Long> clicks =
                store.parts(owner, subject, now.from(), now.until()).of(Dimension.LINK);
        Map<String, Long> clicksBefore =
                store.parts(owner, subject, before.from(), before.until()).of(Dimension.LINK);
        var trends = new HashMap<String, Trend>();
        clicksBefore.forEach((link, count) -> trends.put(link, Trend.of(count, clicks.getOrDefault(link, 0L))));
        clicks.forEach((link, count) -> trends.put(link, Trend.of(clicksBefore.getOrDefault(link, 0L), count)));
        return Map.copyOf(trends);
    }
}
