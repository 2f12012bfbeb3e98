package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Sender;

/// Whether a pool can send right now, from the states of its numbers and the proof that they are alive.
///
/// @param able how many of its numbers can send
/// @param trouble why the pool counts as failing, in one sentence; empty if it works, or has never worked
/// @param seen what was seen of its numbers, one line each for those in trouble
/// @param isReal whether its messages reach people
record PoolHealth(boolean isReal, int able, Optional<String> trouble, List<String> seen) {

    private static final int MOST_SEEN = 20;

    PoolHealth {
        seen = List.copyOf(seen);
    }

    /// @param servants its own servants, including those that are lent
    static PoolHealth of(Sender master, List<Sender> servants, Liveness liveness) {
        List<Sender> all = Sender.sending(
                Stream.concat(Stream.of(master), servants.stream()).toList());
        boolean isReal = all.stream().anyMatch(sender -> sender.driver().isReal());
        int able = (int) all.stream().filter(sender -> isAble(sender, liveness)).count();
        var seen = new ArrayList<String>();
        all.stream()
                .filter(sender -> !isAble(sender, liveness))
                .limit(MOST_SEEN)
                .forEach(sender -> seen.add(word(sender)));
        if (able == 0 && all.stream().anyMatch(sender -> hasFailed(sender, liveness))) {
            return new PoolHealth(isReal, 0, Optional.of("No number of the pool can send."), seen);
        }
        return new PoolHealth(
                isReal, able, Optional.of("The master has failed.").filter(_ -> hasFailed(master, liveness)), seen);
    }

    /// Says that messages of a simulated pool wait for real numbers.
    PoolHealth keeping(int messages) {
        String line = (messages == 1 ? "1 message waits" : messages + " messages wait")
                + " for real numbers, and the pool has only simulated ones";
        return new PoolHealth(
                isReal,
                able,
                trouble,
                Stream.concat(Stream.of(line), seen.stream()).toList());
    }

    /// Returns whether a number has worked and no longer does. One that a person has paused or turned off
    /// has not failed.
    private static boolean hasFailed(Sender sender, Liveness liveness) {
        return sender.link().linkedAt().isPresent()
                && sender.enabled()
                && !sender.isPaused(Pause.HOLD)
                && !isAble(sender, liveness);
    }

    static boolean isAble(Sender sender, Liveness liveness) {
        return sender.enabled()
                && !sender.isPaused(Pause.HOLD)
                && sender.state().isActive()
                && liveness.isHealthy(sender);
    }

    private static String word(Sender sender) {
        String name = sender.shownName();
        if (!sender.enabled()) {
            return name + ": turned off";
        }
        if (sender.isPaused(Pause.HOLD)) {
            return name + ": paused";
        }
        return name + ": "
                + (sender.state().isActive() ? "not responding" : sender.state().key())
                + sender.lastError().map(error -> " (" + error + ")").orElse("");
    }
}
