package dev.banyan.platform.db;

import org.jooq.conf.Settings;

/// The settings with which jOOQ writes SQL, the same for every connection.
final class JooqSettings {

    private static final Settings SETTINGS = new Settings()
            .withRenderSchema(false)
            .withRenderCatalog(false)
            .withExecuteLogging(false)
            .withFetchWarnings(false);

    private JooqSettings() {}

    static Settings get() {
        return SETTINGS;
    }
}
