package dev.banyan.platform.sso;

import module java.base;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import org.jspecify.annotations.Nullable;

/// Reads claims as providers write them.
final class SsoClaims {

    private static final String EMAIL = "email";
    /// The last ones are names of accounts, which are emails at Entra ID and ADFS.
    private static final List<String> EMAILS = List.of(
            EMAIL,
            "mail",
            "emailAddress",
            "User.email",
            "primaryEmail",
            "emails",
            "upn",
            "userPrincipalName",
            "preferred_username",
            "unique_name");

    private static final List<String> USERNAMES =
            List.of("preferred_username", "username", "user_name", "upn", "unique_name", "uid", "nickname");

    private SsoClaims() {}

    /// An email, and what the provider says about it.
    private record Found(String email, Optional<Boolean> verified) {}

    /// @param claims the ID token’s first, then those of the user info
    static SsoPerson person(SsoProvider.Oidc settings, String subject, List<ClaimsSet> claims) {
        Optional<Found> email = email(settings, claims);
        return new SsoPerson(
                settings.identity(),
                subject,
                email.map(Found::email),
                email.flatMap(Found::verified),
                texts(claims, "hd").findFirst(),
                settings.claims().usernames(USERNAMES).stream()
                        .flatMap(name -> texts(claims, name))
                        .findFirst(),
                groups(settings, claims),
                claims.stream()
                        .flatMap(set -> set.toJSONObject().keySet().stream())
                        .distinct()
                        .toList());
    }

    /// Whether an answer says all that is needed of a person.
    static boolean isComplete(SsoProvider.Oidc settings, ClaimsSet claims) {
        return texts(List.of(claims), emails(settings).getFirst()).anyMatch(PersonClaims::isEmail)
                && named(claims, settings.groupClaim()) != null;
    }

    /// Whether an answer names groups, or says that there are none.
    static boolean nameGroups(SsoProvider.Oidc settings, List<ClaimsSet> claims) {
        return claims.stream().anyMatch(set -> named(set, settings.groupClaim()) != null);
    }

    /// At a provider for all, people choose the other names themselves.
    private static List<String> emails(SsoProvider.Oidc settings) {
        return PublicIssuers.accountsOf(settings).isPresent()
                ? List.of(EMAIL)
                : settings.claims().emails(EMAILS);
    }

    private static Optional<Found> email(SsoProvider.Oidc settings, List<ClaimsSet> claims) {
        for (String name : emails(settings)) {
            for (ClaimsSet set : claims) {
                Optional<String> email =
                        texts(List.of(set), name).filter(PersonClaims::isEmail).findFirst();
                if (email.isPresent()) {
                    return Optional.of(new Found(email.get(), verified(settings, set, email.get())));
                }
            }
        }
        return Optional.empty();
    }

    /// The provider speaks of the email in the same answer, and of no other name.
    private static Optional<Boolean> verified(SsoProvider.Oidc settings, ClaimsSet claims, String email) {
        if (settings.claims().trustEmails()
                && PublicIssuers.accountsOf(settings).isEmpty()) {
            return Optional.of(true);
        }
        List<String> own = texts(List.of(claims), EMAIL).toList();
        // Of several, it doesn’t say which one is verified.
        return own.contains(email)
                ? isVerified(settings, claims).filter(is -> !is || own.size() == 1)
                : Optional.empty();
    }

    /// Google says so once of emails of elsewhere, too, which may have got into other hands since: only for its own
    /// mail, and for organizations that it hosts, it knows.
    private static Optional<Boolean> isVerified(SsoProvider.Oidc settings, ClaimsSet claims) {
        boolean isKnown = !PublicIssuers.isGoogle(settings)
                || claims.getStringClaim("hd") != null
                || Optional.ofNullable(claims.getStringClaim(EMAIL))
                        .filter(email -> email.toLowerCase(Locale.ROOT).matches(".*@(gmail|googlemail)\\.com"))
                        .isPresent();
        return saysVerified(claims).map(is -> is && isKnown);
    }

    private static Optional<Boolean> saysVerified(ClaimsSet claims) {
        return switch (named(claims, "email_verified")) {
            case Boolean is -> Optional.of(is);
            case String text -> Optional.of(PersonClaims.isYes(text));
            case Number number -> Optional.of(number.intValue() == 1);
            case null, default -> Optional.empty();
        };
    }

    private static List<String> groups(SsoProvider.Oidc settings, List<ClaimsSet> claims) {
        return claims.stream()
                .map(set -> GroupNames.of(named(set, settings.groupClaim())))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static Stream<String> texts(List<ClaimsSet> claims, String name) {
        return claims.stream()
                .flatMap(set -> Stream.ofNullable(named(set, name)))
                .flatMap(found -> found instanceof Collection<?> several ? several.stream() : Stream.of(found))
                .filter(String.class::isInstance)
                .map(text -> ((String) text).strip())
                .filter(text -> !text.isEmpty());
    }

    /// Returns a claim whatever the letter case and the signs of its name.
    private static @Nullable Object named(ClaimsSet claims, String name) {
        Object found = at(claims, name);
        return found != null
                ? found
                : claims.toJSONObject().entrySet().stream()
                        .filter(claim -> claim.getValue() != null && PersonClaims.isSameName(claim.getKey(), name))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
    }

    /// Returns a claim, perhaps one within objects, such as Keycloak’s `realm_access.roles`. Names may hold dots
    /// themselves, as those of Auth0 and of Keycloak’s clients do.
    private static @Nullable Object at(ClaimsSet claims, String name) {
        return at(claims.toJSONObject(), name);
    }

    private static @Nullable Object at(@Nullable Object within, String name) {
        if (!(within instanceof Map<?, ?> object)) {
            return null;
        }
        if (object.containsKey(name)) {
            return object.get(name);
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            Object found = at(object.get(name.substring(0, dot)), name.substring(dot + 1));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
