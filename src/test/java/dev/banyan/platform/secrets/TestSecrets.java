package dev.banyan.platform.secrets;

import dev.banyan.platform.config.Settings;

/// Sealed secrets for tests of other packages.
public final class TestSecrets {

    private TestSecrets() {}

    public static SealedSecrets of(Settings settings) {
        return new SealedSecrets(settings);
    }
}
