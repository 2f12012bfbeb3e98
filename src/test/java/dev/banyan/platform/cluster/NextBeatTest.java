package dev.banyan.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class NextBeatTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    @Test
    void isDueAfterASecond() {
        assertThat(Nodes.untilNextBeat(List.of(seenAgo(0), seenAgo(1_000), seenAgo(2_900)), NOW))
                .isEqualTo(Nodes.BEAT);
    }

    @Test
    void isDueAsSoonAsASilentNodeIsGone() {
        Duration next = Nodes.untilNextBeat(List.of(seenAgo(0), seenAgo(3_300), seenAgo(3_100)), NOW);

        assertThat(next).isEqualTo(Duration.ofMillis(701));
        assertThat(NOW.minusMillis(3_300)).isBefore(Nodes.aliveSince(NOW.plus(next)));
    }

    @Test
    void isNeverDueAtOnce() {
        assertThat(Nodes.untilNextBeat(List.of(seenAgo(0), seenAgo(4_000)), NOW))
                .isPositive();
    }

    private static Node seenAgo(int milliseconds) {
        return new Node(UUID.randomUUID(), "a", "key", NOW.minusSeconds(60), NOW.minusMillis(milliseconds));
    }
}
