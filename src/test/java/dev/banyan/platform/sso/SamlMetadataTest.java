package dev.banyan.platform.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.platform.TestCertificate;
import org.junit.jupiter.api.Test;

/// What providers and federations publish, read while it arrives.
class SamlMetadataTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String KEY = TestCertificate.next().base64();
    private static final String POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
    private static final String REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

    private static String provider(String id, String attributes, String... services) {
        return """
                <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">
                <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" %s>
                <md:KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>\
                <X509Certificate><!-- the first -->%s</X509Certificate></X509Data></KeyInfo></md:KeyDescriptor>
                %s</md:IDPSSODescriptor></md:EntityDescriptor>
                """.formatted(id, attributes, KEY, String.join("", services));
    }

    private static String service(String binding, String location) {
        return "<md:SingleSignOnService Binding=\"" + binding + "\" Location=\"" + location + "\"/>";
    }

    private static String provider(String id) {
        return provider(id, "", service(REDIRECT, "https://" + id + ".example/in?a=1&amp;b=2"));
    }

    private static String other(String id) {
        return "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"" + id
                + "\"><md:SPSSODescriptor/></md:EntityDescriptor>";
    }

    private static String group(String attributes, String... parts) {
        return "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" " + attributes + ">\n"
                + String.join("\n", parts) + "</md:EntitiesDescriptor>";
    }

    private static InputStream stream(String xml) {
        return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static SamlMetadata read(String xml, String... wanted) throws ProviderTrouble, IOException {
        Optional<String> entity = Stream.of(wanted).findFirst();
        SamlMetadata found = SamlMetadata.parse(stream(xml), entity, NOW).metadata();
        assertThat(SamlMetadata.parse(xml, entity, NOW)).as("pasted").isEqualTo(found);
        return found;
    }

    private static void assertRefused(String why, String xml, String... wanted) {
        Optional<String> entity = Stream.of(wanted).findFirst();
        assertThatThrownBy(() -> SamlMetadata.parse(stream(xml), entity, NOW))
                .isInstanceOf(ProviderTrouble.class)
                .hasMessageContaining(why);
    }

    @Test
    void oneProviderIsTakenAmongOthersThatAreNone() throws Exception {
        SamlMetadata alone = read("  \n<?xml version=\"1.0\"?>\n<!-- ours -->" + provider("one") + "<!-- end -->");
        assertThat(alone)
                .isEqualTo(new SamlMetadata("one", "https://one.example/in?a=1&b=2", List.of(KEY), false, false));
        String federation =
                group("", other("a"), "<Extensions><x/></Extensions>", group("", other("b"), provider("one")));
        assertThat(read(federation)).isEqualTo(alone);
        assertThat(read(federation, "one")).isEqualTo(alone);
        assertThat(read(federation, "b")).as("the only one").isEqualTo(alone);
        assertRefused("must describe an identity provider", group("", other("a"), other("b")));
        assertRefused("must describe an identity provider", "<x/>");
    }

    @Test
    void filesOfMicrosoftAndCertificatesAsPemAreRead() throws Exception {
        SamlMetadata plain = read(provider("one"));
        assertThat(read("\uFEFF" + "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + provider("one")))
                .isEqualTo(plain);
        String pem = "-----BEGIN CERTIFICATE-----\n" + KEY + "\n-----END CERTIFICATE-----\n";
        assertThat(read(provider("one").replace(KEY, pem))).isEqualTo(plain);
    }

    @Test
    void ofSeveralTheWantedOneIsTaken() throws Exception {
        String federation = group("", provider("one"), group("", provider("two"), other("three")), provider("four"));
        for (String id : List.of("one", "two", "four")) {
            assertThat(read(federation, id).entityId()).isEqualTo(id);
        }
        assertRefused("describe several providers. Enter the entity ID of yours, one of: one, two, four.", federation);
        assertRefused(
                "don’t describe “three”. Enter the entity ID of yours, one of: one, two, four.", federation, "three");
        String many = group(
                "",
                IntStream.range(0, 25)
                        .mapToObj(number -> provider("p" + number))
                        .toArray(String[]::new));
        assertRefused("p8, p9 and 15 more.", many);
    }

    @Test
    void nothingIsReadBehindTheWantedOne() throws Exception {
        String start = group("", provider("one"), provider("two"), " ".repeat(100_000));
        var asked = new AtomicInteger();
        var endless = new InputStream() {
            @Override
            public int read() {
                asked.incrementAndGet();
                return ' ';
            }
        };
        InputStream body = new SequenceInputStream(stream(start.replace("</md:EntitiesDescriptor>", "")), endless);
        assertThat(SamlMetadata.parse(body, Optional.of("two"), NOW).metadata().entityId())
                .isEqualTo("two");
        assertThat(asked).hasValue(0);
    }

    @Test
    void whatIsLongIsKnownAsLongAndNoEntityIsTooLong() throws Exception {
        String filler = "<Extensions>" + "a&amp;&#228;".repeat(100_000) + "</Extensions>";
        String longer = group("", filler, provider("one"), provider("two"));
        assertThat(SamlMetadata.parse(stream(longer), Optional.of("two"), NOW).isLong())
                .isTrue();
        assertThat(SamlMetadata.parse(stream(provider("one")), Optional.empty(), NOW)
                        .isLong())
                .isFalse();
        assertThatThrownBy(() -> SamlMetadata.parse(longer, Optional.of("two"), NOW))
                .as("pasted")
                .hasMessageContaining("are too large");

        String huge = "<Extensions>" + "<x>a</x>".repeat(150_000) + "</Extensions>";
        String hugeOne = provider("huge").replace("<md:IDPSSO", huge + "<md:IDPSSO");
        assertRefused("are too large", hugeOne);
        assertRefused("are too large", group("", provider("one"), hugeOne), "huge");
        String hugeOther = other("a").replace("<md:SPSSO", huge + "<md:SPSSO");
        assertThat(SamlMetadata.parse(stream(group("", hugeOther, provider("one"))), Optional.empty(), NOW)
                        .metadata()
                        .entityId())
                .isEqualTo("one");
    }

    @Test
    void whatHasEndedIsRefusedWhereverItSaysSo() throws Exception {
        String past = "validUntil=\"2026-11-20T09:59:59Z\"";
        String coming = "validUntil=\"2026-11-20T10:00:01Z\"";
        String one = provider("one");
        String old = one.replace("entityID", past + " entityID");
        assertRefused("have ended", old);
        assertRefused("have ended", group("", provider("one", past, service(REDIRECT, "https://one.example"))));
        assertRefused("have ended", group(past, one));
        assertRefused("have ended", group("", group(past, group(coming, one))), "one");
        assertThat(read(group(coming, group(past, provider("two")), one), "one").entityId())
                .as("another group has")
                .isEqualTo("one");
        assertRefused("have ended", one.replace("entityID", "validUntil=\"soon\" entityID"));
    }

    @Test
    void aRedirectIsPreferredAndAFormIsTaken() throws Exception {
        String post = service(POST, "https://one.example/post");
        String redirect = service(REDIRECT, "https://one.example/in");
        assertThat(read(provider("one", "", post, redirect)).postsRequests()).isFalse();
        SamlMetadata form = read(provider("one", "WantAuthnRequestsSigned=\"1\"", post));
        assertThat(form.postsRequests()).isTrue();
        assertThat(form.signInUrl()).isEqualTo("https://one.example/post");
        assertThat(form.wantsSigned()).isTrue();
        assertThat(read(provider("one", "WantAuthnRequestsSigned=\"true\"", redirect))
                        .wantsSigned())
                .isTrue();
        assertThat(read(provider("one", "WantAuthnRequestsSigned=\"false\"", redirect))
                        .wantsSigned())
                .isFalse();
        assertThat(read(provider("one", "", service(REDIRECT, "http://one.example/in"), post))
                        .postsRequests())
                .as("a redirect without encryption isn’t one")
                .isTrue();
        assertRefused(
                "name no https address for signing in with the redirect binding or the POST binding",
                provider("one", "", service("urn:oasis:names:tc:SAML:2.0:bindings:SOAP", "https://one.example/soap")));
    }

    @Test
    void nothingIsReadThatXmlRefersToAndWhatIsBrokenIsRefused() {
        String unreadable = "can’t be read as XML";
        for (String doctype : List.of(
                "<!DOCTYPE x>",
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x\">",
                "<!DOCTYPE x [<!ENTITY e \"e\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>")) {
            assertRefused(unreadable, doctype + provider("one"));
            assertRefused(unreadable, doctype + provider("&e;"));
            assertRefused(unreadable, doctype + group("", provider("one"), "&f;"));
        }
        for (String broken : List.of(
                "",
                "no XML",
                "<a>".repeat(60) + "</a>".repeat(60),
                group("", provider("one"), provider("two")).replace("</md:EntitiesDescriptor>", ""),
                provider("one") + "<x/>")) {
            assertRefused(unreadable, broken);
        }
        byte[] latin = provider("é").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> SamlMetadata.parse(new ByteArrayInputStream(latin), Optional.empty(), NOW))
                .hasMessageContaining(unreadable);
    }

    @Test
    void aLostConnectionIsNoFaultOfTheXml() {
        var lost = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketTimeoutException("too slow");
            }
        };
        InputStream body =
                new SequenceInputStream(stream(group("", provider("one")).substring(0, 300)), lost);
        assertThatThrownBy(() -> SamlMetadata.parse(body, Optional.empty(), NOW))
                .isInstanceOf(SocketTimeoutException.class);
    }
}
