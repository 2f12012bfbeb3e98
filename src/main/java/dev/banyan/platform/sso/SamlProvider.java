package dev.banyan.platform.sso;

import static dev.banyan.platform.sso.SamlNames.ASSERTION;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Markup;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import org.w3c.dom.Element;

/// One SAML provider, and we as it knows us: what is sent to it, and the checks of what it answers.
public final class SamlProvider {

    private static final Duration SKEW = Duration.ofSeconds(60);

    /// Where a browser goes to sign in.
    ///
    /// @param fields what it posts there; without any, it just goes there
    public record Leaving(URI provider, Map<String, String> fields) {}

    /// A request that is on its way.
    ///
    /// @param to where the browser is sent
    /// @param id that the answer must name
    public record Asked(Leaving to, String id) {}

    /// Whom the provider named.
    ///
    /// @param until when the provider wants the session to end
    public record SignedIn(SsoPerson person, Optional<Instant> until) {}

    private final SamlDocuments documents;
    private final SamlKeys keys;
    private final SsoProvider.Saml settings;
    private final SamlService us;
    private final Clock clock;

    SamlProvider(SamlDocuments documents, SamlKeys keys, SsoProvider.Saml settings, SamlService us, Clock clock) {
        this.documents = documents;
        this.keys = keys;
        this.settings = settings;
        this.us = us;
        this.clock = clock;
    }

    /// Asks for a person: with a redirect, or if the provider takes none, with a form.
    ///
    /// @param state that the browser brings back
    public Asked ask(String state) throws ProviderTrouble {
        SamlMetadata them = documents.metadata(settings);
        String id = "_" + Digests.newToken(); // ids begin with a letter or an underscore
        String request = request(them.signInUrl(), id);
        return new Asked(them.postsRequests() ? posted(them, request, state) : redirected(them, request, state), id);
    }

    private String request(String address, String id) {
        return """
                <samlp:AuthnRequest xmlns:samlp="%s" xmlns:saml="%s" ID="%s" Version="2.0" IssueInstant="%s" \
                Destination="%s" AssertionConsumerServiceURL="%s" ProtocolBinding="%s">\
                <saml:Issuer>%s</saml:Issuer><samlp:NameIDPolicy AllowCreate="true"/></samlp:AuthnRequest>""".formatted(
                        SamlNames.PROTOCOL,
                        ASSERTION,
                        id,
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        Markup.escaped(address),
                        Markup.escaped(us.answersTo()),
                        SamlNames.POST,
                        Markup.escaped(us.entityId()));
    }

    private Leaving posted(SamlMetadata them, String request, String state) {
        byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
        String sent = base64(them.wantsSigned() ? keys.current().signXml(bytes) : bytes);
        return new Leaving(URI.create(them.signInUrl()), Map.of("SAMLRequest", sent, "RelayState", state));
    }

    /// The signature is of the very octets that are sent, in this order.
    private Leaving redirected(SamlMetadata them, String request, String state) {
        String query = "SAMLRequest=" + encoded(base64(deflated(request))) + "&RelayState=" + encoded(state);
        if (them.wantsSigned()) {
            query += "&SigAlg=" + encoded(SamlKeys.RSA_SHA256);
            query += "&Signature=" + encoded(base64(keys.current().sign(query)));
        }
        String address = them.signInUrl();
        return new Leaving(URI.create(address + (address.contains("?") ? "&" : "?") + query), Map.of());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] deflated(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
                var out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /// Checks whom the provider names.
    ///
    /// @param response as the browser brought it
    /// @param asked the id of the request that it must answer
    public SignedIn signIn(String response, String asked) throws ProviderTrouble {
        SignedAssertion answer = SignedAssertion.of(response);
        if (!answer.isSuccess()) {
            throw new ProviderTrouble(Kind.REFUSED, "The provider didn’t sign this person in.", answer.words());
        }
        if (!answer.mayHave("Destination", us.answersTo()) || !answer.mayHave("InResponseTo", asked)) {
            throw refused("The provider’s answer is to another request.");
        }
        Element assertion = verified(answer);
        check(assertion, asked);
        return new SignedIn(SamlPerson.of(settings, assertion), sessionEnd(assertion));
    }

    private Element verified(SignedAssertion answer) throws ProviderTrouble {
        try {
            return answer.verified(documents.metadata(settings).keys());
        } catch (SignedAssertion.UnknownKey unknown) {
            if (settings.metadataUrl().isEmpty()) {
                throw unknown;
            }
            return answer.verified(documents.metadataAgain(settings).keys()); // it may have a new key
        }
    }

    private void check(Element assertion, String asked) throws ProviderTrouble {
        if (!SamlPerson.only(assertion, "Issuer")
                .flatMap(SafeXml::text)
                .equals(Optional.of(settings.metadata().entityId()))) {
            throw refused("The provider’s assertion is of another issuer.");
        }
        Element subject =
                SamlPerson.only(assertion, "Subject").orElseThrow(() -> refused("The provider names no one."));
        if (SafeXml.children(subject, ASSERTION, "SubjectConfirmation").stream()
                .noneMatch(confirmation -> isForUs(confirmation, asked))) {
            throw refused("The provider’s assertion is for another recipient or request, or it has expired.");
        }
        Element conditions = SamlPerson.only(assertion, "Conditions")
                .orElseThrow(() -> refused("The provider’s assertion has no conditions."));
        if (!isNow(conditions)) {
            throw refused("The provider’s assertion has expired, or isn’t valid yet. Check the clocks.");
        }
        List<Element> audiences = SafeXml.children(conditions, ASSERTION, "AudienceRestriction");
        if (audiences.isEmpty() || !audiences.stream().allMatch(this::isAudience)) {
            throw refused("The provider’s assertion is for another audience than " + us.entityId() + ".");
        }
        if (SafeXml.children(assertion, ASSERTION, "AuthnStatement").isEmpty()) {
            throw refused("The provider’s assertion doesn’t say that anyone signed in.");
        }
    }

    private boolean isForUs(Element confirmation, String asked) {
        Optional<Element> found = SamlPerson.only(confirmation, "SubjectConfirmationData");
        return confirmation.getAttribute("Method").equals(SamlNames.BEARER)
                && found.filter(at -> at.getAttribute("Recipient").equals(us.answersTo()))
                        .filter(at -> at.getAttribute("InResponseTo").equals(asked))
                        .filter(at -> at.hasAttribute("NotOnOrAfter"))
                        .filter(this::isNow)
                        .isPresent();
    }

    /// Whether a condition’s times hold, give or take a minute.
    private boolean isNow(Element condition) {
        Instant now = clock.instant();
        boolean hasBegun = SafeXml.attribute(condition, "NotBefore")
                .map(SamlMetadata::time)
                .filter(from -> from.equals(Instant.EPOCH) || now.plus(SKEW).isBefore(from))
                .isEmpty();
        boolean hasEnded = SafeXml.attribute(condition, "NotOnOrAfter")
                .map(SamlMetadata::time)
                .filter(end -> !now.minus(SKEW).isBefore(end))
                .isPresent();
        return hasBegun && !hasEnded;
    }

    private boolean isAudience(Element restriction) {
        return SafeXml.children(restriction, ASSERTION, "Audience").stream()
                .flatMap(audience -> SafeXml.text(audience).stream())
                .anyMatch(us.entityId()::equals);
    }

    private Optional<Instant> sessionEnd(Element assertion) {
        return SafeXml.children(assertion, ASSERTION, "AuthnStatement").stream()
                .flatMap(statement -> SafeXml.attribute(statement, "SessionNotOnOrAfter").stream())
                .map(SamlMetadata::time)
                .min(Instant::compareTo);
    }

    private static ProviderTrouble refused(String sentence) {
        return new ProviderTrouble(Kind.REFUSED, sentence);
    }
}
