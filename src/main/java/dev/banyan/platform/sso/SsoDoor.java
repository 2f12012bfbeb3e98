package dev.banyan.platform.sso;

import module java.base;

/// Where people come in through a provider: a workspace, or an account’s members.
public interface SsoDoor {

    /// Returns a name that no other door has: secrets of one can’t be opened at another.
    String name();

    SsoOwner owner();

    /// Returns what people are denied here, for the audit: `single sign-on to a workspace`.
    String denied();

    StoredProvider stored();

    default SsoProvider provider() {
        return stored().provider();
    }

    /// Returns what the sign-in button names.
    default String shownName() {
        return stored().settings().shownName();
    }

    /// Opens the secret of the client.
    Optional<String> secret() throws ProviderTrouble;

    /// Returns what the provider must know.
    SsoAddresses addresses();

    void remember(SsoAttempt attempt);

    /// Finds an attempt and deletes it: a state works once, whatever becomes of it.
    Optional<SsoAttempt> take(String stateHash);
}
