package dev.banyan.platform.sso;

import module java.base;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// Reads XML from outside: without a document type, so without entities, and nothing that it refers to.
final class SafeXml {

    private static final String LIMITS = "http://www.oracle.com/xml/jaxp/properties/";
    private static final ErrorHandler STRICT = new ErrorHandler() {
        @Override
        public void warning(SAXParseException found) throws SAXException {
            throw found;
        }

        @Override
        public void error(SAXParseException found) throws SAXException {
            throw found;
        }

        @Override
        public void fatalError(SAXParseException found) throws SAXException {
            throw found;
        }
    };

    private SafeXml() {}

    static Document parse(byte[] xml) throws SAXException {
        try {
            DocumentBuilder builder = factory().newDocumentBuilder();
            builder.setErrorHandler(STRICT); // otherwise it prints what it finds
            builder.setEntityResolver((_, _) -> {
                throw new SAXException("Refers to something outside");
            });
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException | IOException failure) {
            throw new IllegalStateException("Java's own reader of XML doesn't do what it must", failure);
        }
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        // Java's own, whatever other reader is on the classpath: the names below are its.
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setAttribute(LIMITS + "maxElementDepth", "50");
        factory.setAttribute(LIMITS + "elementAttributeLimit", "50");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    static boolean is(Node node, String namespace, String name) {
        return node instanceof Element && namespace.equals(node.getNamespaceURI()) && name.equals(node.getLocalName());
    }

    /// Returns the elements directly below another one.
    static List<Element> children(Element of, String namespace, String name) {
        var found = new ArrayList<Element>();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (is(node, namespace, name)) {
                found.add((Element) node);
            }
        }
        return found;
    }

    /// Returns the text of an element that holds nothing but text; empty if it holds anything else.
    static Optional<String> text(Element of) {
        var text = new StringBuilder();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (!(node instanceof Text part)) {
                return Optional.empty();
            }
            text.append(part.getData());
        }
        return Optional.of(text.toString().strip()).filter(found -> !found.isEmpty());
    }

    /// Returns an attribute; empty if it is missing or empty.
    static Optional<String> attribute(Element of, String name) {
        return Optional.of(of.getAttribute(name)).filter(value -> !value.isEmpty());
    }
}
