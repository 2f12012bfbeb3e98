package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// What the product promises about time, such as "within ten seconds". It can't keep that on a machine that is busy
/// with other programs: there, a promise that was missed gets as much more time as any work takes at the moment.
public final class TimeLimit {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration PROBE = Duration.ofMillis(200);

    private TimeLimit() {}

    public static void assertKept(Duration promised, Duration took) {
        if (took.compareTo(promised) >= 0) {
            assertThat(took).isLessThan(onThisMachine(promised));
        }
    }

    /// Returns the time that something takes here at the moment, if it takes this long where nothing else runs.
    public static Duration onThisMachine(Duration time) {
        long began = System.nanoTime();
        long worked = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - worked < PROBE.toNanos()) {
            Thread.onSpinWait();
        }
        double share = (double) PROBE.toNanos() / (System.nanoTime() - began);
        return Duration.ofNanos((long) (time.toNanos() / share));
    }
}
