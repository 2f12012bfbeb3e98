package dev.banyan.platform.sso;

import module java.base;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;

/// Reads claims as providers write them.
final class SsoClaims {

    private static final int GROUPS = 1_000;

    private SsoClaims() {}

    /// @param claims the ID token’s first, then those of the user info
    static SsoPerson person(SsoProvider.Oidc settings, String subject, List<ClaimsSet> claims) {
        return new SsoPerson(
                settings.identity(),
                subject,
                first(claims, set -> set.getStringClaim("email")),
                // Of the same answer as the email.
                claims.stream()
                        .filter(set -> set.getStringClaim("email") != null)
                        .findFirst()
                        .flatMap(set -> isVerified(settings, set)),
                first(claims, set -> set.getStringClaim("hd")),
                first(claims, set -> set.getStringClaim("preferred_username")),
                claims.stream()
                        .map(set -> groups(set, settings.groupClaim()))
                        .filter(found -> !found.isEmpty())
                        .findFirst()
                        .orElse(List.of()));
    }

    private static Optional<String> first(List<ClaimsSet> claims, Function<ClaimsSet, String> read) {
        return claims.stream()
                .flatMap(set -> Optional.ofNullable(read.apply(set)).stream())
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    /// Google says so once of emails of elsewhere, too, which may have got into other hands since: only for its own
    /// mail, and for organizations that it hosts, it knows.
    private static Optional<Boolean> isVerified(SsoProvider.Oidc settings, ClaimsSet claims) {
        boolean isKnown = !PublicIssuers.isGoogle(settings)
                || claims.getStringClaim("hd") != null
                || Optional.ofNullable(claims.getStringClaim("email"))
                        .filter(email -> email.toLowerCase(Locale.ROOT).matches(".*@(gmail|googlemail)\\.com"))
                        .isPresent();
        return saysVerified(claims).map(is -> is && isKnown);
    }

    private static Optional<Boolean> saysVerified(ClaimsSet claims) {
        return switch (claims.getClaim("email_verified")) {
            case Boolean is -> Optional.of(is);
            case String text -> Optional.of(text.equals("true")); // some providers quote it
            case null, default -> Optional.empty();
        };
    }

    /// Returns the groups: an array or one text, perhaps within objects, such as Keycloak’s `realm_access.roles`.
    private static List<String> groups(ClaimsSet claims, String name) {
        Object found = claims.getClaim(name);
        if (found == null) {
            found = claims.toJSONObject();
            for (String part : name.split("\\.")) {
                found = found instanceof Map<?, ?> map ? map.get(part) : null;
            }
        }
        return switch (found) {
            case Collection<?> several ->
                several.stream().limit(GROUPS).map(String::valueOf).toList();
            case String one -> List.of(one);
            case null, default -> List.of();
        };
    }
}
