package dev.banyan.platform.sso;

import java.util.List;
import java.util.Optional;

/// A person whom a provider has named.
///
/// @param issuer as in [SsoProvider#identity]
/// @param subject never changes, and is never given to another person
/// @param emailVerified empty if the provider doesn’t say
/// @param username a wish
public record SsoPerson(
        String issuer,
        String subject,
        Optional<String> email,
        Optional<Boolean> emailVerified,
        Optional<String> username,
        List<String> groups) {}
