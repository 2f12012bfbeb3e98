package dev.banyan.platform.limits;

import module java.base;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;

/// Rate limits with their default values, on a clock of the test.
public final class TestLimits {

    private TestLimits() {}

    /// @param settings alternating names and values, such as `limit-login-by-ip`, `2/10s`
    public static RateLimits on(Clock clock, String... settings) {
        return new RateLimits(settings(settings), clock, OtherNodes.NONE);
    }

    public static Settings settings(String... settings) {
        var system = new Properties();
        for (int i = 0; i < settings.length; i += 2) {
            system.setProperty("banyan." + settings[i], settings[i + 1]);
        }
        return Settings.from(Map.of(), system);
    }
}
