package dev.banyan.platform.sso;

import static dev.banyan.platform.sso.SamlNames.METADATA;
import static dev.banyan.platform.sso.SamlNames.SIGNATURE;

import module java.base;
import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.banyan.platform.Parse;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.w3c.dom.Element;

/// What a SAML provider publishes about itself.
///
/// @param signInUrl where browsers are sent
/// @param certificates of the keys that sign its assertions, as DER in Base64. Only the keys count: metadata are
///     trusted for where they come from, and SAML’s certificates are mostly their own authority
/// @param postsRequests whether browsers post our requests there, since it takes none with a redirect
/// @param wantsSigned whether it takes signed requests only
public record SamlMetadata(
        String entityId, String signInUrl, List<String> certificates, boolean postsRequests, boolean wantsSigned) {

    /// The most characters of metadata that are pasted, and of those that aren’t a federation’s.
    public static final int LONGEST = 200_000;

    private static final int LONGEST_ENTITY = 1_000_000;
    private static final int LONGEST_ID = 450;
    private static final int LONGEST_ADDRESS = 2_000;
    private static final int MOST_KEYS = 10;
    private static final int MOST_NAMED = 10;
    private static final int SHORTEST_RSA = 2_048;
    private static final String WHAT = "The provider’s metadata";
    private static final String TOO_LARGE = " are too large";
    private static final String PROVIDER = "IDPSSODescriptor";
    private static final String ID = "entityID";
    private static final String UNTIL = "validUntil";
    /// What files of Microsoft begin with.
    private static final Pattern BYTE_ORDER = Pattern.compile("^\uFEFF\\s*");
    private static final Pattern NO_BASE64 = Pattern.compile("-----[A-Z ]+-----|\\s");

    /// A provider that takes redirects, and requests without a signature.
    public SamlMetadata(String entityId, String signInUrl, List<String> certificates) {
        this(entityId, signInUrl, certificates, false, false);
    }

    /// @param isLong whether much had to be read for them
    record Found(SamlMetadata metadata, boolean isLong) {}

    /// @param wanted the entity that is meant, if they describe several
    /// @param now by which metadata that have ended are refused
    public static SamlMetadata parse(String xml, Optional<String> wanted, Instant now) throws ProviderTrouble {
        if (xml.length() > LONGEST) {
            throw wrong(TOO_LARGE);
        }
        try {
            return parse(
                            SafeXml.stream(new StringReader(
                                    BYTE_ORDER.matcher(xml.strip()).replaceFirst(""))),
                            wanted,
                            now)
                    .metadata();
        } catch (XMLStreamException failure) {
            throw unreadable(failure);
        }
    }

    /// Reads them while they arrive, as far as is needed. No more than one entity is held in memory.
    static Found parse(InputStream xml, Optional<String> wanted, Instant now) throws ProviderTrouble, IOException {
        try {
            return parse(SafeXml.stream(stripped(xml)), wanted, now);
        } catch (XMLStreamException failure) {
            if (failure.getNestedException() instanceof IOException lost
                    && !(lost instanceof CharConversionException)) {
                throw lost;
            }
            throw unreadable(failure);
        }
    }

    /// Before its declaration, XML has no space.
    private static InputStream stripped(InputStream xml) throws IOException {
        var from = new PushbackInputStream(new BufferedInputStream(xml));
        int first = from.read();
        while (Character.isWhitespace(first)) {
            first = from.read();
        }
        if (first >= 0) {
            from.unread(first);
        }
        return from;
    }

    private static ProviderTrouble unreadable(XMLStreamException failure) {
        return new ProviderTrouble(Kind.SETUP, WHAT + " can’t be read as XML.", failure);
    }

    private static Found parse(XMLStreamReader in, Optional<String> wanted, Instant now)
            throws ProviderTrouble, XMLStreamException {
        Candidate candidate = new Search(in, wanted, now).run();
        Element provider = candidate.provider();
        Element entity = (Element) provider.getParentNode();
        if (candidate.hasEnded() || hasEnded(SafeXml.attribute(provider, UNTIL), now)) {
            throw wrong(" have ended. Enter newer ones");
        }
        String id = SafeXml.attribute(entity, ID)
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
        Optional<String> redirect = address(provider, SamlNames.REDIRECT);
        String address = redirect.or(() -> address(provider, SamlNames.POST))
                .orElseThrow(() ->
                        wrong(" name no https address for signing in with the redirect binding or the POST binding"));
        boolean wantsSigned = List.of("true", "1").contains(provider.getAttribute("WantAuthnRequestsSigned"));
        var found = new SamlMetadata(id, address, List.copyOf(certificates), redirect.isEmpty(), wantsSigned);
        found.keys(); // refuses them now if all are weak, and not at the first sign-in
        return new Found(found, in.getLocation().getCharacterOffset() > LONGEST);
    }

    /// @param hasEnded whether the entity, or a group that it is in, was described for a time that is over
    private record Candidate(Element provider, boolean hasEnded) {}

    /// Looks for the one provider, or for the wanted one of a federation, which may describe thousands.
    private static final class Search {

        private final XMLStreamReader in;
        private final Optional<String> wanted;
        private final Instant now;
        private final List<String> named = new ArrayList<>();
        private int providers;
        private Optional<Candidate> candidate = Optional.empty();
        private boolean isFound;
        private boolean isTooLarge;

        Search(XMLStreamReader in, Optional<String> wanted, Instant now) {
            this.in = in;
            this.wanted = wanted;
            this.now = now;
        }

        Candidate run() throws ProviderTrouble, XMLStreamException {
            while (!in.isStartElement()) {
                in.next();
            }
            look(false);
            while (!isFound && in.hasNext()) {
                in.next();
            }
            Candidate found =
                    candidate.orElseThrow(() -> wrong(isTooLarge ? TOO_LARGE : " must describe an identity provider"));
            if (!isFound && providers > 1) {
                throw wrong(wanted.map(id -> " don’t describe “" + id + "”").orElse(" describe several providers")
                        + ". Enter the entity ID of yours, one of: "
                        + String.join(", ", named)
                        + (providers > MOST_NAMED ? " and " + (providers - MOST_NAMED) + " more" : ""));
            }
            return found;
        }

        /// Looks into the element at whose start the reader is. Then the reader is at its end, unless the wanted one
        /// was found.
        private void look(boolean isOver) throws ProviderTrouble, XMLStreamException {
            boolean hasEnded = isOver || hasEnded(attribute(UNTIL), now);
            if (SafeXml.is(in, METADATA, "EntityDescriptor")) {
                entity(attribute(ID).orElse(""), hasEnded);
            } else if (SafeXml.is(in, METADATA, "EntitiesDescriptor")) {
                while (!isFound && in.next() != XMLStreamConstants.END_ELEMENT) {
                    if (in.isStartElement()) {
                        look(hasEnded);
                    }
                }
            } else {
                SafeXml.skip(in, METADATA, PROVIDER);
            }
        }

        private Optional<String> attribute(String name) {
            return Optional.ofNullable(in.getAttributeValue("", name));
        }

        private void entity(String id, boolean hasEnded) throws ProviderTrouble, XMLStreamException {
            boolean isWanted = wanted.filter(id::equals).isPresent();
            if (candidate.isPresent() && !isWanted) {
                if (SafeXml.skip(in, METADATA, PROVIDER)) {
                    count(id);
                }
                return;
            }
            Optional<Element> entity = SafeXml.copy(in, LONGEST_ENTITY);
            if (entity.isEmpty() && isWanted) {
                throw wrong(TOO_LARGE);
            }
            isTooLarge = isTooLarge || entity.isEmpty();
            Optional<Element> provider = entity.flatMap(found ->
                    SafeXml.children(found, METADATA, PROVIDER).stream().findFirst());
            if (provider.isPresent()) {
                count(id);
                candidate = Optional.of(new Candidate(provider.get(), hasEnded));
                isFound = isWanted;
            }
        }

        private void count(String id) {
            providers++;
            if (providers <= MOST_NAMED) {
                named.add(id);
            }
        }
    }

    private static boolean hasEnded(Optional<String> until, Instant now) {
        return until.filter(text -> !text.isEmpty() && !time(text).isAfter(now)).isPresent();
    }

    private static Optional<String> address(Element provider, String binding) {
        return SafeXml.children(provider, METADATA, "SingleSignOnService").stream()
                .filter(service -> service.getAttribute("Binding").equals(binding))
                .map(service -> service.getAttribute("Location"))
                .filter(SamlMetadata::isAddress)
                .findFirst();
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
                            .map(text -> NO_BASE64.matcher(text).replaceAll(""))
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

    /// SAML’s times are in UTC, even if they name no zone. What can’t be read counts as long ago, so that it ends
    /// everything.
    static Instant time(String text) {
        try {
            return DateTimeFormatter.ISO_DATE_TIME.withZone(ZoneOffset.UTC).parse(text.strip(), Instant::from);
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    private static ProviderTrouble wrong(String what) {
        return new ProviderTrouble(Kind.SETUP, WHAT + what + ".");
    }
}
