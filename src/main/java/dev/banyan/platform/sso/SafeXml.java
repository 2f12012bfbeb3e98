package dev.banyan.platform.sso;

import module java.base;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
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
    private static final String UNFIT = "Java's own reader of XML doesn't do what it must";
    private static final String MOST_DEPTH = "50";
    private static final String MOST_ATTRIBUTES = "50";
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
        } catch (CharConversionException | UnsupportedEncodingException failure) {
            throw new SAXException("Holds bytes that aren’t text", failure);
        } catch (ParserConfigurationException | IOException failure) {
            throw new IllegalStateException(UNFIT, failure);
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
        factory.setAttribute(LIMITS + "maxElementDepth", MOST_DEPTH);
        factory.setAttribute(LIMITS + "elementAttributeLimit", MOST_ATTRIBUTES);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    /// Returns a reader of XML that arrives bit by bit, which is as strict.
    static XMLStreamReader stream(InputStream xml) throws XMLStreamException {
        return streams().createXMLStreamReader(xml);
    }

    static XMLStreamReader stream(Reader xml) throws XMLStreamException {
        return streams().createXMLStreamReader(xml);
    }

    private static XMLInputFactory streams() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty("jdk.xml.dtd.support", "deny");
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(LIMITS + "maxElementDepth", MOST_DEPTH);
        factory.setProperty(LIMITS + "elementAttributeLimit", MOST_ATTRIBUTES);
        // They also count each “&amp;”, of which a long document has many. There are no other entities.
        factory.setProperty(LIMITS + "maxGeneralEntitySizeLimit", "0");
        factory.setProperty(LIMITS + "totalEntitySizeLimit", "0");
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("Refers to something outside");
        });
        return factory;
    }

    /// Copies the element at whose start a reader is, without comments. Then the reader is at its end.
    ///
    /// @param most how many characters it may have; empty if it has more
    static Optional<Element> copy(XMLStreamReader in, int most) throws XMLStreamException {
        Document document = newDocument();
        int start = in.getLocation().getCharacterOffset();
        Element root = opened(in, document);
        Node at = root;
        boolean fits = true;
        int depth = 1;
        while (depth > 0) {
            int event = in.next();
            fits = fits && in.getLocation().getCharacterOffset() - start <= most;
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                at = fits ? at.appendChild(opened(in, document)) : at;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                at = fits && depth > 0 ? at.getParentNode() : at;
            } else if (fits && in.hasText() && event != XMLStreamConstants.COMMENT) {
                at.appendChild(document.createTextNode(in.getText()));
            }
        }
        return fits ? Optional.of(root) : Optional.empty();
    }

    private static Element opened(XMLStreamReader in, Document document) {
        Element element = document.createElementNS(in.getNamespaceURI(), in.getLocalName());
        for (int index = 0; index < in.getAttributeCount(); index++) {
            element.setAttributeNS(
                    in.getAttributeNamespace(index), in.getAttributeLocalName(index), in.getAttributeValue(index));
        }
        return element;
    }

    private static Document newDocument() {
        try {
            return factory().newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(UNFIT, impossible);
        }
    }

    /// Passes over the element at whose start a reader is. Then the reader is at its end.
    ///
    /// @return whether an element of this name was directly below
    static boolean skip(XMLStreamReader in, String namespace, String name) throws XMLStreamException {
        boolean found = false;
        for (int depth = 1; depth > 0; ) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                found = found || depth == 1 && is(in, namespace, name);
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        return found;
    }

    /// Whether the reader is at the start of an element of this name.
    static boolean is(XMLStreamReader in, String namespace, String name) {
        return namespace.equals(in.getNamespaceURI()) && name.equals(in.getLocalName());
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
