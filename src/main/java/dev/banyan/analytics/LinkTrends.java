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

/// Whether the links of a page are clicked more than they were: the last seven days that are over beside the seven
/// before. Read from the counters of fourteen days, however many clicks and links there are.
@Singleton
public final class LinkTrends {

    /// LinkToMe contract 2.5.
    public enum Trend {
        UP,
        DOWN,
        NEUTRAL;

        static Trend of(long before, long now) {
            // A tenth more or less is no trend; of few clicks each one is more than that.
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

    /// By link; those that nobody clicked are left out.
    public Map<String, Trend> ofPage(Tx tx, Owner owner, String page) {
        var store = new VisitStore(tx);
        // Today is not over: beside a whole day, every steady link would be down each morning.
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
