package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.analytics.Breakdown.Part;
import org.junit.jupiter.api.Test;

class BreakdownTest {

    @Test
    void theyAreReadAsTheyWereWritten() {
        var parts = new Breakdown();
        parts.add(Dimension.DEVICE, "Phone", 3);
        parts.add(Dimension.DEVICE, "", 1);
        parts.add(Dimension.REFERRER, "a\"b\\é.example", 2);

        Breakdown read = Breakdown.parse(parts.text());

        assertThat(read.top(Dimension.DEVICE, 10)).containsExactly(new Part("Phone", 3), new Part("", 1));
        assertThat(read.count(Dimension.REFERRER, "a\"b\\é.example")).isEqualTo(2);
        assertThat(Breakdown.parse("").text()).isEmpty();
    }

    @Test
    void inventedValuesEndUpAmongOthersAndNoCountIsLost() {
        Breakdown stored = new Breakdown();
        stored.add(Dimension.REFERRER, "large.example", 500);
        for (int second = 0; second < 20; second++) {
            var more = new Breakdown();
            for (int i = 0; i < 1_000; i++) {
                more.add(Dimension.REFERRER, "x" + second + "-" + i + ".example", 1);
            }
            more.addAll(Breakdown.parse(stored.text()));
            stored = Breakdown.parse(more.text());
        }

        assertThat(stored.top(Dimension.REFERRER, 1_000)).hasSize(Dimension.REFERRER.most);
        assertThat(stored.top(Dimension.REFERRER, 1)).containsExactly(new Part("large.example", 500));
        assertThat(stored.top(Dimension.REFERRER, 1_000).getLast().value()).isEqualTo(Breakdown.OTHERS);
        assertThat(stored.top(Dimension.REFERRER, 1_000).stream()
                        .mapToLong(Part::count)
                        .sum())
                .isEqualTo(20_500);
        assertThat(stored.text().length()).isLessThan(100_000);
    }
}
