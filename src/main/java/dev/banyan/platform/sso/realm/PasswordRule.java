package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.StoredProvider;

/// Whether people may sign in with a password where there is a provider.
///
/// @param <P> who a person is here
/// @param emergency the one person who always may
public record PasswordRule<P>(SsoOwner owner, StoredProvider stored, Optional<P> emergency) {

    private boolean isEmergency(P person) {
        return emergency.filter(person::equals).isPresent();
    }

    /// Passwords of people who come from the provider count only if it says so, and only until it refuses them. Whose
    /// link was cut has to come from it once more.
    public boolean allows(P person, SsoLinkStore<P> links, SsoCutLinkStore<P> cutLinks, Instant now) {
        return isEmergency(person)
                || stored.passwordSignIn()
                        && !isOfProvider(person, links, now)
                        && !cutLinks.isCut(owner, stored.provider().identity(), person);
    }

    private boolean isOfProvider(P person, SsoLinkStore<P> links, Instant now) {
        return stored.linkedPasswords() ? links.isRefused(owner, person, now) : links.isLinked(owner, person);
    }
}
