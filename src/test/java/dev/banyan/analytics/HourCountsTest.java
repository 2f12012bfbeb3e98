package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.analytics.Breakdown.HourCounts;
import org.junit.jupiter.api.Test;

class HourCountsTest {

    private static final LocalDate SATURDAY = LocalDate.parse("2026-10-24");

    private static HourCounts at(String zone, LocalDate day, int hour, long views) {
        var parts = new Breakdown();
        parts.add(Dimension.HOUR, Integer.toString(hour), views);
        var counts = new HourCounts();
        counts.add(Map.of(day, parts), ZoneId.of(zone));
        return counts;
    }

    @Test
    void hoursAreThoseOfTheZoneAsTheyWereOnTheirDay() {
        assertThat(at("Europe/Berlin", SATURDAY, 8, 3).of(DayOfWeek.SATURDAY, 10))
                .isEqualTo(3);
        assertThat(at("Europe/Berlin", SATURDAY.plusDays(2), 8, 3).of(DayOfWeek.MONDAY, 9))
                .isEqualTo(3);
    }

    /// A day is one of the zone, so what is counted at 21:00 UTC in Dubai is the day's second hour.
    @Test
    void theDayStaysTheOneUnderWhichItWasCounted() {
        assertThat(at("Asia/Dubai", SATURDAY, 21, 5).of(DayOfWeek.SATURDAY, 1)).isEqualTo(5);
    }

    @Test
    void otherMinutesAreRoundedAndSaidSo() {
        HourCounts kolkata = at("Asia/Kolkata", SATURDAY, 0, 1);
        assertThat(kolkata.isRounded()).isTrue();
        assertThat(kolkata.of(DayOfWeek.SATURDAY, 6)).isOne();
        assertThat(at("Asia/Dubai", SATURDAY, 0, 1).isRounded()).isFalse();
    }

    @Test
    void sumsKeepBoth() {
        HourCounts sum = at("UTC", SATURDAY, 7, 2);
        sum.addAll(at("UTC", SATURDAY.plusDays(7), 7, 4));
        assertThat(sum.of(DayOfWeek.SATURDAY, 7)).isEqualTo(6);
        assertThat(sum.most()).isEqualTo(6);
    }
}
