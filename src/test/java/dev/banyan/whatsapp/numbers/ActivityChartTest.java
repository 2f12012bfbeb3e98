package dev.banyan.whatsapp.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.numbers.ActivityChart.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivityChartTest {

    private static final Instant NOW = Instant.parse("2026-11-20T22:30:00Z");
    private static final Instant HOUR = Instant.parse("2026-11-20T22:00:00Z");

    @Test
    void aDayHasItsHoursTheNewestFirstInTheTable() {
        ActivityChart chart =
                ActivityChart.of(List.of(hours(HOUR.minus(Duration.ofHours(23)), 3), hours(HOUR, 41)), Period.DAY, NOW);

        assertThat(chart.chart().rows()).hasSize(24);
        assertThat(chart.chart().rows().getFirst().counts()).containsExactly("41", "41", "0", "0");
        assertThat(chart.chart().rows().getLast().step()).isEqualTo("23:00");
        assertThat(chart.chart().rows().getLast().counts().getFirst()).isEqualTo("3");
        assertThat(chart.sent()).isEqualTo(44);
        assertThat(chart.chart().lefts()).containsExactly("80", "60", "40", "20", "0");
        assertThat(chart.chart().lines().getFirst().path())
                .startsWith("M0 38.5L")
                .endsWith("L95.65 40");
        assertThat(chart.chart().lines().getFirst().soFar()).isEqualTo("M95.65 40L100 19.5");
        assertThat(chart.chart().rows().getFirst().step()).isEqualTo("22:00 (so far)");
        assertThat(chart.waited()).isEqualTo("2.0 s");
        assertThat(chart.chart().story())
                .isEqualTo("In the last 24 hours, 44 messages were sent, 44 delivered and 0 failed."
                        + " The busiest time, with 41 sent, began at 22:00."
                        + " This hour so far: sent 41, delivered 41, failed 0.");
    }

    @ParameterizedTest
    @EnumSource(Period.class)
    void nothingOfAPeriodIsLostAndNothingOlderCounts(Period period) {
        Instant begin = period.begin(NOW);
        var all = List.of(hours(begin.minus(Duration.ofHours(1)), 1_000), hours(begin, 5), hours(HOUR, 7));

        assertThat(ActivityChart.of(all, period, NOW).sent()).isEqualTo(12);
    }

    @ParameterizedTest
    @EnumSource(Period.class)
    void silenceIsSaid(Period period) {
        ActivityChart chart = ActivityChart.of(List.of(), period, NOW);

        assertThat(chart.chart().story()).startsWith("No messages sent in the last ");
        assertThat(chart.waited()).isEqualTo("–");
        assertThat(chart.chart().lefts()).containsExactly("4", "3", "2", "1", "0");
    }

    private static SenderHours hours(Instant hour, long sent) {
        return new SenderHours(hour, sent, sent, 0, 0, 0, Duration.ofSeconds(2 * sent));
    }
}
