package dev.banyan.workspaces;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// One message of a conversation.
///
/// @param position from 1, without gaps
/// @param by the workspace's user who wrote it; none for assistants and contacts
/// @param clientKey the sender's own name for it, by which one that is sent twice is known; assistants have none
/// @param outgoing what `whatsapp` knows of its way to the contact
/// @param attachments how many files it carries
/// @param end whether it was said to its end; only answers of assistants may not be
public record Message(
        UUID id,
        long position,
        Author author,
        String text,
        Optional<By> by,
        Optional<String> clientKey,
        Optional<UUID> outgoing,
        int attachments,
        End end,
        Instant createdAt) {

    /// Who says it.
    public enum Author {
        /// A user of the workspace, to the assistant.
        USER,
        ASSISTANT,
        /// Somebody outside, over WhatsApp.
        CONTACT,
        /// A user of the workspace, in answer to somebody who waits in the inbox.
        AGENT,
        /// A user of the workspace, to colleagues only: it never leaves the inbox.
        NOTE;

        /// As tables and JSON have it.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Author of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /// A user of the workspace; the name stays when the user goes.
    public record By(int user, String name) {}

    /// How an answer ended.
    public enum End {
        WHOLE,
        /// Somebody stopped it; the text is what was said until then.
        STOPPED,
        /// It could not be given; the text says why.
        FAILED
    }

    /// One with nothing but its text.
    public static Message of(
            UUID id, long position, Author author, String text, Optional<String> clientKey, Instant createdAt) {
        return new Message(
                id, position, author, text, Optional.empty(), clientKey, Optional.empty(), 0, End.WHOLE, createdAt);
    }
}
