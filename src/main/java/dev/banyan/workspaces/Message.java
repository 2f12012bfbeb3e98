package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.whatsapp.OutgoingMessage;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// One message of a conversation.
///
/// @param position from 1, without gaps
/// @param by the workspace user who wrote it; none for assistants and contacts
/// @param clientKey the client's own id for the message, which detects duplicates; assistants have none
/// @param outgoing what `whatsapp` knows about its delivery to the contact
/// @param attachments how many files it carries
/// @param end how an answer that was cut short ended; only answers of assistants have it
/// @param origin where it was written, if it was not written here
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
        Instant createdAt,
        Optional<OutgoingMessage.Origin> origin) {

    @Schema(name = "MessageAuthor")
    public enum Author implements Keyed {
        /// A user of the workspace, writing to the assistant.
        USER,
        ASSISTANT,
        /// A person outside, writing on WhatsApp.
        CONTACT,
        /// A user of the workspace, answering a conversation in the inbox.
        AGENT,
        /// A user of the workspace, writing to colleagues only: it never leaves the inbox.
        NOTE
    }

    /// A user of the workspace; the name stays when the user is removed.
    public record By(int user, String name) {}

    /// How an answer ended.
    public enum End {
        WHOLE,
        /// It was stopped; the text is what had been written until then.
        STOPPED,
        /// It failed; the text says why.
        FAILED
    }

    /// A message that was written here.
    public Message(
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
        this(id, position, author, text, by, clientKey, outgoing, attachments, end, createdAt, Optional.empty());
    }

    /// A message with nothing but its text.
    public static Message of(
            UUID id, long position, Author author, String text, Optional<String> clientKey, Instant createdAt) {
        return new Message(
                id, position, author, text, Optional.empty(), clientKey, Optional.empty(), 0, End.WHOLE, createdAt);
    }
}
