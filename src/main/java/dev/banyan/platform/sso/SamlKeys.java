package dev.banyan.platform.sso;

import module java.base;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.secrets.SealedSecrets.Opened;
import jakarta.inject.Singleton;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.apache.xml.security.Init;
import org.apache.xml.security.algorithms.MessageDigestAlgorithm;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.jboss.logging.Logger;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// The key that signs our requests to SAML providers, made when it is first needed. Providers are given its certificate
/// once, so it stays, and all servers on a database have the same one (docs/decisions/0121).
@Singleton
public final class SamlKeys {

    static final String RSA_SHA256 = XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256;
    private static final Logger LOG = Logger.getLogger(SamlKeys.class);
    private static final String PURPOSE = "requests to saml providers";
    private static final int BITS = 2_048;
    /// Providers may refuse a certificate that has expired, or isn’t valid yet by their clock.
    private static final Duration LIFE = Duration.ofDays(30 * 365);

    private static final Duration SKEW = Duration.ofDays(1);
    private static final String EXCLUSIVE = Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS;

    static {
        Init.init();
    }

    /// @param certificate as DER in Base64
    record Key(PrivateKey key, String certificate) {

        private static Key fresh(Instant now) {
            try {
                var pairs = KeyPairGenerator.getInstance("RSA");
                pairs.initialize(BITS);
                KeyPair pair = pairs.generateKeyPair();
                byte[] certificate = com.unboundid.util.ssl.cert.X509Certificate.generateSelfSignedCertificate(
                                SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
                                pair,
                                new DN("CN=Banyan"),
                                now.minus(SKEW).toEpochMilli(),
                                now.plus(LIFE).toEpochMilli())
                        .getX509CertificateBytes();
                return new Key(pair.getPrivate(), base64(certificate));
            } catch (GeneralSecurityException | CertException | LDAPException impossible) {
                throw new IllegalStateException("Every Java makes RSA keys", impossible);
            }
        }

        private static Key of(String key, String certificate) {
            try {
                return new Key(
                        KeyFactory.getInstance("RSA")
                                .generatePrivate(new PKCS8EncodedKeySpec(
                                        Base64.getDecoder().decode(key))),
                        certificate);
            } catch (GeneralSecurityException | IllegalArgumentException failure) {
                throw new IllegalStateException("The key that signs requests to SAML providers is broken", failure);
            }
        }

        private String written() {
            return base64(key.getEncoded());
        }

        private static String base64(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }

        /// Signs the octets of a query.
        byte[] sign(String query) {
            try {
                var signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(key);
                signature.update(query.getBytes(StandardCharsets.US_ASCII));
                return signature.sign();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("Every Java signs with RSA", impossible);
            }
        }

        /// Returns a request with its signature in it, behind the issuer, as the schema wants it.
        byte[] signXml(byte[] request) {
            try {
                Document document = SafeXml.parse(request);
                Element root = document.getDocumentElement();
                root.setIdAttributeNS(null, "ID", true);
                var signature = new XMLSignature(document, "", RSA_SHA256, EXCLUSIVE);
                root.insertBefore(signature.getElement(), root.getFirstChild().getNextSibling());
                var transforms = new Transforms(document);
                transforms.addTransform(Transforms.TRANSFORM_ENVELOPED_SIGNATURE);
                transforms.addTransform(EXCLUSIVE);
                signature.addDocument(
                        "#" + root.getAttribute("ID"), transforms, MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA256);
                signature.addKeyInfo((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(Base64.getDecoder().decode(certificate))));
                signature.sign(key);
                var signed = new ByteArrayOutputStream();
                Canonicalizer.getInstance(EXCLUSIVE).canonicalizeSubtree(document, signed);
                // The library ends lines of Base64 with carriage returns, and some readers refuse Base64 with them.
                return signed.toString(StandardCharsets.UTF_8)
                        .replace("&#xD;", "")
                        .getBytes(StandardCharsets.UTF_8);
            } catch (SAXException | XMLSecurityException | GeneralSecurityException failure) {
                throw new IllegalStateException("A request of ours can’t be signed", failure);
            }
        }
    }

    private final Database database;
    private final SealedSecrets secrets;
    private final Settings settings;
    private final Clock clock;
    private Optional<Key> known = Optional.empty();

    SamlKeys(Database database, SealedSecrets secrets, Settings settings, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
    }

    synchronized Key current() {
        Key key = known.or(this::stored).orElseGet(this::created);
        known = Optional.of(key);
        return key;
    }

    /// Returns the oldest that can be opened: after a lost key of the data folder was found again, the former one.
    private Optional<Key> stored() {
        List<SamlKeyStore.Row> rows = database.read(tx -> new SamlKeyStore(tx).list());
        return rows.stream().flatMap(row -> opened(row).stream()).findFirst();
    }

    private Optional<Key> opened(SamlKeyStore.Row row) {
        return switch (secrets.open(row.sealedKey(), PURPOSE)) {
            case Opened.Done(String key) -> Optional.of(Key.of(key, row.certificate()));
            case Opened.NoKey _, Opened.Broken _ -> {
                LOG.warn(
                        "A key that signed requests to SAML providers can’t be opened. With another one, providers that"
                                + " check it must read our metadata again");
                yield Optional.empty();
            }
        };
    }

    /// Another server may be as fast: the first row counts.
    private Key created() {
        Key fresh = Key.fresh(clock.instant());
        var row = new SamlKeyStore.Row(
                SealedSecrets.keyId(settings),
                secrets.seal(fresh.written(), PURPOSE),
                fresh.certificate(),
                clock.instant());
        database.write(tx -> {
            new SamlKeyStore(tx).insert(row);
            return row;
        });
        return stored().orElseThrow(
                        () -> new IllegalStateException("The key that signs requests to SAML providers is broken"));
    }
}
