package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PairLimit;
import dev.banyan.whatsapp.QuietHours;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Rates, daily quotas with warm-up, pair limits and quiet hours are respected at any moment.
class LimitsPropertyTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

    /// However often a client asks, it gets no more than the limit in any minute, and little less.
    @Property(tries = 60)
    void aRateHoldsInAnyMinute(@ForAll @IntRange(min = 1, max = 600) int most, @ForAll("gaps") List<Integer> gaps) {
        SendRateLimiter spacing = SendRateLimiter.perMinute(most);
        var lastMinute = new ArrayDeque<Instant>();
        Instant full = Instant.EPOCH;
        Instant now = NOW;
        int gone = 0;
        for (int i = 0; i < 3_000; i++) {
            now = now.plusMillis(gaps.get(i % gaps.size()));
            if (!spacing.next(full).isAfter(now)) {
                full = spacing.taken(full, now);
                lastMinute.addLast(now);
                gone++;
            }
            while (!lastMinute.isEmpty()
                    && !lastMinute.getFirst().plusSeconds(60).isAfter(now)) {
                lastMinute.removeFirst();
            }
            assertThat(lastMinute.size()).isLessThanOrEqualTo(most);
        }
        assertThat(gone).isPositive();
    }

    @Example
    void aRateIsReached() {
        SendRateLimiter spacing = SendRateLimiter.perMinute(120);
        Instant full = Instant.EPOCH;
        int gone = 0;
        for (int millis = 0; millis < 600_000; millis += 10) {
            if (!spacing.next(full).isAfter(NOW.plusMillis(millis))) {
                full = spacing.taken(full, NOW.plusMillis(millis));
                gone++;
            }
        }
        assertThat(gone).isBetween(1_180, 1_202);
    }

    @Example
    void aPairMayTalkFastAtFirstAndSlowlyThen() {
        SendRateLimiter spacing = SendRateLimiter.of(new PairLimit(Duration.ofSeconds(6), 3));
        Instant full = Instant.EPOCH;
        for (int i = 0; i < 3; i++) {
            assertThat(spacing.next(full)).isBeforeOrEqualTo(NOW);
            full = spacing.taken(full, NOW);
        }
        assertThat(spacing.next(full)).isEqualTo(NOW.plusSeconds(6));
        assertThat(spacing.next(spacing.spent(NOW))).isEqualTo(NOW.plusSeconds(6));
    }

    @Example
    void aYoungNumberWarmsUpDayByDay() {
        var warming = pace(Optional.empty(), true);
        assertThat(quota(warming, 0)).contains(20);
        assertThat(quota(warming, 1)).contains(30);
        assertThat(quota(warming, 2)).contains(45);
        assertThat(quota(warming, 9)).contains(768);
        assertThat(quota(warming, 10)).as("warm, and nothing limits it").isEmpty();
        assertThat(quota(pace(Optional.of(40), true), 1)).contains(30);
        assertThat(quota(pace(Optional.of(40), true), 2)).contains(40);
        assertThat(quota(pace(Optional.of(40), false), 0)).contains(40);
        assertThat(quota(pace(Optional.of(5), true), 0)).contains(5);
        assertThat(quota(Pace.AS_POOL, 0)).isEmpty();
    }

    @Property
    void aQuotaNeverShrinksAsANumberGrowsOld(
            @ForAll @IntRange(max = 4_000) int days, @ForAll @IntRange(min = 1, max = 5_000) int perDay) {
        var pace = pace(Optional.of(perDay), true);
        assertThat(quota(pace, days + 1).orElseThrow())
                .isGreaterThanOrEqualTo(quota(pace, days).orElseThrow())
                .isBetween(1, perDay);
    }

    /// In all zones, including those with half hours, and on days of clock changes.
    @Property
    void aDayBeginsBeforeAndEndsAfter(@ForAll("moments") Instant now, @ForAll("zones") ZoneId zone) {
        assertThat(DailySendLimit.dayBegan(now, zone)).isBeforeOrEqualTo(now);
        assertThat(DailySendLimit.nextDay(now, zone)).isAfter(now);
        assertThat(DailySendLimit.dayBegan(DailySendLimit.nextDay(now, zone), zone))
                .isEqualTo(DailySendLimit.nextDay(now, zone));
    }

    @Property(tries = 300)
    void quietHoursEndAtTheFirstMomentThatIsNotInThem(
            @ForAll("moments") Instant now,
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(max = 1_439) int from,
            @ForAll @IntRange(max = 1_439) int until) {
        if (from == until) {
            return;
        }
        var quiet = new QuietHours(
                LocalTime.ofSecondOfDay(from * 60L), LocalTime.ofSecondOfDay(until * 60L), QuietHours.ANSWERS_WITHIN);
        Optional<Instant> over = quiet.over(now, zone);
        assertThat(over.isPresent()).isEqualTo(quiet.contain(LocalTime.ofInstant(now, zone)));
        over.ifPresent(end -> {
            assertThat(end).isAfter(now).isBefore(now.plus(Duration.ofHours(27)));
            assertThat(quiet.contain(LocalTime.ofInstant(end, zone))).isFalse();
            for (Instant time = now; time.isBefore(end); time = time.plusSeconds(60)) {
                assertThat(quiet.contain(LocalTime.ofInstant(time, zone))).isTrue();
            }
        });
    }

    @Example
    void quietHoursOverMidnightAndOverAChangeOfClocks() {
        var night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0), QuietHours.ANSWERS_WITHIN);
        assertThat(night.over(Instant.parse("2026-11-20T21:30:00Z"), BERLIN))
                .contains(Instant.parse("2026-11-21T07:00:00Z"));
        assertThat(night.over(Instant.parse("2026-11-21T03:00:00Z"), BERLIN))
                .contains(Instant.parse("2026-11-21T07:00:00Z"));
        assertThat(night.over(Instant.parse("2026-11-21T07:00:00Z"), BERLIN)).isEmpty();
        // In the night to 29 March 2026 clocks go from 2:00 to 3:00, so the end of these hours doesn't exist.
        var shortNight = new QuietHours(LocalTime.of(22, 0), LocalTime.of(2, 30), QuietHours.ANSWERS_WITHIN);
        assertThat(shortNight.over(Instant.parse("2026-03-28T22:00:00Z"), BERLIN))
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @Provide
    Arbitrary<List<Integer>> gaps() {
        return Arbitraries.integers().between(1, 4_000).list().ofMinSize(1).ofMaxSize(20);
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(0, Duration.ofDays(800).toMinutes())
                .map(minutes -> Instant.parse("2026-01-01T00:00:00Z").plusSeconds(minutes * 60));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                ZoneOffset.UTC, BERLIN, KOLKATA, ZoneId.of("America/Sao_Paulo"), ZoneId.of("Australia/Lord_Howe"));
    }

    private static Pace pace(Optional<Integer> perDay, boolean warming) {
        return new Pace(Optional.empty(), perDay, Optional.of(warming));
    }

    private static Optional<Integer> quota(Pace pace, int days) {
        return DailySendLimit.of(pace, NOW, NOW.plus(Duration.ofDays(days)), ZoneOffset.UTC);
    }
}
