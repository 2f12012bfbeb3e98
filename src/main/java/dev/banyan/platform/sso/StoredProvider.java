package dev.banyan.platform.sso;

import module java.base;

/// The row of an account or a workspace with single sign-on.
public interface StoredProvider {

    SsoSettings settings();

    /// Returns the sealed secret of the client, or of the account that searches.
    Optional<String> sealedSecret();

    /// Returns whether people may also sign in with a password.
    boolean passwordSignIn();

    /// Returns whether people who come from the provider may, too.
    boolean linkedPasswords();

    Instant createdAt();

    Instant updatedAt();

    default SsoProvider provider() {
        return settings().provider();
    }

    /// Returns what the audit says of the settings.
    default Map<String, Object> facts() {
        return Map.of(
                "kind",
                provider().kind(),
                "provider",
                provider().shownHost(),
                "passwordSignIn",
                passwordSignIn(),
                "linkedPasswords",
                linkedPasswords(),
                "createUsers",
                settings().createUsers());
    }
}
