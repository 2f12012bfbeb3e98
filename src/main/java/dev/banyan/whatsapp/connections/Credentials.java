package dev.banyan.whatsapp.connections;

import module java.base;

/// What a gateway wants to see, and what its webhooks are checked with. Sealed at rest and never shown again.
///
/// @param hookSecret what webhooks are signed with, or carry, where we choose it: WAHA, Evolution API
public record Credentials(Access access, String hookSecret) {

    /// What opens the gateway.
    public sealed interface Access {}

    /// @param token of a system user
    /// @param appSecret signs the webhooks
    /// @param verifyToken chosen by us; WhatsApp repeats it when the webhook's address is entered
    /// @param wabaId the WhatsApp Business Account; needed for templates
    public record Cloud(String token, String appSecret, String verifyToken, Optional<String> wabaId) implements Access {
        @Override
        public String toString() {
            return "Cloud[secret]";
        }
    }

    public record ApiKey(String key) implements Access {
        @Override
        public String toString() {
            return "ApiKey[secret]";
        }
    }

    /// The simulator wants nothing.
    public record None() implements Access {}

    @Override
    public String toString() {
        return "Credentials[secret]";
    }
}
