package dev.banyan.platform.limits;

import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import java.time.Clock;

/// Rate limits for tests that create operations manually.
public final class TestRateLimits {

    private TestRateLimits() {}

    public static RateLimits on(Settings settings, Clock clock) {
        return new RateLimits(settings, clock, OtherNodes.NONE);
    }
}
