package dev.banyan.platform.sso;

import module java.base;

/// The addresses of ours that a provider has to know.
///
/// @param base below which they are, such as `https://banyan.example.com/s/x7M2-marketing/sso`
/// @param signedOut where people come back when they have signed out at the provider, too; empty if they never do
public record SsoAddresses(String base, Optional<String> signedOut) {

    /// Returns the address to which an OpenID provider sends browsers back.
    public String redirect() {
        return base + "/callback";
    }

    /// Returns where a provider says that someone has signed out there.
    String signOuts() {
        return base + "/logout";
    }

    /// Returns what a SAML provider must know.
    public SamlService service() {
        return new SamlService(base + "/metadata", base + "/acs");
    }

    /// Returns the address that a step of a preset means; empty if there is none here.
    Optional<String> named(String name) {
        return switch (name) {
            case "redirect" -> Optional.of(redirect());
            case "signedOut" -> signedOut;
            case "signOuts" -> Optional.of(signOuts());
            case "metadata" -> Optional.of(service().entityId());
            case "acs" -> Optional.of(service().answersTo());
            default -> throw new IllegalArgumentException("No address is called " + name);
        };
    }
}
