package dev.banyan.themes;

import java.time.Clock;

/// Looks of pages without a server.
public final class TestLooks {

    private TestLooks() {}

    public static LookCopies on(Clock clock) {
        return new LookCopies(clock);
    }
}
