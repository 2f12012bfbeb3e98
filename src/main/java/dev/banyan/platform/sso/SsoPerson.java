package dev.banyan.platform.sso;

import module java.base;

/// A person whom a provider has named.
///
/// @param issuer as in [SsoProvider#identity]
/// @param subject never changes, and is never given to another person
/// @param emailVerified empty if the provider doesn’t say
/// @param hostedDomain of the organization that the account belongs to, where the provider says so (Google’s `hd`)
/// @param username a wish
public record SsoPerson(
        String issuer,
        String subject,
        Optional<String> email,
        Optional<Boolean> emailVerified,
        Optional<String> hostedDomain,
        Optional<String> username,
        List<String> groups) {

    /// A person of a provider that has one organization.
    public SsoPerson(
            String issuer,
            String subject,
            Optional<String> email,
            Optional<Boolean> emailVerified,
            Optional<String> username,
            List<String> groups) {
        this(issuer, subject, email, emailVerified, Optional.empty(), username, groups);
    }

    /// Returns the same person, who is also in the groups that another of their names has.
    SsoPerson withGroupsOf(SsoPerson other) {
        List<String> all =
                Stream.concat(groups.stream(), other.groups.stream()).distinct().toList();
        return new SsoPerson(issuer, subject, email, emailVerified, hostedDomain, username, all);
    }
}
