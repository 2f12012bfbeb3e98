package dev.banyan.platform.sso;

import module java.base;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.JOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import java.security.Signature;

/// Checks what a provider has signed with the keys that it publishes. If none of those that are kept has made a
/// signature, they may have been changed, and are read again.
record SignedTokens(OidcDocuments documents, OIDCProviderMetadata provider) {

    /// Signed with a key of the provider. Neither `none` nor a secret that we share.
    private static final Set<JWSAlgorithm> ACCEPTED = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            JWSAlgorithm.Ed25519);

    /// What a certificate’s key of these curves begins with (RFC 8410).
    private static final Map<Curve, byte[]> EDWARDS = Map.of(
            Curve.Ed25519, HexFormat.of().parseHex("302a300506032b6570032100"),
            Curve.Ed448, HexFormat.of().parseHex("3043300506032b6571033a00"));

    /// @param what the token is, as in “ID token”
    /// @param types which types its header may name; the library’s own say no more than “JWT”
    JWTClaimsSet checked(
            String what,
            JWT token,
            JOSEObjectTypeVerifier<SecurityContext> types,
            JWTClaimsSetVerifier<SecurityContext> claims)
            throws ProviderTrouble {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(types);
        processor.setJWSVerifierFactory(new Verifiers());
        processor.setJWSKeySelector((header, _) -> keys(what, header));
        processor.setJWTClaimsSetVerifier(claims);
        try {
            return checked(processor, token);
        } catch (BadJOSEException | JOSEException failure) {
            throw failure instanceof KeySourceException && failure.getCause() instanceof ProviderTrouble trouble
                    ? trouble
                    : new ProviderTrouble(
                            Kind.REFUSED, "The provider’s " + what + " isn’t valid: " + failure.getMessage(), failure);
        }
    }

    private JWTClaimsSet checked(DefaultJWTProcessor<SecurityContext> processor, JWT token)
            throws BadJOSEException, JOSEException, ProviderTrouble {
        try {
            return processor.process(token, null);
        } catch (BadJWSException ofAnotherKey) {
            if (!documents.readKeysAgain(provider)) {
                throw ofAnotherKey;
            }
            return processor.process(token, null);
        }
    }

    private List<Key> keys(String what, JWSHeader header) throws KeySourceException {
        JWSAlgorithm algorithm = header.getAlgorithm();
        try {
            if (!ACCEPTED.contains(algorithm)) {
                throw new ProviderTrouble(
                        Kind.SETUP,
                        "The provider signs its " + what + " with " + algorithm
                                + ", which isn’t accepted. Choose RS256, ES256 or EdDSA there.");
            }
            Set<Curve> curves =
                    Optional.ofNullable(Curve.forJWSAlgorithm(algorithm)).orElse(Set.of());
            List<Key> keys = documents.keys(provider, new JWKSelector(matcher(header))).stream()
                    .filter(key -> !(key instanceof ECKey ec) || curves.contains(ec.getCurve()))
                    .flatMap(SignedTokens::key)
                    .toList();
            if (keys.isEmpty()) {
                throw new ProviderTrouble(
                        Kind.REFUSED, "The provider’s " + what + " is signed with a key that it doesn’t publish.");
            }
            return keys;
        } catch (ProviderTrouble trouble) {
            throw new KeySourceException(trouble.sentence(), trouble);
        }
    }

    /// The certificate that a header names isn’t asked for: the key alone counts.
    private static JWKMatcher matcher(JWSHeader header) {
        return JWKMatcher.forJWSHeader(
                new JWSHeader.Builder(header).x509CertSHA256Thumbprint(null).build());
    }

    private static Stream<Key> key(JWK key) {
        return key instanceof OctetKeyPair pair
                ? edwards(pair).stream()
                : KeyConverter.toJavaKeys(List.of(key)).stream().filter(PublicKey.class::isInstance);
    }

    /// The library needs another one for these keys, which Java itself has.
    private static Optional<Key> edwards(OctetKeyPair pair) {
        byte[] start = EDWARDS.get(pair.getCurve());
        if (start == null) {
            return Optional.empty();
        }
        byte[] key = pair.getDecodedX();
        byte[] encoded = Arrays.copyOf(start, start.length + key.length);
        System.arraycopy(key, 0, encoded, start.length, key.length);
        try {
            return Optional.of(
                    KeyFactory.getInstance(pair.getCurve().getName()).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException _) {
            return Optional.empty(); // as other keys that can’t be read
        }
    }

    private static final class Verifiers extends DefaultJWSVerifierFactory {

        @Override
        public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
            return key instanceof EdECPublicKey edwards ? new Edwards(edwards) : super.createJWSVerifier(header, key);
        }
    }

    private static final class Edwards extends EdDSAProvider implements JWSVerifier {

        private final EdECPublicKey key;

        Edwards(EdECPublicKey key) {
            this.key = key;
        }

        @Override
        public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
            try {
                var check = Signature.getInstance(key.getParams().getName());
                check.initVerify(key);
                check.update(signed);
                // Nothing that a header calls critical is known here.
                return header.getCriticalParams() == null && check.verify(signature.decode());
            } catch (SignatureException _) {
                return false;
            } catch (GeneralSecurityException failure) {
                throw new JOSEException(failure.getMessage(), failure);
            }
        }
    }
}
