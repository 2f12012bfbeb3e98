package dev.banyan;

import module java.base;
import dev.banyan.platform.db.TestDatabases;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import org.eclipse.microprofile.config.ConfigProvider;

/// The server shared by all `@QuarkusTest` classes: a data folder below `target` of a server that was set
/// up, without rate limits. Limits
/// and other settings are tested on objects created with their own settings. With `-Dbanyan.test-database=POSTGRES` its
/// data is in PostgreSQL.
@WithTestResource(value = TestServer.class, scope = TestResourceScope.GLOBAL)
public final class TestServer implements QuarkusTestResourceLifecycleManager {

    private static final Path DATA = Path.of("target", System.getProperty("banyan.test-data", "test-data"));

    /// Returns its data folder, which is another one for each part of the tests.
    public static Path data() {
        return DATA;
    }

    @Override
    public Map<String, String> start() {
        delete(DATA);
        TestDatabases.putOwnedFile(folder().resolve("banyan.db"));
        // Our settings are read from system properties, not from Quarkus' configuration.
        System.setProperty("banyan.data", DATA.toString());
        System.setProperty("banyan.rate-limits", "off");
        System.setProperty("banyan.billing", "operator");
        System.setProperty("banyan.security-contact", "security@example.com");
        if (TestDatabases.POSTGRES.name().equals(System.getProperty(TestDatabases.ONLY))) {
            System.setProperty("banyan.database-url", TestDatabases.ownedPostgresUrl());
        }
        System.setProperty("banyan.dns", FakeDns.ofServer().address());
        // Gateways in tests are fakes on this machine.
        System.setProperty("banyan.outbound-allow", "127.0.0.1");
        return Map.of();
    }

    @Override
    public void stop() {
        System.clearProperty("banyan.data");
        System.clearProperty("banyan.rate-limits");
        System.clearProperty("banyan.billing");
        System.clearProperty("banyan.security-contact");
        System.clearProperty("banyan.outbound-allow");
        System.clearProperty("banyan.dns");
        System.clearProperty("banyan.database-url");
    }

    private static Path folder() {
        try {
            return Files.createDirectories(DATA);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
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
