package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import dev.banyan.TestClock;

/// The time of a fake gateway: what is due happens when a test lets time pass, in order, and never by itself.
final class FakeTime {

    private record Due(Instant at, long order, Runnable action, boolean isOfProcess) {}

    private final TestClock clock;
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private long orders;

    FakeTime(TestClock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    synchronized void in(Duration time, Runnable action) {
        agenda.add(new Due(now().plus(time), orders++, action, false));
    }

    /// Plans something that is forgotten when the process dies.
    synchronized void inProcess(Duration time, Runnable action) {
        agenda.add(new Due(now().plus(time), orders++, action, true));
    }

    /// Moves the clock, and stops on the way for everything that is due.
    void passes(Duration time) {
        Instant end = now().plus(time);
        for (Optional<Due> next = next(end); next.isPresent(); next = next(end)) {
            Duration until = Duration.between(now(), next.get().at());
            if (until.isPositive()) {
                clock.forward(until);
            }
            next.get().action().run();
        }
        Duration rest = Duration.between(now(), end);
        if (rest.isPositive()) {
            clock.forward(rest);
        }
    }

    /// Does what is due, after somebody else has moved the clock.
    void catchesUp() {
        passes(Duration.ZERO);
    }

    /// Returns when something is due next.
    synchronized Optional<Instant> nextDue() {
        return Optional.ofNullable(agenda.peek()).map(Due::at);
    }

    private synchronized Optional<Due> next(Instant end) {
        Due first = agenda.peek();
        if (first == null || first.at().isAfter(end)) {
            return Optional.empty();
        }
        return Optional.ofNullable(agenda.poll());
    }

    synchronized void processDies() {
        agenda.removeIf(Due::isOfProcess);
    }
}
