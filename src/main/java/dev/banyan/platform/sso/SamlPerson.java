package dev.banyan.platform.sso;

import static dev.banyan.platform.sso.SamlNames.ASSERTION;

import module java.base;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import org.w3c.dom.Element;

/// Reads the person out of an assertion that was checked, under the names that providers give to attributes.
final class SamlPerson {

    private static final int LONGEST_SUBJECT = 255;
    private static final String CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
    private static final String MICROSOFT = "http://schemas.microsoft.com/ws/2008/06/identity/claims/";
    /// The last ones are names of accounts, which are emails at Entra ID and ADFS.
    private static final List<String> EMAILS = List.of(
            "email",
            "mail",
            "emailAddress",
            "User.email",
            "primaryEmail",
            "urn:oid:0.9.2342.19200300.100.1.3",
            "urn:oid:1.2.840.113549.1.9.1",
            CLAIMS + "emailaddress",
            "http://schemas.xmlsoap.org/claims/EmailAddress",
            "upn",
            "userPrincipalName",
            CLAIMS + "upn",
            CLAIMS + "name",
            "urn:oid:1.3.6.1.4.1.5923.1.1.1.6");

    private static final List<String> USERNAMES = List.of(
            "username",
            "uid",
            "User.Username",
            "sAMAccountName",
            "urn:oid:0.9.2342.19200300.100.1.1",
            CLAIMS + "name",
            "upn",
            CLAIMS + "upn",
            "http://schemas.goauthentik.io/2021/02/saml/username",
            MICROSOFT + "windowsaccountname");

    private SamlPerson() {}

    static SsoPerson of(SsoProvider.Saml settings, Element assertion) throws ProviderTrouble {
        Element name = only(assertion, "Subject")
                .flatMap(subject -> only(subject, "NameID"))
                .orElseThrow(() -> refused("The provider names no one, or encrypts the name."));
        if (name.getAttribute("Format").equals(SamlNames.TRANSIENT)) {
            throw new ProviderTrouble(
                    Kind.SETUP, "The provider names people differently each time. Choose persistent name IDs there.");
        }
        String subject = SafeXml.text(name)
                .filter(text -> text.length() <= LONGEST_SUBJECT)
                .orElseThrow(() -> refused("The provider’s name ID is empty, too long or not a text."));
        PersonClaims claims = settings.claims();
        List<String> groups = values(assertion, settings.groupAttribute()).toList();
        return new SsoPerson(
                settings.identity(),
                subject,
                first(assertion, claims.emails(EMAILS), PersonClaims::isEmail)
                        .or(() -> Optional.of(subject)
                                .filter(_ -> claims.email().isEmpty())
                                .filter(PersonClaims::isEmail)),
                // The provider is the organization’s own, as a directory is, unless it says otherwise.
                first(assertion, List.of("email_verified", "emailVerified"), _ -> true)
                        .filter(_ -> !claims.trustEmails())
                        .map(PersonClaims::isYes)
                        .or(() -> Optional.of(true)),
                first(assertion, claims.usernames(USERNAMES), text -> !text.isBlank()),
                GroupNames.of(groups.size() == 1 ? groups.getFirst() : groups),
                attributes(assertion)
                        .map(attribute -> attribute.getAttribute("Name"))
                        .distinct()
                        .toList());
    }

    /// Returns the one element of a name; empty without one, or with several.
    static Optional<Element> only(Element of, String name) {
        List<Element> found = SafeXml.children(of, ASSERTION, name);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static Optional<String> first(Element assertion, List<String> names, Predicate<String> isRight) {
        return names.stream()
                .flatMap(name -> values(assertion, name))
                .filter(isRight)
                .findFirst();
    }

    private static Stream<String> values(Element assertion, String name) {
        return attributes(assertion)
                .filter(attribute -> PersonClaims.isSameName(attribute.getAttribute("Name"), name)
                        || PersonClaims.isSameName(attribute.getAttribute("FriendlyName"), name))
                .flatMap(attribute -> SafeXml.children(attribute, ASSERTION, "AttributeValue").stream())
                .flatMap(value -> SafeXml.text(value).stream());
    }

    private static Stream<Element> attributes(Element assertion) {
        return SafeXml.children(assertion, ASSERTION, "AttributeStatement").stream()
                .flatMap(statement -> SafeXml.children(statement, ASSERTION, "Attribute").stream());
    }

    private static ProviderTrouble refused(String sentence) {
        return new ProviderTrouble(Kind.REFUSED, sentence);
    }
}
