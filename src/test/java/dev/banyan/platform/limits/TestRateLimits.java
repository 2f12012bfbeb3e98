package dev.banyan.platform.limits;

import module java.base;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;

/// Rate limits for tests that create operations manually.
public final class TestRateLimits {

    private TestRateLimits() {}

    public static RateLimits on(Settings settings, Clock clock) {
        return new RateLimits(settings, clock, OtherNodes.NONE);
    }
}
