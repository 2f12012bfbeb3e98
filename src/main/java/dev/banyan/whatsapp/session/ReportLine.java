package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverListener;
import dev.banyan.whatsapp.DriverListener.Receipt;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;

/// A driver's events of each number, in order, kept until the server has acknowledged them. A refused event is reported
/// again, with everything after it.
public final class ReportLine {

    static final Duration PAUSE = Duration.ofSeconds(1);
    /// Limit of new messages waiting for one number, and for all numbers together.
    public static final int LONGEST = 1_000;

    static final int MOST = 20_000;

    /// @param kept completes with the receipt
    private record Waiting(DriverEvent event, CompletableFuture<Boolean> kept) {}

    /// The queue of one number. One thread at a time reports, which keeps the order. It holds no lock meanwhile:
    /// whoever hears of an event or its receipt may wait for a lock whose holder reports something else.
    private final class Line {

        /// Events that are neither acknowledged nor in progress, by position.
        private final NavigableMap<Long, Waiting> waiting = new TreeMap<>();
        private long last;
        private int underWay;
        private boolean reporting;
        private boolean pausing;
        private boolean cleared;

        private CompletableFuture<Boolean> add(DriverEvent event) {
            var one = new Waiting(event, new CompletableFuture<>());
            synchronized (this) {
                waiting.put(last++, one);
                total.incrementAndGet();
            }
            report();
            return one.kept();
        }

        private void report() {
            for (var next = begin(); next.isPresent(); next = next()) {
                Map.Entry<Long, Waiting> first = next.get();
                try {
                    // If the receipt is complete already, this changes the queue at once.
                    var _ = listener.report(first.getValue().event())
                            .thenAccept(receipt -> answered(first.getKey(), first.getValue(), receipt));
                } catch (RuntimeException | Error failure) {
                    end();
                    throw failure;
                }
            }
        }

        private synchronized Optional<Map.Entry<Long, Waiting>> begin() {
            if (reporting) {
                return Optional.empty();
            }
            reporting = true;
            return next();
        }

        private synchronized Optional<Map.Entry<Long, Waiting>> next() {
            if (pausing || waiting.isEmpty()) {
                end();
                return Optional.empty();
            }
            underWay++;
            return Optional.of(waiting.pollFirstEntry());
        }

        private synchronized void end() {
            reporting = false;
        }

        private void answered(long place, Waiting one, Receipt receipt) {
            switch (receipt) {
                case KEPT -> {
                    left();
                    one.kept().complete(true);
                    resume(); // there is room for one more
                }
                case NOT_NOW -> {
                    if (!isLater(place, one)) {
                        one.kept().complete(false);
                    }
                }
            }
        }

        private synchronized void left() {
            underWay--;
            total.decrementAndGet();
        }

        /// @return false if it is no longer wanted
        private synchronized boolean isLater(long place, Waiting one) {
            if (cleared) {
                left();
                return false;
            }
            underWay--;
            waiting.put(place, one);
            if (!pausing) {
                pausing = true;
                timers.in(PAUSE, this::resume);
            }
            return true;
        }

        private void resume() {
            synchronized (this) {
                pausing = false;
            }
            report();
        }

        private void clear() {
            List<Waiting> unwanted;
            synchronized (this) {
                cleared = true;
                total.addAndGet(-waiting.size());
                unwanted = List.copyOf(waiting.values());
                waiting.clear();
            }
            unwanted.forEach(one -> one.kept().complete(false));
        }

        private synchronized boolean hasRoom() {
            return waiting.size() + underWay < LONGEST;
        }
    }

    private final Timers timers;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<SenderKey, Line> lines = new ConcurrentHashMap<>();
    private volatile DriverListener listener;

    public ReportLine(Timers timers, DriverListener listener) {
        this.timers = timers;
        this.listener = listener;
    }

    public void listen(DriverListener to) {
        listener = to;
    }

    /// Returns whether a number may get another message now.
    public boolean hasRoom(SenderKey sender) {
        return total.get() < MOST && line(sender).hasRoom();
    }

    public void report(DriverEvent event) {
        var _ = line(event.sender()).add(event);
    }

    /// @return completes when the event is kept; with false if it is no longer wanted
    public CompletableFuture<Boolean> reportUntilKept(DriverEvent event) {
        return line(event.sender()).add(event);
    }

    /// Stops reporting events of this number.
    public void clear(SenderKey sender) {
        Optional.ofNullable(lines.remove(sender)).ifPresent(Line::clear);
    }

    private Line line(SenderKey sender) {
        return lines.computeIfAbsent(sender, _ -> new Line());
    }
}
