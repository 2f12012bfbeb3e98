package dev.banyan;

import module java.base;
import dev.banyan.platform.db.TestDatabases;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import org.eclipse.microprofile.config.ConfigProvider;

/// The server shared by all `@QuarkusTest` classes of a part of the tests: a folder of its own of a server that was set
/// up, without rate limits. Limits and other settings are tested on objects created with their own settings. With
/// `-Dbanyan.test-database=POSTGRES` its data is in PostgreSQL.
@WithTestResource(value = TestServer.class, scope = TestResourceScope.GLOBAL)
public final class TestServer implements QuarkusTestResourceLifecycleManager {

    /// What names its folder, to it and to the tests.
    private static final String FOLDER = "banyan.data";

    /// Returns its data folder.
    public static Path data() {
        return Path.of(System.getProperty(FOLDER));
    }

    @Override
    public Map<String, String> start() {
        Path place = TestFolders.newFolder("server");
        Path data = place.resolve("data");
        TestDatabases.putOwnedFile(created(data).resolve("banyan.db"));
        // Our settings are read from system properties, not from Quarkus' configuration.
        System.setProperty(FOLDER, data.toString());
        System.setProperty("banyan.rate-limits", "off");
        System.setProperty("banyan.billing", "operator");
        System.setProperty("banyan.security-contact", "security@example.com");
        if (TestDatabases.POSTGRES.name().equals(System.getProperty(TestDatabases.ONLY))) {
            System.setProperty("banyan.database-url", TestDatabases.ownedPostgresUrl());
        }
        System.setProperty("banyan.dns", FakeDns.ofServer().address());
        // Gateways in tests are fakes on this machine.
        System.setProperty("banyan.outbound-allow", "127.0.0.1");
        return Map.of(
                "quarkus.http.body.uploads-directory", place.resolve("uploads").toString());
    }

    @Override
    public void stop() {
        System.clearProperty(FOLDER);
        System.clearProperty("banyan.rate-limits");
        System.clearProperty("banyan.billing");
        System.clearProperty("banyan.security-contact");
        System.clearProperty("banyan.outbound-allow");
        System.clearProperty("banyan.dns");
        System.clearProperty("banyan.database-url");
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectory(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Returns its address, without a trailing slash.
    public static URI uri() {
        return URI.create(
                "http://127.0.0.1:" + ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class));
    }
}
