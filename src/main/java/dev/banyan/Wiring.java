package dev.banyan;

import module java.base;
import dev.banyan.commands.Boot;
import dev.banyan.commands.Product;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.config.Release;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Provides the results of [Boot] for injection. Without [Boot], as in tests, the settings are read from the same
/// sources and the database is opened here.
final class Wiring {

    private Wiring() {}

    @Produces
    @Singleton
    static Settings settings() {
        return Boot.prepared()
                .map(Boot::settings)
                .orElseGet(() -> Settings.from(System.getenv(), System.getProperties()));
    }

    @Produces
    @Singleton
    static Database database(Settings settings) throws IOException {
        if (Boot.prepared().isPresent()) {
            return Boot.prepared().get().database();
        }
        PrivateFiles.createFolder(settings.data());
        return Boot.open(settings);
    }

    @Produces
    @Singleton
    static Release release() {
        return new Release(Product.name());
    }

    @Produces
    @Singleton
    static Nodes nodes() {
        return Boot.prepared().map(Boot::nodes).orElseGet(Nodes::alone);
    }

    static void close(@Disposes Database database) {
        database.close();
    }
}
