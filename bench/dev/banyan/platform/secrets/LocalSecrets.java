package dev.banyan.platform.secrets;

import dev.banyan.platform.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/// Sealed secrets with a key of their own, in a data folder of the bench.
public final class LocalSecrets {

    private LocalSecrets() {}

    public static SealedSecrets in(Path data) {
        var system = new Properties();
        system.setProperty("banyan.data", data.toString());
        return new SealedSecrets(Settings.from(Map.of(), system));
    }
}
