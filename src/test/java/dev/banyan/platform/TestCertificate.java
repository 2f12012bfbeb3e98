package dev.banyan.platform;

import module java.base;
import com.unboundid.ldap.listener.SelfSignedCertificateGenerator;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import com.unboundid.util.ssl.cert.CertException;
import java.security.cert.X509Certificate;

/// An RSA key of this machine with a certificate that it signed itself. Making one takes a second of a processor, so
/// there are four per JVM, given out in turns: a test that takes up to four has different ones.
public final class TestCertificate {

    private static final int MADE_AT_MOST = 4;
    private static final List<TestCertificate> MADE = new ArrayList<>();
    private static int taken;

    private final SSLUtil tls;
    private final X509Certificate certificate;
    private final RSAPrivateCrtKey key;

    private TestCertificate(File file, char[] pin) throws GeneralSecurityException, IOException {
        this.tls = new SSLUtil(new KeyStoreKeyManager(file, pin, "PKCS12", null), new TrustAllTrustManager());
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file.toPath())) {
            keys.load(in, pin);
        }
        String name = keys.aliases().nextElement();
        this.certificate = (X509Certificate) keys.getCertificate(name);
        this.key = (RSAPrivateCrtKey) keys.getKey(name, pin);
    }

    /// Returns another one than the last three calls did.
    public static synchronized TestCertificate next() {
        if (MADE.size() < MADE_AT_MOST) {
            MADE.add(make());
        }
        return MADE.get(taken++ % MADE_AT_MOST);
    }

    private static TestCertificate make() {
        try {
            var made = SelfSignedCertificateGenerator.generateTemporarySelfSignedCertificate("banyan", "PKCS12");
            return new TestCertificate(
                    Objects.requireNonNull(made.getFirst()), Objects.requireNonNull(made.getSecond()));
        } catch (CertException | GeneralSecurityException | IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Sockets of a server with this certificate; as a client it trusts everybody.
    public SSLUtil tls() {
        return tls;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public RSAPublicKey publicKey() {
        return (RSAPublicKey) certificate.getPublicKey();
    }

    public RSAPrivateCrtKey key() {
        return key;
    }

    public String base64() {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public String pem() {
        return "-----BEGIN CERTIFICATE-----\n" + base64().replaceAll(".{64}", "$0\n") + "\n-----END CERTIFICATE-----\n";
    }
}
