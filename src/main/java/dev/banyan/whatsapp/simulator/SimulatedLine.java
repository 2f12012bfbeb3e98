package dev.banyan.whatsapp.simulator;

import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverListener;
import dev.banyan.whatsapp.DriverListener.Receipt;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The events of the simulated WhatsApp for each number, in order, kept until the server has acknowledged them. A
/// refused event is reported again, with everything after it.
final class SimulatedLine {

    static final Duration PAUSE = Duration.ofSeconds(1);
    /// Limit of new messages waiting for one number, and for all numbers together.
    static final int LONGEST = 1_000;

    static final int MOST = 20_000;

    /// The queue of one number; its lock keeps the order.
    private final class Line {

        /// Events that are neither acknowledged nor in progress, by position.
        private final NavigableMap<Long, DriverEvent> waiting = new TreeMap<>();
        private long last;
        private int underWay;
        private boolean pausing;
        private boolean cleared;

        private synchronized void add(DriverEvent event) {
            waiting.put(last++, event);
            total.incrementAndGet();
            report();
        }

        private synchronized void report() {
            while (!pausing && !waiting.isEmpty()) {
                Map.Entry<Long, DriverEvent> first = waiting.pollFirstEntry();
                underWay++;
                // If the receipt is complete already, this changes the queue at once.
                var _ = listener.report(first.getValue())
                        .thenAccept(receipt -> answered(first.getKey(), first.getValue(), receipt));
            }
        }

        private synchronized void answered(long place, DriverEvent event, Receipt receipt) {
            underWay--;
            switch (receipt) {
                case KEPT -> {
                    total.decrementAndGet();
                    resume(); // there is room for one more
                }
                case NOT_NOW -> {
                    if (cleared) {
                        total.decrementAndGet();
                        return;
                    }
                    waiting.put(place, event);
                    if (!pausing) {
                        pausing = true;
                        timers.in(PAUSE, this::resume);
                    }
                }
            }
        }

        private synchronized void resume() {
            pausing = false;
            report();
        }

        private synchronized void clear() {
            cleared = true;
            total.addAndGet(-waiting.size());
            waiting.clear();
        }

        private synchronized boolean hasRoom() {
            return waiting.size() + underWay < LONGEST;
        }
    }

    private final Timers timers;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<SenderKey, Line> lines = new ConcurrentHashMap<>();
    private volatile DriverListener listener;

    SimulatedLine(Timers timers, DriverListener listener) {
        this.timers = timers;
        this.listener = listener;
    }

    void listen(DriverListener to) {
        listener = to;
    }

    /// Returns whether a number may get another message now.
    boolean hasRoom(SenderKey sender) {
        return total.get() < MOST && line(sender).hasRoom();
    }

    void report(DriverEvent event) {
        line(event.sender()).add(event);
    }

    /// Stops reporting events of this number.
    void clear(SenderKey sender) {
        Optional.ofNullable(lines.remove(sender)).ifPresent(Line::clear);
    }

    private Line line(SenderKey sender) {
        return lines.computeIfAbsent(sender, _ -> new Line());
    }
}
