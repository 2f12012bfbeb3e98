package dev.banyan.platform.web.socket;

import module java.base;
import dev.banyan.platform.config.Settings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/// What all sockets of this server have received and not yet worked off. The framework puts no bound to it
/// (CVE-2026-87742), so each frame is counted before it gets there.
@Singleton
public final class WaitingFrames {

    private static final int PART_OF_BODIES = 4;

    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    /// Of these, what belongs to messages of which more is to come.
    private final AtomicLong unfinished = new AtomicLong();
    private final Counter refused;

    WaitingFrames(Settings settings, MeterRegistry registry) {
        this.most = settings.edge().bodyBytes() / PART_OF_BODIES;
        this.refused = Counter.builder("banyan.sockets.flooded")
                .description("WebSockets closed because too much waited to be handled")
                .register(registry);
        Gauge.builder("banyan.sockets.waiting.bytes", bytes, AtomicLong::doubleValue)
                .description("Memory of WebSocket frames that wait to be handled")
                .register(registry);
    }

    /// @return false if there is no room for them
    boolean take(long more) {
        return added(bytes, more, most);
    }

    /// Takes a part of a message whose end may never come. All of these have half of the room, so that they don’t take
    /// that of whole messages.
    ///
    /// @return false if there is no room for it
    boolean takeUnfinished(long more) {
        if (!added(unfinished, more, most / 2)) {
            return false;
        }
        if (!take(more)) {
            unfinished.addAndGet(-more);
            return false;
        }
        return true;
    }

    private static boolean added(AtomicLong sum, long more, long most) {
        if (sum.addAndGet(more) > most) {
            sum.addAndGet(-more);
            return false;
        }
        return true;
    }

    void giveUnfinished(long back) {
        unfinished.addAndGet(-back);
        give(back);
    }

    void give(long back) {
        bytes.addAndGet(-back);
    }

    void refused() {
        refused.increment();
    }

    long bytes() {
        return bytes.get();
    }
}
