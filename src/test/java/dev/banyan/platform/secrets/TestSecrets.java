package dev.banyan.platform.secrets;

import dev.banyan.platform.config.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/// Sealed secrets for tests of other packages.
public final class TestSecrets {

    private TestSecrets() {}

    public static SealedSecrets of(Settings settings) {
        return new SealedSecrets(settings);
    }

    public static SentSecrets sent(Settings settings) {
        return new SentSecrets(of(settings), new SimpleMeterRegistry());
    }
}
