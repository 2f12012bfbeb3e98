package dev.banyan.platform.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.secrets.TestSecrets;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The key that signs requests to SAML providers, which know its certificate.
@OnEveryDatabase
class SamlKeysContractTest {

    private final Database database;
    private final TestClock clock = new TestClock();

    SamlKeysContractTest(Database database) {
        this.database = database;
    }

    /// A server with this data folder.
    private SamlKeys server(Path data) {
        Settings settings = Settings.forTests(data);
        return new SamlKeys(database, TestSecrets.of(settings), settings, clock);
    }

    @Test
    void allServersHaveTheSameOneFromTheFirstRequestOnAndAfterARestart(@TempDir Path first, @TempDir Path lost)
            throws Exception {
        TestSecrets.of(Settings.forTests(first)).seal("x", "so that its key is there");
        var together = new CyclicBarrier(2);
        Callable<String> asking = () -> {
            SamlKeys server = server(first);
            together.await();
            return server.current().certificate();
        };
        try (var servers = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = servers.submit(asking);
            var other = servers.submit(asking);
            assertThat(one.get()).isEqualTo(other.get());
        }
        String certificate = server(first).current().certificate();
        assertThat(server(first).current().certificate()).as("after a restart").isEqualTo(certificate);
        assertSigns(server(first).current());
        assertThat(rows()).noneMatch(row -> row.sealedKey().contains(base64(server(first))));

        clock.forward(Duration.ofDays(1));
        SamlKeys.Key fresh = server(lost).current();
        assertThat(fresh.certificate()).as("without the key of the data folder").isNotEqualTo(certificate);
        assertSigns(fresh);
        assertThat(server(lost).current().certificate()).isEqualTo(fresh.certificate());
        assertThat(server(first).current().certificate())
                .as("when it was found again")
                .isEqualTo(certificate);
    }

    private List<SamlKeyStore.Row> rows() {
        return database.read(tx -> new SamlKeyStore(tx).list());
    }

    private static String base64(SamlKeys server) {
        return Base64.getEncoder().encodeToString(server.current().key().getEncoded());
    }

    private static void assertSigns(SamlKeys.Key key) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(key.certificate()))));
        signature.update("SAMLRequest=x".getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(key.sign("SAMLRequest=x"))).isTrue();
    }
}
