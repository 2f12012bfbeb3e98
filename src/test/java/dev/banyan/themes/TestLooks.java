package dev.banyan.themes;

import module java.base;

/// Appearances of pages without a server.
public final class TestLooks {

    private TestLooks() {}

    public static AppearanceSnapshots on(Clock clock) {
        return new AppearanceSnapshots(clock);
    }
}
