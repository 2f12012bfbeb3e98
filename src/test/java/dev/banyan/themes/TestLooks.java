package dev.banyan.themes;

import java.time.Clock;

/// Appearances of pages without a server.
public final class TestLooks {

    private TestLooks() {}

    public static AppearanceSnapshots on(Clock clock) {
        return new AppearanceSnapshots(clock);
    }
}
