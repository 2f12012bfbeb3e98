package dev.banyan.platform;

import module java.base;
import jakarta.inject.Singleton;

/// The time in whole milliseconds, never the same twice on this server: for ids that contain it, and for lists that
/// show the newest first. Within one millisecond it runs a little ahead of the clock.
@Singleton
public final class UniqueTimestamps {

    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    public UniqueTimestamps(Clock clock) {
        this.clock = clock;
    }

    public Instant next() {
        long now = clock.millis();
        return Instant.ofEpochMilli(last.updateAndGet(before -> Math.max(before + 1, now)));
    }
}
