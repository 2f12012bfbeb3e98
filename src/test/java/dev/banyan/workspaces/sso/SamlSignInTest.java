package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.platform.TestCertificate;
import dev.banyan.platform.sso.SamlMetadata;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.sso.FakeSaml.Reply;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import javax.xml.crypto.dsig.DigestMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Signing in to a workspace at a SAML provider, and every way in which it must not work.
@QuarkusTest
class SamlSignInTest {

    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String EVIL = "leila";

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    @Inject
    WorkspaceRechecks rechecks;

    private final SsoBrowser browser = new SsoBrowser();
    private FakeSaml provider;
    private Workspace sales;
    private TestClient acme;

    @BeforeEach
    void aWorkspaceWithAProvider() {
        provider = new FakeSaml(clock);
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
        setUp(sales, Map.of("metadata", provider.metadata()));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private static String route(Workspace workspace) {
        return "/api" + WorkspacePaths.workspace(workspace.project(), workspace.id()) + "/sso";
    }

    private void setUp(Workspace workspace, Map<String, Object> more) {
        Answer answer = acme.put(route(workspace), wish(more));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static Map<String, Object> wish(Map<String, Object> more) {
        var wish = new HashMap<String, Object>(
                Map.of("kind", "saml", "label", "Office", "roles", Map.of("bosses", "admin", "sellers", "agent")));
        wish.putAll(more);
        return wish;
    }

    private Answer signIn(String name, String... groups) {
        return browser.end(sales, provider.reply(provider.person(browser.begin(sales), name, groups)));
    }

    private void assertIn(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
        assertThat(answer.location()).isIn(SsoBrowser.path(sales) + "/chat", SsoBrowser.path(sales) + "/inbox");
        assertThat(browser.isIn(sales)).isTrue();
    }

    private void assertRefused(String what, Answer answer, int status) {
        assertThat(answer.status()).as(what + ": " + answer).isEqualTo(status);
        assertThat(browser.isIn(sales)).as(what).isFalse();
        assertThat(users()).as(what).isZero();
    }

    private long users() {
        return rooms.world()
                .count(
                        "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ?",
                        sales.id().value());
    }

    @Test
    void adminsSeeWhatTheProviderSaysOfASignInThatFailedThere() {
        var reply = provider.reply(provider.person(browser.begin(sales), "amira", "sellers"));
        var failed = reply.with(reply.xml()
                .replace(
                        "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>",
                        "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"><samlp:StatusCode"
                                + " Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"/></samlp:StatusCode>"
                                + "<samlp:StatusMessage>Not assigned</samlp:StatusMessage>"));
        assertRefused("failed there", browser.end(sales, failed), 403);
        assertThat(rooms.world()
                        .select(
                                "SELECT facts FROM sso_sign_ins WHERE sub_client_id = ?",
                                sales.id().value())
                        .getFirst())
                .contains("The provider didn’t sign this person in.", "Responder, AuthnFailed, Not assigned");
    }

    @Test
    void aPageThatWasAskedForIsShownAfterTheSignIn() {
        String asked = SsoBrowser.path(sales) + "/inbox?list=mine";
        String sso = SsoBrowser.path(sales) + "/sso?next=" + TestClient.encode(asked);
        URI begun = URI.create(browser.get(sso).location());
        assertThat(browser.end(sales, provider.reply(provider.person(begun, "amira", "sellers")))
                        .location())
                .isEqualTo(asked);
    }

    @Test
    void aPersonBecomesAUserWithTheRoleOfTheirGroupsAndIsKnownAgainByTheNameId() {
        assertThat(browser.get(SsoBrowser.path(sales) + "/login").text()).contains("Sign in with Office");

        assertIn(signIn("amira", "everyone", "sellers"));

        assertThat(browser.role(sales)).isEqualTo("agent");
        assertThat(browser.me(sales).json().at("/data/user/username").asText()).isEqualTo("amira");
        assertThat(browser.me(sales).json().at("/data/user/email").asText()).isEqualTo("amira@office.example");

        var said = provider.person(browser.begin(sales), "amira", "bosses");
        said.put("email", "amira.new@office.example");
        assertIn(browser.end(sales, provider.reply(said)));
        assertThat(users()).isEqualTo(1);
        assertThat(browser.role(sales)).isEqualTo("admin");
        assertThat(browser.me(sales).json().at("/data/user/email").asText()).isEqualTo("amira.new@office.example");

        assertThat(signIn("omar", "others").text()).contains("None of your groups may sign in here");
        assertThat(browser.form(SsoBrowser.path(sales) + "/logout").status()).isEqualTo(303);
        assertThat(browser.isIn(sales)).isFalse();
    }

    @Test
    void itCannotBeAskedAgainSoASessionLastsLikeAnyOtherOrAsLongAsTheProviderSays() {
        assertIn(signIn("amira", "sellers"));
        var brief = new SsoBrowser();
        Map<String, String> said = provider.person(brief.begin(sales), "amira", "sellers");
        said.put("sessionEnd", clock.instant().plus(Duration.ofHours(2)).toString());
        assertThat(brief.end(sales, provider.reply(said)).status()).isEqualTo(303);

        clock.forward(Duration.ofMinutes(119));
        rechecks.run();
        assertThat(browser.isIn(sales)).isTrue();
        assertThat(brief.isIn(sales)).isTrue();
        clock.forward(Duration.ofMinutes(2));
        rechecks.run();
        assertThat(browser.isIn(sales)).isTrue();
        assertThat(brief.isIn(sales)).as("as the provider says").isFalse();
    }

    @Test
    void usersAreCreatedOnlyIfTheAdminWantsIt() {
        setUp(sales, Map.of("metadata", provider.metadata(), "createUsers", false));
        assertRefused("no user", signIn("amira", "sellers"), 403);
    }

    @Test
    void ourMetadataSayWhereAnswersGoAndTheRequestSaysTheSame() {
        Answer metadata = TestClient.anonymous().get(SsoBrowser.path(sales) + "/sso/metadata");
        assertThat(metadata.contentType()).startsWith("application/samlmetadata+xml");
        var shown = acme.get(route(sales)).json().path("data");
        Element service = (Element) FakeSaml.parse(metadata.text())
                .getElementsByTagNameNS("urn:oasis:names:tc:SAML:2.0:metadata", "AssertionConsumerService")
                .item(0);
        assertThat(service.getAttribute("Location"))
                .isEqualTo(shown.path("acsUri").asText())
                .endsWith(SsoBrowser.path(sales) + "/sso/acs");
        URI asked = browser.begin(sales);
        assertThat(asked.toString()).startsWith("https://login.example.com/saml/in?SAMLRequest=");
        assertThat(FakeSaml.request(asked))
                .containsEntry("Issuer", shown.path("metadataUri").asText())
                .containsEntry(
                        "AssertionConsumerServiceURL", shown.path("acsUri").asText())
                .containsEntry("Destination", "https://login.example.com/saml/in");
    }

    private String ours(Workspace workspace) {
        Answer answer = TestClient.anonymous().get(SsoBrowser.path(workspace) + "/sso/metadata");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.text();
    }

    private FakeSaml.Form form() {
        return browser.leaving(SsoBrowser.path(sales) + "/sso");
    }

    @Test
    void aProviderThatTakesNoRedirectsIsAskedWithAForm() {
        setUp(sales, Map.of("metadata", provider.metadataOfForms()));
        FakeSaml.Form form = form();
        assertThat(form.action()).isEqualTo("https://login.example.com/saml/post");
        assertThat(FakeSaml.request(form))
                .containsEntry("Destination", form.action())
                .extractingByKey("AssertionConsumerServiceURL")
                .asString()
                .endsWith(SsoBrowser.path(sales) + "/sso/acs");
        assertThat(form.xml()).doesNotContain("Signature");

        Map<String, String> said = provider.person(form, "amira", "sellers");
        said.put("state", FakeSaml.request(form()).getOrDefault("RelayState", ""));
        assertRefused("the state of another request", browser.end(sales, provider.reply(said)), 403);
        said.put("state", said.getOrDefault("state", "").toUpperCase(Locale.ROOT));
        assertRefused("no state of ours", browser.end(sales, provider.reply(said)), 400);
        assertRefused(
                "another browser",
                new SsoBrowser().end(sales, provider.reply(provider.person(form(), "amira", "sellers"))),
                400);

        assertIn(browser.end(sales, provider.reply(provider.person(form(), "amira", "sellers"))));
    }

    @Test
    void thePageMayPostToThatProviderAloneAndWorksWithoutScript() {
        setUp(
                sales,
                Map.of("metadata", provider.metadataOfForms().replace("example.com/saml/post", "example.com:8443/in")));
        Answer page = browser.get(SsoBrowser.path(sales) + "/sso");
        assertThat(page.header("Content-Security-Policy").orElse(""))
                .contains("; form-action https://login.example.com:8443; ", "default-src 'none'", "script-src 'self';");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.text()).contains(">Continue to Office</button></form>").doesNotContain("<script>");
        assertThat(browser.get(SsoBrowser.path(sales) + "/login")
                        .header("Content-Security-Policy")
                        .orElse(""))
                .contains("; form-action 'self'; ");
        for (String unsafe : new String[] {"http://login.example.com/in", "javascript:alert(1)", "https:///in", "in"}) {
            assertThat(acme.put(
                                    route(sales),
                                    wish(Map.of(
                                            "metadata",
                                            provider.metadataOfForms()
                                                    .replace("https://login.example.com/saml/post", unsafe))))
                            .error())
                    .as(unsafe)
                    .contains("name no https address for signing in");
        }
    }

    @Test
    void requestsAreSignedForAProviderThatWantsIt() {
        assertThat(browser.begin(sales).getRawQuery()).as("one that doesn’t").doesNotContain("Signature");
        assertThat(ours(sales)).contains("AuthnRequestsSigned=\"false\"");

        setUp(sales, Map.of("metadata", FakeSaml.signed(provider.metadata())));
        String ours = ours(sales);
        assertThat(ours).contains("AuthnRequestsSigned=\"true\"").isEqualTo(ours(sales));
        assertThat(FakeSaml.certificate(ours).getNotAfter()).isAfter(Instant.parse("2046-01-01T00:00:00Z"));
        URI asked = browser.begin(sales);
        assertThat(FakeSaml.isSigned(asked, ours)).isTrue();
        String state = FakeSaml.request(asked).getOrDefault("RelayState", "");
        String other = FakeSaml.request(browser.begin(sales)).getOrDefault("RelayState", "");
        for (String changed : new String[] {
            asked.toString().replace(state, other),
            changedBehind("SAMLRequest=", asked.toString()),
            changedBehind("&Signature=", asked.toString())
        }) {
            assertThat(FakeSaml.isSigned(URI.create(changed), ours)).as(changed).isFalse();
        }
        assertThat(FakeSaml.isSigned(asked, withAnotherCertificate(ours))).isFalse();
        assertIn(browser.end(sales, provider.reply(provider.person(asked, "amira", "sellers"))));
        assertThat(FakeSaml.certificate(ours(rooms.workspace("Support"))))
                .as("one for the whole server")
                .isEqualTo(FakeSaml.certificate(ours));
    }

    private static String changedBehind(String start, String text) {
        int at = text.indexOf(start) + start.length();
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    private static String withAnotherCertificate(String ours) {
        return ours.replaceFirst(
                "X509Certificate>[^<]+<",
                "X509Certificate>" + TestCertificate.next().base64() + "<");
    }

    @Test
    void requestsThatArePostedAreSignedToo() {
        setUp(sales, Map.of("metadata", FakeSaml.signed(provider.metadataOfForms())));
        FakeSaml.Form form = form();
        String ours = ours(sales);
        assertThat(FakeSaml.isSigned(form, ours)).isTrue();
        assertThat(form.xml()).doesNotContain("&#");
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(
                xml -> xml.replace("IssueInstant=\"2", "IssueInstant=\"3"),
                xml -> xml.replace("/sso/acs", "/sso/acs2"),
                xml -> changedBehind("SignatureValue>", xml),
                xml -> xml.replaceFirst("(?s)<ds:Signature .*</ds:Signature>", ""))) {
            assertThat(FakeSaml.isSigned(form.changed(change), ours)).isFalse();
        }
        assertThat(FakeSaml.isSigned(form, withAnotherCertificate(ours))).isFalse();
        assertIn(browser.end(sales, provider.reply(provider.person(form, "amira", "sellers"))));
    }

    @Test
    void aTestSaysThatTheProviderNeedsOurCertificate() {
        setUp(sales, Map.of("metadata", FakeSaml.signed(provider.metadata())));
        assertThat(acme.post(route(sales) + "/test", Map.of()).text())
                .contains(
                        "We sign requests, as the provider wants. It checks them with the certificate in our metadata.");
    }

    @Test
    void onlyTheBrowserThatBeganComesInAndAnAnswerWorksOnce() {
        URI asked = browser.begin(sales);
        Reply reply = provider.reply(provider.person(asked, "amira", "sellers"));
        assertThat(new SsoBrowser().end(sales, reply).status())
                .as("another browser")
                .isEqualTo(400);
        assertRefused("it has been used up", browser.end(sales, reply), 400);

        Reply used = provider.reply(provider.person(browser.begin(sales), "amira", "sellers"));
        assertIn(browser.end(sales, used));
        assertThat(browser.end(sales, used).location())
                .as("the back button")
                .isEqualTo(SsoBrowser.path(sales) + "/inbox");
        assertThat(new SsoBrowser().end(sales, used).status()).as("replayed").isEqualTo(400);
        var other = new SsoBrowser();
        String fresh = FakeSaml.request(other.begin(sales)).getOrDefault("RelayState", "");
        assertThat(other.end(sales, new Reply(fresh, used.response())).status())
                .as("replayed as the answer to another request")
                .isEqualTo(403);
        assertThat(other.isIn(sales)).isFalse();
        assertThat(other.end(sales, new Reply("", used.response())).status())
                .as("an answer to a request that is gone")
                .isEqualTo(400);

        var late = new SsoBrowser();
        Reply expired = provider.reply(provider.person(late.begin(sales), "amira", "sellers"));
        clock.forward(Duration.ofMinutes(10));
        assertThat(late.end(sales, expired).status()).isEqualTo(400);

        Workspace support = rooms.workspace("Support");
        setUp(support, Map.of("metadata", provider.metadata()));
        var crossed = new SsoBrowser();
        Reply ofSales = provider.reply(provider.person(crossed.begin(sales), "amira", "sellers"));
        assertThat(crossed.end(support, ofSales).status())
                .as("of another workspace")
                .isEqualTo(400);
    }

    /// A tile in the provider’s own portal sends one: it begins a sign-in of ours, and proves nothing.
    @Test
    void anAnswerThatNoOneAskedForLeadsToASignIn() {
        Reply answer = provider.reply(provider.person(browser.begin(sales), "amira", "sellers"));
        Answer begun = browser.end(sales, answer.unasked());
        assertThat(begun.location()).startsWith("https://login.example.com/saml/in?SAMLRequest=");
        assertThat(users()).isZero();
        URI asked = URI.create(begun.location());
        assertIn(browser.end(sales, provider.reply(provider.person(asked, "amira", "sellers"))));
    }

    @Test
    void theStateOfOneStepIsWorthNothingInAnother() {
        String state = FakeSaml.request(browser.begin(sales)).getOrDefault("RelayState", "");
        assertRefused(
                "before the provider answered",
                browser.get(SsoBrowser.path(sales) + "/sso/callback?state=" + state + "&code=x"),
                403);
    }

    @Test
    void whatIsNotExactlyRightIsRefused() {
        var wrong = new LinkedHashMap<String, Consumer<Map<String, String>>>();
        wrong.put("issuer", said -> said.put("issuer", "https://elsewhere.example"));
        wrong.put("audience", said -> said.put("audience", "https://another.example/metadata"));
        wrong.put("recipient", said -> said.put("recipient", "https://another.example/acs"));
        wrong.put("request", said -> said.put("asked", "_of-another-sign-in"));
        wrong.put("no request", said -> said.put("asked", ""));
        wrong.put("early", said -> said.put("from", at(61)));
        wrong.put("expired", said -> said.put("until", at(-60)));
        wrong.put("expired for its bearer", said -> said.put("confirmedUntil", at(-60)));
        wrong.put("no time", said -> said.put("until", "soon"));
        wrong.put("no name", said -> said.put("name", ""));
        wrong.put("a name of parts", said -> said.put("name", "a<saml:Part>b</saml:Part>"));
        wrong.put("a name that is too long", said -> said.put("name", "x".repeat(256)));
        wrong.forEach((what, change) -> {
            var said = provider.person(browser.begin(sales), "amira", "sellers");
            change.accept(said);
            assertRefused(what, browser.end(sales, provider.reply(said)), 403);
        });
        var changing = provider.person(browser.begin(sales), "amira", "sellers");
        changing.put("format", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient");
        assertRefused("another name each time", browser.end(sales, provider.reply(changing)), 502);

        var aMinuteOff = provider.person(browser.begin(sales), "amira", "sellers");
        aMinuteOff.put("from", at(60));
        aMinuteOff.put("confirmedUntil", at(-59));
        assertIn(browser.end(sales, provider.reply(aMinuteOff)));
    }

    private String at(long seconds) {
        Instant time = clock.instant().plusSeconds(seconds);
        return time.toString();
    }

    @Test
    void onlyASignatureOfTheProvidersKeyCounts() {
        assertRefused(
                "unsigned",
                browser.end(sales, FakeSaml.unsignedReply(provider.person(browser.begin(sales), EVIL, "bosses"))),
                403);
        var said = provider.person(browser.begin(sales), EVIL, "bosses");
        assertRefused(
                "another key",
                browser.end(
                        sales,
                        provider.reply(said, TestCertificate.next().key(), FakeSaml.SHA_256, DigestMethod.SHA256)),
                403);
        said = provider.person(browser.begin(sales), EVIL, "bosses");
        var known = new SecretKeySpec(provider.metadata().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        assertRefused(
                "a secret that everyone knows",
                browser.end(
                        sales,
                        provider.reply(
                                said,
                                known,
                                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
                                DigestMethod.SHA256)),
                403);
        for (String weak : new String[] {"http://www.w3.org/2000/09/xmldsig#rsa-sha1", FakeSaml.SHA_256}) {
            said = provider.person(browser.begin(sales), "amira", "sellers");
            assertRefused(
                    "SHA-1", browser.end(sales, provider.reply(said, provider.key(), weak, DigestMethod.SHA1)), 403);
        }
        assertChanged("another name", document -> text(document, "NameID", EVIL));
        assertChanged("another group", document -> text(document, "AttributeValue", "bosses"));
        assertChanged("no signature", document -> remove(FakeSaml.signature(FakeSaml.assertion(document))));
        assertChanged("a signature of nothing", document -> {
            Element reference = (Element) FakeSaml.assertion(document)
                    .getElementsByTagNameNS("*", "Reference")
                    .item(0);
            reference.setAttribute("URI", "");
        });
    }

    /// A right answer that is changed on its way lets nobody in.
    private void assertChanged(String what, Consumer<Document> change) {
        Reply right = provider.reply(provider.person(browser.begin(sales), "amira", "sellers"));
        assertRefused(what, browser.end(sales, right.changed(change)), 403);
    }

    private static void text(Document document, String name, String text) {
        document.getElementsByTagNameNS("*", name).item(0).setTextContent(text);
    }

    private static void remove(Element element) {
        element.getParentNode().removeChild(element);
    }

    /// Returns a copy that names somebody else, without a signature.
    private static Element evil(Document document, String id) {
        Element copy = (Element) FakeSaml.assertion(document).cloneNode(true);
        remove(FakeSaml.signature(copy));
        copy.setAttribute("ID", id);
        copy.getElementsByTagNameNS("*", "NameID").item(0).setTextContent(EVIL);
        return copy;
    }

    private static Element extensions(Document document) {
        return (Element)
                document.getDocumentElement().appendChild(document.createElementNS(PROTOCOL, "samlp:Extensions"));
    }

    @Test
    void nothingThatIsWrappedAroundASignedAssertionIsRead() {
        assertChanged("another one before it", document -> {
            Element signed = FakeSaml.assertion(document);
            signed.getParentNode().insertBefore(evil(document, "_evil"), signed);
        });
        assertChanged(
                "another one after it",
                document -> document.getDocumentElement().appendChild(evil(document, "_evil")));
        assertChanged("another one with its id, and it in extensions", document -> {
            Element signed = FakeSaml.assertion(document);
            Element evil = evil(document, signed.getAttribute("ID"));
            signed.getParentNode().replaceChild(evil, signed);
            extensions(document).appendChild(signed);
        });
        assertChanged("it within another one", document -> {
            Element signed = FakeSaml.assertion(document);
            Element evil = evil(document, "_evil");
            signed.getParentNode().replaceChild(evil, signed);
            evil.appendChild(signed);
        });
        assertChanged("it within its own signature, which another one holds", document -> {
            Element signed = FakeSaml.assertion(document);
            Element signature = FakeSaml.signature(signed);
            Element evil = evil(document, "_evil");
            signed.getParentNode().replaceChild(evil, signed);
            remove(signature);
            evil.insertBefore(
                    signature, evil.getElementsByTagNameNS("*", "Subject").item(0));
            Element object = document.createElementNS("http://www.w3.org/2000/09/xmldsig#", "ds:Object");
            signature.appendChild(object);
            object.appendChild(signed);
        });
        assertChanged("its signature on another one, and it under another name", document -> {
            Element signed = FakeSaml.assertion(document);
            Element signature = FakeSaml.signature(signed);
            Element evil = evil(document, "_evil");
            signed.getParentNode().replaceChild(evil, signed);
            remove(signature);
            evil.insertBefore(
                    signature, evil.getElementsByTagNameNS("*", "Subject").item(0));
            Element moved = document.createElementNS(PROTOCOL, "samlp:Extensions");
            moved.setAttribute("ID", signed.getAttribute("ID"));
            while (signed.getFirstChild() != null) {
                moved.appendChild(signed.getFirstChild());
            }
            document.getDocumentElement().appendChild(moved);
        });
        assertChanged("another one of its own id and signature", document -> {
            Element signed = FakeSaml.assertion(document);
            Element evil = evil(document, signed.getAttribute("ID"));
            evil.insertBefore(
                    FakeSaml.signature(signed).cloneNode(true),
                    evil.getElementsByTagNameNS("*", "Subject").item(0));
            signed.getParentNode().replaceChild(evil, signed);
        });
        assertChanged("a response within a response", document -> {
            Element inner = document.getDocumentElement();
            Element outer = (Element) inner.cloneNode(true);
            outer.setAttribute("ID", "_outer");
            text(document, "Status", "");
            document.replaceChild(outer, inner);
            outer.appendChild(inner);
        });
    }

    @Test
    void aCommentInANameCutsNothingOff() {
        String whole = "amira@office.example.attacker.example";
        Reply right = provider.reply(provider.person(browser.begin(sales), whole, "sellers"));
        Reply commented = right.with(right.xml()
                .replace(
                        ">" + whole + "</saml:NameID>",
                        ">amira@office.example<!-- -->.attacker.example</saml:NameID>"));
        assertThat(commented.xml()).contains("<!-- -->");
        assertIn(browser.end(sales, commented));
        assertThat(rooms.world()
                        .select(
                                "SELECT subject FROM workspace_sso_links WHERE sub_client_id = ?",
                                sales.id().value()))
                .containsExactly(whole);
    }

    @Test
    void aWeakCertificateNextToAStrongOneSignsNothing() throws Exception {
        String weak = Base64.getEncoder().encodeToString(weakCertificate());
        String key = provider.metadata().replaceAll("(?s).*(<md:KeyDescriptor.*</md:KeyDescriptor>).*", "$1");
        String strong = key.replaceAll("(?s).*X509Certificate>\\s*(.*)</ds:X509Certificate.*", "$1");
        String both = provider.metadata().replace(key, key.replace(strong, weak) + key.replace(strong, "bm8=") + key);
        setUp(sales, Map.of("metadata", both));
        assertIn(browser.end(sales, provider.reply(provider.person(browser.begin(sales), "amira", "sellers"))));
        Answer answer = acme.put(route(sales), wish(Map.of("metadata", both.replace(key, ""))));
        assertThat(answer.error()).contains("name a weak key. RSA keys must have at least 2048 bits");
    }

    private static byte[] weakCertificate() throws Exception {
        long now = System.currentTimeMillis();
        return Objects.requireNonNull(X509Certificate.generateSelfSignedCertificate(
                                SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
                                PublicKeyAlgorithmIdentifier.RSA,
                                1_024,
                                new DN("CN=weak"),
                                now,
                                now + 86_400_000)
                        .getFirst())
                .getX509CertificateBytes();
    }

    @Test
    void oneProviderOfAFederationIsChosen() {
        String other = provider.metadata().replace(FakeSaml.ENTITY, "https://other.example/saml");
        String federation = "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">" + other
                + "<md:EntitiesDescriptor>" + provider.metadata() + "</md:EntitiesDescriptor></md:EntitiesDescriptor>";
        assertThat(acme.put(route(sales), wish(Map.of("metadata", federation))).error())
                .contains("describe several providers. Enter the entity ID of yours", FakeSaml.ENTITY, "other.example");
        assertThat(acme.put(route(sales), wish(Map.of("metadata", federation, "entityId", "https://third.example")))
                        .error())
                .contains("don’t describe “https://third.example”");
        assertThat(acme.put(route(sales), wish(Map.of("metadata", other, "entityId", FakeSaml.ENTITY)))
                        .error())
                .isEqualTo("The provider’s metadata describe https://other.example/saml only");
        setUp(sales, Map.of("metadata", federation, "entityId", FakeSaml.ENTITY));
        assertIn(browser.end(sales, provider.reply(provider.person(browser.begin(sales), "amira", "sellers"))));
        assertThat(acme.put(
                                route(sales),
                                wish(Map.of(
                                        "metadata",
                                        federation.replaceFirst("xmlns", "validUntil=\"2020-01-01T00:00:00Z\" xmlns"),
                                        "entityId",
                                        FakeSaml.ENTITY)))
                        .error())
                .contains("have ended");
    }

    /// Metadata of a federation, longer than what can be pasted.
    private String federation() {
        String other = provider.metadata();
        return "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">"
                + IntStream.range(0, 1_000)
                        .mapToObj(number -> other.replace(FakeSaml.ENTITY, "https://" + number + ".example/saml"))
                        .collect(Collectors.joining())
                + provider.metadata() + "</md:EntitiesDescriptor>";
    }

    @Test
    void oneProviderOfALargeFederationIsChosenAndReadAgain() {
        provider.publish(this::federation);
        assertThat(federation().length()).isGreaterThan(SamlMetadata.LONGEST * 5);
        var chosen = Map.<String, Object>of("metadataUrl", provider.metadataUrl(), "entityId", FakeSaml.ENTITY);
        assertThat(acme.put(route(sales), wish(Map.of("metadataUrl", provider.metadataUrl())))
                        .error())
                .contains("describe several providers. Enter the entity ID of yours", "0.example/saml", "and 991 more");
        setUp(sales, chosen);
        assertIn(signIn("amira", "sellers"));
        int read = provider.metadataRead();

        provider.rotateKey();
        clock.forward(Duration.ofSeconds(31));
        assertThat(signIn("amira", "sellers").status()).as("read a moment ago").isEqualTo(403);
        assertThat(provider.metadataRead()).isEqualTo(read);
        clock.forward(Duration.ofMinutes(1));
        assertIn(signIn("amira", "sellers"));
        assertThat(provider.metadataRead()).isEqualTo(read + 1);

        provider.publish(() -> "<!DOCTYPE md [<!ENTITY x \"y\">]>" + federation());
        assertThat(acme.put(route(sales), wish(chosen)).error()).contains("can’t be read as XML");
        provider.publish(() -> " ".repeat(21 * 1_024 * 1_024));
        assertThat(acme.put(route(sales), wish(chosen)).error()).contains("The provider’s metadata is too large");
    }

    @Test
    void nothingIsReadThatXmlRefersTo() {
        String doctype = "<!DOCTYPE x [<!ENTITY who SYSTEM \"" + provider.metadataUrl() + "\">"
                + "<!ENTITY lol \"lol\"><!ENTITY lots \"&lol;&lol;&lol;&lol;\">]>";
        for (String entity : new String[] {"&who;", "&lots;", "amira"}) {
            Reply right = provider.reply(provider.person(browser.begin(sales), "amira", "sellers"));
            assertRefused(
                    entity, browser.end(sales, right.with(doctype + right.xml().replace("amira<", entity + "<"))), 403);
        }
        assertThat(provider.metadataRead()).isZero();
        for (String broken : new String[] {"", "no XML", "<x/>", "<a>".repeat(5_000), "x".repeat(200_000)}) {
            String state = FakeSaml.request(browser.begin(sales)).getOrDefault("RelayState", "");
            assertRefused("broken", browser.end(sales, new Reply(state, "").with(broken)), 403);
        }
        String state = FakeSaml.request(browser.begin(sales)).getOrDefault("RelayState", "");
        assertRefused("no Base64", browser.end(sales, new Reply(state, "<x/>")), 403);
        for (String bad : new String[] {
            doctype + provider.metadata(),
            "<x/>",
            "no XML",
            provider.metadata().replaceAll("(?s)<md:Key.*Descriptor>", "")
        }) {
            Answer answer = acme.put(route(sales), wish(Map.of("metadata", bad)));
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.error()).contains("The provider’s metadata");
        }
    }

    @Test
    void metadataAreReadFromTheirAddressAndAgainForANewKey() {
        setUp(sales, Map.of("metadataUrl", provider.metadataUrl()));
        var view = acme.get(route(sales)).json().at("/data/sso");
        assertThat(view.path("entityId").asText()).isEqualTo(FakeSaml.ENTITY);
        assertThat(view.path("metadataUrl").asText()).isEqualTo(provider.metadataUrl());
        assertIn(signIn("amira", "sellers"));
        assertThat(provider.metadataRead()).isEqualTo(1);

        provider.rotateKey();
        clock.forward(Duration.ofSeconds(31));
        assertIn(signIn("amira", "sellers"));
        assertThat(provider.metadataRead()).isEqualTo(2);

        provider.rotateKey();
        assertThat(signIn("amira", "sellers").status()).as("read a moment ago").isEqualTo(403);
        assertThat(provider.metadataRead()).isEqualTo(2);

        assertThat(acme.post(route(sales) + "/test", Map.of())
                        .json()
                        .at("/data/ok")
                        .asBoolean())
                .isTrue();
        setUp(sales, Map.of("label", "Headquarters"));
        assertThat(acme.get(route(sales)).json().at("/data/sso/metadataUrl").asText())
                .as("omitted, so kept")
                .isEqualTo(provider.metadataUrl());
        assertThat(acme.put(route(sales), wish(Map.of("metadataUrl", "http://login.example.com/metadata")))
                        .error())
                .contains("metadataUrl must be an https address");
    }

    @Test
    void thePageOffersItAndTestsIt() {
        String page = WorkspacePaths.workspace(sales.project(), sales.id()) + "/settings/sso";
        assertThat(acme.get(page).text()).contains("Our metadata", SsoBrowser.path(sales) + "/sso/acs");
        Answer tested = acme.form(
                page + "/test",
                "as",
                rooms.world().acme().username(),
                "kind",
                "saml",
                "metadata",
                provider.metadata(),
                "groupClaim",
                "groups",
                "roles",
                "bosses = admin",
                "passwordSignIn",
                "on");
        assertThat(tested.status()).as(tested.toString()).isEqualTo(200);
        assertThat(tested.text()).contains("The test worked", "The metadata of " + FakeSaml.ENTITY + " were read.");
        assertThat(acme.form(
                                page,
                                "as",
                                rooms.world().acme().username(),
                                "kind",
                                "saml",
                                "metadata",
                                "<x/>",
                                "roles",
                                "bosses = admin",
                                "passwordSignIn",
                                "on")
                        .text())
                .contains("The provider’s metadata must describe an identity provider.");
    }

    @Test
    void otherFormsOfOtherSitesAreStillRefused() {
        assertThat(TestClient.anonymous()
                        .with("Sec-Fetch-Site", "cross-site")
                        .form(SsoBrowser.path(sales) + "/sso/logout", "logout_token", "x")
                        .status())
                .isEqualTo(403);
        assertThat(TestClient.anonymous()
                        .with("Sec-Fetch-Site", "cross-site")
                        .form(SsoBrowser.path(sales) + "/login", "usernameOrEmail", "x")
                        .status())
                .isEqualTo(403);
    }
}
