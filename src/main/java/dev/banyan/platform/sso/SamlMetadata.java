package dev.banyan.platform.sso;

import static dev.banyan.platform.sso.SamlNames.METADATA;
import static dev.banyan.platform.sso.SamlNames.SIGNATURE;

import module java.base;
import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.banyan.platform.Parse;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// What a SAML provider publishes about itself.
///
/// @param signInUrl where browsers are sent, with the redirect binding
/// @param certificates of the keys that sign its assertions, as DER in Base64. Only the keys count: metadata are
///     trusted for where they come from, and SAML’s certificates are mostly their own authority
public record SamlMetadata(String entityId, String signInUrl, List<String> certificates) {

    /// The most characters of metadata.
    public static final int LONGEST = 200_000;

    private static final int LONGEST_ID = 450;
    private static final int LONGEST_ADDRESS = 2_000;
    private static final int MOST_KEYS = 10;
    private static final int MOST_NAMED = 10;
    private static final int SHORTEST_RSA = 2_048;
    private static final String WHAT = "The provider’s metadata";

    /// @param wanted the entity that is meant, if they describe several
    /// @param now by which metadata that have ended are refused
    public static SamlMetadata parse(String xml, Optional<String> wanted, Instant now) throws ProviderTrouble {
        if (xml.length() > LONGEST) {
            throw wrong(" are too large");
        }
        Element provider = provider(xml, wanted);
        Element entity = (Element) provider.getParentNode();
        for (Node part = provider; part instanceof Element element; part = part.getParentNode()) {
            if (SafeXml.attribute(element, "validUntil")
                    .filter(until -> !time(until).isAfter(now))
                    .isPresent()) {
                throw wrong(" have ended. Enter newer ones");
            }
        }
        String id = SafeXml.attribute(entity, "entityID")
                .filter(text -> text.length() <= LONGEST_ID)
                .orElseThrow(() -> wrong(" name no entity"));
        var certificates = new LinkedHashSet<String>();
        for (Element key : SafeXml.children(provider, METADATA, "KeyDescriptor")) {
            if (!key.getAttribute("use").equals("encryption")) {
                certificates.addAll(certificates(key));
            }
        }
        if (certificates.isEmpty() || certificates.size() > MOST_KEYS) {
            throw wrong(" must name 1 to " + MOST_KEYS + " certificates for signing");
        }
        var found = new SamlMetadata(id, signInUrl(provider), List.copyOf(certificates));
        found.keys(); // refuses them now if all are weak, and not at the first sign-in
        return found;
    }

    /// Returns the description of the one provider, or of the wanted one of a federation.
    private static Element provider(String xml, Optional<String> wanted) throws ProviderTrouble {
        try {
            Element root =
                    SafeXml.parse(xml.strip().getBytes(StandardCharsets.UTF_8)).getDocumentElement();
            List<Element> providers = entities(root)
                    .flatMap(entity -> SafeXml.children(entity, METADATA, "IDPSSODescriptor").stream())
                    .toList();
            if (providers.isEmpty()) {
                throw wrong(" must describe an identity provider");
            }
            if (providers.size() == 1) {
                return providers.getFirst();
            }
            List<String> ids = providers.stream().map(SamlMetadata::idOf).toList();
            int at = wanted.map(ids::indexOf).orElse(-1);
            if (at < 0) {
                throw wrong(wanted.map(id -> " don’t describe “" + id + "”").orElse(" describe several providers")
                        + ". Enter the entity ID of yours, one of: "
                        + ids.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (ids.size() > MOST_NAMED ? " and " + (ids.size() - MOST_NAMED) + " more" : ""));
            }
            return providers.get(at);
        } catch (SAXException failure) {
            throw new ProviderTrouble(Kind.SETUP, WHAT + " can’t be read as XML.", failure);
        }
    }

    private static Stream<Element> entities(Element of) {
        return SafeXml.is(of, METADATA, "EntityDescriptor")
                ? Stream.of(of)
                : SafeXml.is(of, METADATA, "EntitiesDescriptor")
                        ? Stream.of("EntityDescriptor", "EntitiesDescriptor")
                                .flatMap(name -> SafeXml.children(of, METADATA, name).stream())
                                .flatMap(SamlMetadata::entities)
                        : Stream.empty();
    }

    private static String idOf(Element provider) {
        return ((Element) provider.getParentNode()).getAttribute("entityID");
    }

    private static String signInUrl(Element provider) throws ProviderTrouble {
        return SafeXml.children(provider, METADATA, "SingleSignOnService").stream()
                .filter(service -> service.getAttribute("Binding").equals(SamlNames.REDIRECT))
                .map(service -> service.getAttribute("Location"))
                .filter(SamlMetadata::isAddress)
                .findFirst()
                .orElseThrow(() -> wrong(" name no https address for signing in with the redirect binding"));
    }

    private static boolean isAddress(String text) {
        return Parse.of(text, URI::create)
                .filter(uri ->
                        text.length() <= LONGEST_ADDRESS && OidcDocuments.isSafe(uri) && uri.getRawFragment() == null)
                .isPresent();
    }

    private static Set<String> certificates(Element key) {
        var found = new LinkedHashSet<String>();
        for (Element info : SafeXml.children(key, SIGNATURE, "KeyInfo")) {
            for (Element data : SafeXml.children(info, SIGNATURE, "X509Data")) {
                for (Element certificate : SafeXml.children(data, SIGNATURE, "X509Certificate")) {
                    SafeXml.text(certificate)
                            .map(text -> text.replaceAll("\\s", ""))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /// Returns the keys that sign. Weak ones, and those that can’t be read, sign nothing here.
    @JsonIgnore
    List<PublicKey> keys() throws ProviderTrouble {
        var keys = new ArrayList<PublicKey>();
        var left = new ArrayList<ProviderTrouble>();
        for (String certificate : certificates) {
            try {
                PublicKey key = CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(Base64.getDecoder().decode(certificate)))
                        .getPublicKey();
                boolean isStrong = key instanceof ECPublicKey
                        || key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_RSA;
                if (isStrong) {
                    keys.add(key);
                } else {
                    left.add(wrong(" name a weak key. RSA keys must have at least " + SHORTEST_RSA + " bits"));
                }
            } catch (GeneralSecurityException | IllegalArgumentException failure) {
                left.add(new ProviderTrouble(Kind.SETUP, WHAT + " hold a certificate that can’t be read.", failure));
            }
        }
        if (keys.isEmpty() && !left.isEmpty()) {
            throw left.getFirst();
        }
        return keys;
    }

    /// Times that can’t be read are long ago, so that they end everything.
    static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    private static ProviderTrouble wrong(String what) {
        return new ProviderTrouble(Kind.SETUP, WHAT + what + ".");
    }
}
