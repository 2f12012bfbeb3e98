package dev.banyan.workspaces;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// One message of a conversation.
///
/// @param position from 1, without gaps
/// @param clientKey the sender's own name for it, by which one that is sent twice is known; assistants have none
public record Message(
        UUID id, long position, Author author, String text, Optional<String> clientKey, Instant createdAt) {

    /// Who says it.
    public enum Author {
        USER,
        ASSISTANT;

        /// As tables and JSON have it.
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Author of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
