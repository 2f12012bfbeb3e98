package dev.banyan.analytics;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Compares the clicks of a page's links in the last seven complete days with the seven days before. Reads the counters
/// of fourteen days, however many clicks and links there are.
@Singleton
public final class LinkTrends {

    /// The values of LinkToMe contract 2.5.
    public enum Trend {
        UP,
        DOWN,
        NEUTRAL;

        static Trend of(long before, long now) {
            // Within ten percent the trend is neutral; with few clicks, a single one exceeds that.
            return now * 10 > before * 11 ? UP : now * 10 < before * 9 ? DOWN : NEUTRAL;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int DAYS = 7;

    private final Clock clock;

    LinkTrends(Clock clock) {
        this.clock = clock;
    }

    /// Returns the trend by link; links without clicks are left out.
    public Map<String, Trend> ofPage(Tx tx, Owner owner, String page) {
        var store = new VisitStore(tx);
        // Today is incomplete: compared with a whole day, every steady link would be down each morning.
        LocalDate yesterday =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
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
