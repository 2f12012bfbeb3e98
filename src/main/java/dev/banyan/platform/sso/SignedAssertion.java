package dev.banyan.platform.sso;

import static dev.banyan.platform.sso.SamlNames.ASSERTION;
import static dev.banyan.platform.sso.SamlNames.PROTOCOL;
import static dev.banyan.platform.sso.SamlNames.SIGNATURE;

import module java.base;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import org.apache.xml.security.Init;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.Reference;
import org.apache.xml.security.signature.SignedInfo;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// Takes the assertion out of a SAML response, and only what its signature covers: the very bytes that were digested
/// are parsed again, and nothing else of the response is used to know somebody. So whatever is wrapped around, moved
/// or copied next to the signed part is never read (docs/decisions/0057).
final class SignedAssertion {

    /// The most characters of an answer, as the browser brings it.
    private static final int LONGEST = 256 * 1_024;

    private static final int SHOWN_CODES = 3;

    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private static final String ENVELOPED = SIGNATURE + "enveloped-signature";
    private static final String RSA = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final String NEWER = "http://www.w3.org/2007/05/xmldsig-more#";
    /// None with SHA-1, and none with a secret that both sides know.
    private static final Set<String> SIGNED_WITH = Set.of(
            RSA + "rsa-sha256",
            RSA + "rsa-sha384",
            RSA + "rsa-sha512",
            NEWER + "sha256-rsa-MGF1",
            NEWER + "sha384-rsa-MGF1",
            NEWER + "sha512-rsa-MGF1",
            RSA + "ecdsa-sha256",
            RSA + "ecdsa-sha384",
            RSA + "ecdsa-sha512");

    private static final Map<String, String> DIGESTS = Map.of(
            "http://www.w3.org/2001/04/xmlenc#sha256",
            "SHA-256",
            RSA + "sha384",
            "SHA-384",
            "http://www.w3.org/2001/04/xmlenc#sha512",
            "SHA-512");

    static {
        Init.init();
    }

    private final Element response;

    private SignedAssertion(Element response) {
        this.response = response;
    }

    /// Reads what the browser brought.
    static SignedAssertion of(String encoded) throws ProviderTrouble {
        if (encoded.length() > LONGEST) {
            throw refused("is too large");
        }
        try {
            Document document = SafeXml.parse(Base64.getDecoder().decode(encoded.replaceAll("[\\r\\n\\t ]", "")));
            Element root = document.getDocumentElement();
            if (!SafeXml.is(root, PROTOCOL, "Response")) {
                throw refused("is no SAML response");
            }
            return new SignedAssertion(root);
        } catch (SAXException | IllegalArgumentException failure) {
            throw new ProviderTrouble(Kind.REFUSED, "The provider’s answer can’t be read as XML.", failure);
        }
    }

    /// Whether an answer names no request of ours.
    static boolean isUnasked(String encoded) {
        try {
            return SafeXml.attribute(of(encoded).response, "InResponseTo").isEmpty();
        } catch (ProviderTrouble _) {
            return false;
        }
    }

    /// Returns what became of the sign-in there. No signature covers it, so it can only refuse.
    boolean isSuccess() {
        return SafeXml.children(response, PROTOCOL, "Status").stream()
                .flatMap(status -> SafeXml.children(status, PROTOCOL, "StatusCode").stream())
                .anyMatch(code -> code.getAttribute("Value").equals(SamlNames.SUCCESS));
    }

    /// Returns the provider’s own words about a sign-in that failed. No signature covers them.
    String words() {
        List<Element> status = SafeXml.children(response, PROTOCOL, "Status");
        Stream<String> codes = status.stream()
                .flatMap(found -> codes(found, SHOWN_CODES))
                .map(code -> code.getAttribute("Value").replaceFirst("^.*:", ""));
        Stream<String> messages = status.stream()
                .flatMap(found -> SafeXml.children(found, PROTOCOL, "StatusMessage").stream())
                .flatMap(message -> SafeXml.text(message).stream());
        return Stream.concat(codes, messages).collect(Collectors.joining(", "));
    }

    /// Codes lie within each other, the general one outside.
    private static Stream<Element> codes(Element within, int depth) {
        return depth == 0
                ? Stream.empty()
                : SafeXml.children(within, PROTOCOL, "StatusCode").stream()
                        .flatMap(code -> Stream.concat(Stream.of(code), codes(code, depth - 1)));
    }

    /// Whether an attribute of the response is missing or has this value. No signature covers it.
    boolean mayHave(String attribute, String value) {
        return SafeXml.attribute(response, attribute)
                .filter(found -> !found.equals(value))
                .isEmpty();
    }

    /// Returns the assertion that one of the keys has signed.
    Element verified(List<PublicKey> keys) throws ProviderTrouble {
        Element assertion = assertion();
        List<Element> signatures = SafeXml.children(assertion, SIGNATURE, "Signature");
        if (signatures.size() != 1) {
            throw new ProviderTrouble(
                    Kind.REFUSED, "The provider’s assertion isn’t signed. Turn on signed assertions at the provider.");
        }
        String id = SafeXml.attribute(assertion, "ID").orElseThrow(() -> refused("names no assertion"));
        if (countIds(response, id) != 1) {
            throw refused("uses an id twice");
        }
        assertion.setIdAttributeNS(null, "ID", true);
        try {
            var signature = new XMLSignature(signatures.getFirst(), "", true);
            Reference signed = checked(signature, id);
            for (PublicKey key : keys) {
                if (isSignedBy(signature, key)) {
                    return read(signed);
                }
            }
        } catch (XMLSecurityException | IOException | GeneralSecurityException | SAXException failure) {
            throw new ProviderTrouble(Kind.REFUSED, "The provider’s signature can’t be checked.", failure);
        }
        throw new UnknownKey();
    }

    /// No key that is known has made the signature.
    static final class UnknownKey extends ProviderTrouble {

        private static final long serialVersionUID = 1;

        UnknownKey() {
            super(Kind.REFUSED, "The provider’s assertion is changed, or isn’t signed with a key of its metadata.");
        }
    }

    /// Returns the one assertion, directly within the response.
    private Element assertion() throws ProviderTrouble {
        Document document = Optional.ofNullable(response.getOwnerDocument()).orElseThrow();
        if (document.getElementsByTagNameNS(ASSERTION, "EncryptedAssertion").getLength() > 0) {
            throw new ProviderTrouble(
                    Kind.SETUP, "The provider encrypts its assertions. Turn that off: they only travel over TLS.");
        }
        List<Element> found = SafeXml.children(response, ASSERTION, "Assertion");
        if (found.size() != 1
                || document.getElementsByTagNameNS("*", "Assertion").getLength() != 1
                || document.getElementsByTagNameNS("*", "Response").getLength() != 1) {
            throw refused("must hold exactly one assertion");
        }
        return found.getFirst();
    }

    /// Counts everything that could be taken for the element of an id, whatever its schema calls an id.
    private static int countIds(Element root, String id) {
        NodeList all = root.getElementsByTagNameNS("*", "*");
        int count = hasId(root, id) ? 1 : 0;
        for (int index = 0; index < all.getLength(); index++) {
            if (hasId((Element) all.item(index), id)) {
                count++;
            }
        }
        return count;
    }

    private static boolean hasId(Element element, String id) {
        var attributes = element.getAttributes();
        for (int index = 0; index < attributes.getLength(); index++) {
            var attribute = (Attr) attributes.item(index);
            String name = Optional.ofNullable(attribute.getLocalName()).orElse(attribute.getName());
            if (name.toLowerCase(Locale.ROOT).endsWith("id")
                    && attribute.getValue().equals(id)) {
                return true;
            }
        }
        return false;
    }

    /// Checks what is signed, and how, before anything is computed.
    private static Reference checked(XMLSignature signature, String id) throws XMLSecurityException, ProviderTrouble {
        SignedInfo info = signature.getSignedInfo();
        String method = info.getSignatureMethodURI();
        if (!SIGNED_WITH.contains(method)) {
            throw refused("is signed with " + method.replaceFirst("^.*[#/]", "") + ", which isn’t accepted");
        }
        boolean isKnown = info.getCanonicalizationMethodURI().equals(EXCLUSIVE)
                && info.getLength() == 1
                && signature.getObjectLength() == 0;
        if (!isKnown) {
            throw refused("is signed in a way that isn’t accepted");
        }
        Reference signed = info.item(0);
        Transforms transforms = signed.getTransforms();
        boolean isWhole = ("#" + id).equals(signed.getURI())
                && transforms != null
                && transforms.getLength() == 2
                && transforms.item(0).getURI().equals(ENVELOPED)
                && transforms.item(1).getURI().equals(EXCLUSIVE)
                && DIGESTS.containsKey(signed.getMessageDigestAlgorithm().getAlgorithmURI());
        if (!isWhole) {
            throw refused("has a signature that isn’t of the whole assertion");
        }
        return signed;
    }

    private static boolean isSignedBy(XMLSignature signature, PublicKey key) {
        try {
            return signature.checkSignatureValue(key);
        } catch (XMLSecurityException _) {
            return false; // a key of another kind
        }
    }

    private static Element read(Reference signed)
            throws XMLSecurityException, IOException, GeneralSecurityException, SAXException, ProviderTrouble {
        byte[] bytes = signed.getContentsAfterTransformation().getBytes();
        String algorithm = Optional.ofNullable(
                        DIGESTS.get(signed.getMessageDigestAlgorithm().getAlgorithmURI()))
                .orElseThrow();
        // Once more, of these very bytes: nothing may lie between what was digested and what is read.
        if (!MessageDigest.isEqual(MessageDigest.getInstance(algorithm).digest(bytes), signed.getDigestValue())) {
            throw new UnknownKey();
        }
        Element assertion = SafeXml.parse(bytes).getDocumentElement();
        if (!SafeXml.is(assertion, ASSERTION, "Assertion")) {
            throw refused("has a signature that isn’t of the whole assertion");
        }
        return assertion;
    }

    private static ProviderTrouble refused(String what) {
        return new ProviderTrouble(Kind.REFUSED, "The provider’s answer " + what + ".");
    }
}
