package dev.banyan;

import module java.base;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/// The server's clock in tests. It stands still until a test advances it, and never goes back.
@Alternative
@Priority(1)
@Singleton
public final class TestClock extends Clock {

    private volatile Instant now = Instant.parse("2026-11-20T10:00:00Z");

    public void forward(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Banyan thinks in UTC");
    }
}
