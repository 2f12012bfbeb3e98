package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import org.junit.jupiter.api.Test;

class UniqueVisitorsTest {

    private final Random random = new Random(42);

    private Set<Integer> tokens(int count) {
        var tokens = new HashSet<Integer>();
        while (tokens.size() < count) {
            tokens.add(UniqueVisitors.token(random.nextLong()));
        }
        return tokens;
    }

    @Test
    void fewVisitorsAreCountedExactlyAndOnce() {
        Set<Integer> some = tokens(700);

        UniqueVisitors once = UniqueVisitors.EMPTY.with(some);
        UniqueVisitors again =
                new UniqueVisitors(once.text(), once.count()).with(some).with(tokens(300));

        assertThat(once.count()).isEqualTo(700);
        assertThat(again.count()).isEqualTo(1_000);
        assertThat(UniqueVisitors.EMPTY.with(Set.of())).isEqualTo(UniqueVisitors.EMPTY);
    }

    @Test
    void manyAreEstimatedWithinAFewPercentAndFitTheirColumn() {
        UniqueVisitors sketch = UniqueVisitors.EMPTY;
        for (int second = 0; second < 100; second++) {
            sketch = sketch.with(tokens(1_000));
        }

        assertThat(sketch.count()).isCloseTo(100_000, within(5_000L));
        assertThat(sketch.text().length()).isLessThan(8_000);
        assertThat(UniqueVisitors.EMPTY
                        .with(tokens(UniqueVisitors.EXACT))
                        .text()
                        .length())
                .isLessThan(8_000);
    }
}
