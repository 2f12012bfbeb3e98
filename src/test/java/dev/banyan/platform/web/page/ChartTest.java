package dev.banyan.platform.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.web.page.Chart.Series;
import dev.banyan.platform.web.page.Chart.Step;
import dev.banyan.platform.web.page.Chart.Style;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final List<Step> STEPS =
            List.of(new Step("1 May", "1"), new Step("2 May", "2"), new Step("3 May", "3"));
    private static final List<Series> SERIES =
            List.of(new Series("Views", List.of(2L, 4L, 1L)), new Series("Bots", List.of(9L, 9L, 9L), Style.TABLE));

    @Test
    void unfinishedStepIsDottedAndMarkedEverywhere() {
        Chart chart = chart(Optional.of("Today so far"));

        Chart.Line line = chart.lines().getFirst();
        assertThat(line.path()).isEqualTo("M0 20L50 0");
        assertThat(line.soFar()).isEqualTo("M50 0L100 30");
        assertThat(line.area()).isEqualTo("M0 20L50 0L50 40L0 40Z");
        assertThat(line.end()).isEqualTo("M100 30h0");
        assertThat(chart.belows()).containsExactly("1 May", "Today so far");
        assertThat(chart.rows().getFirst().step()).isEqualTo("3 May (so far)");
        assertThat(chart.story()).isEqualTo("Views: 7. Today so far: views 1.");
    }

    @Test
    void finishedStepsAreOneLine() {
        Chart chart = chart(Optional.empty());

        assertThat(chart.lines()).hasSize(1);
        assertThat(chart.lines().getFirst().path()).isEqualTo("M0 20L50 0L100 30");
        assertThat(chart.lines().getFirst().soFar()).isEmpty();
        assertThat(chart.belows()).containsExactly("1 May", "3 May");
        assertThat(chart.columns()).containsExactly("Views", "Bots");
        assertThat(chart.rows().getFirst()).isEqualTo(new Chart.Row("3 May", "3", List.of("1", "9")));
    }

    @Test
    void singleStepIsALevelLine() {
        assertThat(Chart.spark(List.of(5L), false).path()).isEqualTo("M0 0L100 0");
        assertThat(Chart.spark(List.of(5L), true).path()).isEmpty();
        assertThat(Chart.spark(List.of(5L), true).soFar()).isEqualTo("M0 0L100 0");
        assertThat(Chart.spark(List.of(), true).path()).isEmpty();
    }

    @Test
    void namesAtTheEndsOfLinesStayApart() {
        List<Series> close = List.of(
                new Series("Views", List.of(1L, 4L, 1L)),
                new Series("Clicks", List.of(1L, 1L, 1L)),
                new Series("Scans", List.of(0L, 0L, 0L)));
        Chart chart = Chart.of("Visits", "", "Day", STEPS, List.of(), close, Optional.empty());
        assertThat(chart.named()).isTrue();
        assertThat(chart.lines().stream().map(line -> Double.parseDouble(line.label())))
                .containsExactly(75.0, 62.5, 100.0);
    }

    @Test
    void stackedAreasEndAtTheLineBelowAndTheTableHasTheNumbers() {
        List<LocalDate> days = List.of(LocalDate.parse("2026-05-01"), LocalDate.parse("2026-05-02"));
        Chart chart = DaysChart.stacked(
                "Views",
                days,
                List.of(new Series("One", List.of(1L, 2L)), new Series("Two", List.of(3L, 2L))),
                LocalDate.parse("2026-06-01"),
                ZoneOffset.UTC);
        assertThat(chart.stacked()).isTrue();
        assertThat(chart.lines().getLast().area()).isEqualTo("M0 0L100 0L100 20L0 30Z");
        assertThat(chart.lines().getFirst().area()).isEqualTo("M0 30L100 20L100 40L0 40Z");
        assertThat(chart.rows().getFirst().counts()).containsExactly("2", "2");
        assertThat(chart.leadingTo("/x?day=").path()).contains("/x?day=");
    }

    private static Chart chart(Optional<String> soFar) {
        return Chart.of("Visits", "Views: 7.", "Day", STEPS, List.of("1 May", "3 May"), SERIES, soFar);
    }
}
