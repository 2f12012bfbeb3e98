package dev.banyan.workspaces.sso;

import module java.base;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.platform.TestCertificate;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// A SAML provider. It signs with Java’s own XML signatures, and not with the library that checks them; and it lies
/// as a test wants it to.
public final class FakeSaml implements AutoCloseable {

    static final String ENTITY = "https://login.example.com/saml";
    static final String SHA_256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

    /// What the browser carries back.
    public record Reply(String relayState, String response) {

        /// Returns the answer with something done to it on its way.
        Reply changed(Consumer<Document> change) {
            Document document = parse(xml());
            change.accept(document);
            return with(text(document));
        }

        /// Returns the answer as it comes from a tile in the provider’s portal.
        public Reply unasked() {
            Document document = parse(xml());
            document.getDocumentElement().removeAttribute("InResponseTo");
            return new Reply("https://apps.office.example/deep", encoded(text(document)));
        }

        Reply with(String xml) {
            return new Reply(relayState, encoded(xml));
        }

        String xml() {
            return new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8);
        }
    }

    /// Our request, as a page of ours lets the browser post it.
    public record Form(String action, Map<String, String> fields) {

        String xml() {
            return new String(
                    Base64.getDecoder().decode(fields.getOrDefault("SAMLRequest", "")), StandardCharsets.UTF_8);
        }

        /// Returns the form with something done to the request on its way.
        Form changed(UnaryOperator<String> change) {
            return new Form(action, Map.of("SAMLRequest", encoded(change.apply(xml()))));
        }
    }

    private final Clock clock;
    private final HttpServer server;
    private final AtomicInteger metadataRead = new AtomicInteger();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile TestCertificate signer = TestCertificate.next();
    private volatile Supplier<String> published = this::metadata;

    public FakeSaml(Clock clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/metadata", exchange -> {
            metadataRead.incrementAndGet();
            byte[] bytes = published.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    String metadataUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/metadata";
    }

    int metadataRead() {
        return metadataRead.get();
    }

    public String metadata() {
        return """
            <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">
              <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
                <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="%s"><ds:X509Data><ds:X509Certificate>
                %s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
                <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
                    Location="https://login.example.com/saml/post"/>
                <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
                    Location="https://login.example.com/saml/in"/>
              </md:IDPSSODescriptor>
            </md:EntityDescriptor>\
            """.formatted(ENTITY, SIGNATURE, signer.base64());
    }

    /// Publishes other metadata than its own.
    void publish(Supplier<String> metadata) {
        published = metadata;
    }

    /// Returns metadata of a provider that takes no redirects.
    public String metadataOfForms() {
        return metadata().replaceFirst("(?s)<md:SingleSignOnService[^>]*HTTP-Redirect[^>]*>", "");
    }

    /// Returns the same metadata of a provider that takes signed requests only.
    public static String signed(String metadata) {
        return metadata.replace("<md:IDPSSODescriptor", "<md:IDPSSODescriptor WantAuthnRequestsSigned=\"true\"");
    }

    /// Whether a request is signed with the key whose certificate our metadata hold, as the provider checks it.
    public static boolean isSigned(URI asked, String ourMetadata) {
        String query = asked.getRawQuery();
        int end = query.indexOf("&Signature=");
        if (end < 0
                || !query.substring(0, end).endsWith("&SigAlg=" + URLEncoder.encode(SHA_256, StandardCharsets.UTF_8))) {
            return false;
        }
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(certificate(ourMetadata));
            signature.update(query.substring(0, end).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getDecoder()
                    .decode(URLDecoder.decode(query.substring(end + "&Signature=".length()), StandardCharsets.UTF_8)));
        } catch (SignatureException | IllegalArgumentException _) {
            return false;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Whether a request that was posted is signed with it: as a whole, behind its issuer.
    public static boolean isSigned(Form form, String ourMetadata) {
        Element root = parse(form.xml()).getDocumentElement();
        root.setIdAttribute("ID", true);
        Node second = root.getFirstChild().getNextSibling();
        if (!SIGNATURE.equals(second.getNamespaceURI()) || !"Signature".equals(second.getLocalName())) {
            return false;
        }
        try {
            var context = new DOMValidateContext(certificate(ourMetadata).getPublicKey(), second);
            var signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            List<Reference> signed = signature.getSignedInfo().getReferences();
            return signed.size() == 1
                    && signed.getFirst().getURI().equals("#" + root.getAttribute("ID"))
                    && signature
                            .getSignedInfo()
                            .getSignatureMethod()
                            .getAlgorithm()
                            .equals(SHA_256)
                    && signature.validate(context);
        } catch (MarshalException | XMLSignatureException _) {
            return false;
        }
    }

    /// Returns the certificate that our metadata hold for requests.
    static X509Certificate certificate(String ourMetadata) {
        Element descriptor = (Element)
                parse(ourMetadata).getElementsByTagNameNS("*", "KeyDescriptor").item(0);
        String certificate = descriptor
                .getElementsByTagNameNS(SIGNATURE, "X509Certificate")
                .item(0)
                .getTextContent();
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(certificate)));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    PrivateKey key() {
        return signer.key();
    }

    void rotateKey() {
        signer = TestCertificate.next();
    }

    /// Returns what our request says: its attributes, and the state under `RelayState`.
    static Map<String, String> request(URI asked) {
        Map<String, String> query = Arrays.stream(asked.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        byte[] deflated = Base64.getDecoder().decode(query.getOrDefault("SAMLRequest", ""));
        try (var in = new InflaterInputStream(new ByteArrayInputStream(deflated), new Inflater(true))) {
            return request(new String(in.readAllBytes(), StandardCharsets.UTF_8), query);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Map<String, String> request(Form form) {
        return request(form.xml(), form.fields());
    }

    private static Map<String, String> request(String xml, Map<String, String> sent) {
        Element root = parse(xml).getDocumentElement();
        var found = new HashMap<String, String>();
        for (int index = 0; index < root.getAttributes().getLength(); index++) {
            var attribute = root.getAttributes().item(index);
            found.put(attribute.getNodeName(), attribute.getNodeValue());
        }
        found.put(
                "Issuer",
                root.getElementsByTagNameNS(ASSERTION, "Issuer").item(0).getTextContent());
        found.put("RelayState", sent.getOrDefault("RelayState", ""));
        return found;
    }

    /// What the provider says about a person; a test changes what it likes.
    public Map<String, String> person(URI asked, String name, String... groups) {
        return person(request(asked), name, groups);
    }

    public Map<String, String> person(Form form, String name, String... groups) {
        return person(request(form), name, groups);
    }

    private Map<String, String> person(Map<String, String> request, String name, String... groups) {
        Instant now = clock.instant();
        var said = new HashMap<>(Map.of(
                "id", "_a" + ids.incrementAndGet(),
                "issuer", ENTITY,
                "asked", request.getOrDefault("ID", ""),
                "recipient", request.getOrDefault("AssertionConsumerServiceURL", ""),
                "audience", request.getOrDefault("Issuer", ""),
                "name", name,
                "format", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                "from", now.toString(),
                "until", now.plusSeconds(300).toString(),
                "state", request.getOrDefault("RelayState", "")));
        said.put("email", name.replaceAll("@.*", "") + "@office.example");
        said.put("username", name.replaceAll("[^a-z].*", ""));
        said.put("confirmedUntil", said.get("until"));
        said.put("sessionEnd", now.plus(Duration.ofDays(365)).toString());
        said.put("groups", String.join(",", List.of(groups)));
        return said;
    }

    /// Returns a response without a signature.
    static String unsigned(Map<String, String> said) {
        String groups = Arrays.stream(said.getOrDefault("groups", "").split(","))
                .map(group -> "<saml:AttributeValue>" + group + "</saml:AttributeValue>")
                .collect(Collectors.joining());
        return """
            <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r{id}" Version="2.0" \
            IssueInstant="{from}" Destination="{recipient}" InResponseTo="{asked}">\
            <saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</saml:Issuer>\
            <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>\
            <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" \
            IssueInstant="{from}"><saml:Issuer>{issuer}</saml:Issuer>\
            <saml:Subject><saml:NameID Format="{format}">{name}</saml:NameID>\
            <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
            <saml:SubjectConfirmationData Recipient="{recipient}" InResponseTo="{asked}" \
            NotOnOrAfter="{confirmedUntil}"/></saml:SubjectConfirmation></saml:Subject>\
            <saml:Conditions NotBefore="{from}" NotOnOrAfter="{until}"><saml:AudienceRestriction>\
            <saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>\
            <saml:AuthnStatement AuthnInstant="{from}" SessionNotOnOrAfter="{sessionEnd}"/>\
            <saml:AttributeStatement>\
            <saml:Attribute Name="email"><saml:AttributeValue>{email}</saml:AttributeValue></saml:Attribute>\
            <saml:Attribute Name="username"><saml:AttributeValue>{username}</saml:AttributeValue></saml:Attribute>\
            <saml:Attribute Name="groups">{values}</saml:Attribute>\
            </saml:AttributeStatement></saml:Assertion></samlp:Response>\
            """.replace("{values}", groups).transform(text -> {
            String filled = text;
            for (var field : said.entrySet()) {
                filled = filled.replace("{" + field.getKey() + "}", field.getValue());
            }
            return filled;
        });
    }

    public Reply reply(Map<String, String> said) {
        return reply(said, signer.key(), SHA_256, DigestMethod.SHA256);
    }

    Reply reply(Map<String, String> said, Key key, String algorithm, String digest) {
        return new Reply(said.getOrDefault("state", ""), encoded(signed(unsigned(said), key, algorithm, digest)));
    }

    static Reply unsignedReply(Map<String, String> said) {
        return new Reply(said.getOrDefault("state", ""), encoded(unsigned(said)));
    }

    private static String signed(String xml, Key key, String algorithm, String digest) {
        Document document = parse(xml);
        Element assertion = assertion(document);
        assertion.setIdAttribute("ID", true);
        try {
            var factory = XMLSignatureFactory.getInstance("DOM");
            var reference = factory.newReference(
                    "#" + assertion.getAttribute("ID"),
                    factory.newDigestMethod(digest, null),
                    List.of(
                            factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                            factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                    null,
                    null);
            var info = factory.newSignedInfo(
                    factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                    factory.newSignatureMethod(algorithm, null),
                    List.of(reference));
            var context = new DOMSignContext(
                    key,
                    assertion,
                    assertion.getElementsByTagNameNS(ASSERTION, "Subject").item(0));
            context.setDefaultNamespacePrefix("ds");
            context.setProperty("org.jcp.xml.dsig.secureValidation", false);
            factory.newXMLSignature(info, null).sign(context);
            return text(document);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static Element assertion(Document document) {
        return (Element) document.getElementsByTagNameNS(ASSERTION, "Assertion").item(0);
    }

    static Element signature(Element within) {
        return (Element) within.getElementsByTagNameNS(SIGNATURE, "Signature").item(0);
    }

    static Document parse(String xml) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String text(Document document) {
        try {
            var transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            var writer = new StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(writer));
            return writer.toString();
        } catch (TransformerException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String encoded(@Nullable String xml) {
        return Base64.getEncoder().encodeToString(String.valueOf(xml).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
