import java.util.Arrays;

/// How long the requests of one kind waited, since this was last asked: counted in slots that are a thirtieth wider than
/// the one before, so that hours of requests need no more memory than a second's.
final class Waits {

    private static final int STEPS = 32; // in each doubling
    private static final int STEP_BITS = 5;
    private static final long MOST_MICROS = (1L << 30) - 1;

    /// @param answers all of them, wrong ones too
    /// @param wrong not 2xx or 3xx, or the connection broke
    /// @param p50 in milliseconds, as the following
    record Seen(long answers, long wrong, double p50, double p99, double p999, double worst) {}

    private final long[] slots = new long[slot(MOST_MICROS) + 1];
    private long answers;
    private long wrong;
    private long worst;

    synchronized void add(long nanos, boolean good) {
        answers++;
        wrong += good ? 0 : 1;
        worst = Math.max(worst, nanos);
        slots[slot(Math.clamp(nanos / 1_000, 0, MOST_MICROS))]++;
    }

    /// Returns what was seen, and begins anew.
    synchronized Seen take() {
        var seen = new Seen(answers, wrong, quantile(0.5), quantile(0.99), quantile(0.999), worst / 1e6);
        Arrays.fill(slots, 0);
        answers = 0;
        wrong = 0;
        worst = 0;
        return seen;
    }

    private double quantile(double share) {
        if (answers == 0) {
            return Double.NaN;
        }
        long left = (long) (answers * share);
        int slot = 0;
        while (left >= slots[slot]) {
            left -= slots[slot++];
        }
        return Math.min(middle(slot) / 1e3, worst / 1e6);
    }

    private static int slot(long micros) {
        int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(micros | 1) - STEP_BITS);
        return shift * STEPS + (int) (micros >>> shift);
    }

    private static double middle(int slot) {
        int shift = Math.max(0, slot / STEPS - 1);
        return (slot - shift * STEPS + 0.5) * (1L << shift);
    }
}
