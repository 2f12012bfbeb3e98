package dev.banyan.platform.files;

import dev.banyan.platform.config.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Chooses where this server's files are.
final class FilesWiring {

    @Produces
    @Singleton
    FileStore files(Settings settings) {
        return FileStore.of(settings);
    }
}
