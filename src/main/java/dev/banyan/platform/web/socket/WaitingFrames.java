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
        if (bytes.addAndGet(more) > most) {
            bytes.addAndGet(-more);
            return false;
        }
        return true;
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
