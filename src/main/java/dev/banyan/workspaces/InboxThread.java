package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Text;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.SenderId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A conversation in the shared inbox of a workspace.
///
/// @param contact the contact it is with; empty for a user of the workspace who waits in the chat
/// @param user the user of the workspace who waits in the chat; empty for a contact
/// @param unread how many messages arrived since a user of the workspace last read it
/// @param personWanted whether the assistant or the customer asked for a person
/// @param handedOver whether people answer instead of the assistant until it is closed
/// @param sender the number that the contact last wrote to
/// @param ad what led the contact here, the last time
/// @param resumesAt until when the assistant leaves it alone, because someone answered on the phone
/// @param messages the position of the last message
public record InboxThread(
        ConversationId id,
        Channel channel,
        Optional<Contact> contact,
        Optional<Message.By> user,
        Optional<Message.By> assignee,
        State state,
        long unread,
        boolean personWanted,
        boolean handedOver,
        Optional<MessageContent.Ad> ad,
        Optional<Instant> resumesAt,
        Optional<SenderId> sender,
        Last last,
        long messages,
        List<String> tags,
        Instant createdAt) {

    /// The channel of a conversation.
    @Schema(name = "ThreadChannel")
    public enum Channel implements Keyed {
        /// With a contact, through the workspace's number.
        WHATSAPP,
        /// With a user of the workspace, handed over by the assistant.
        CHAT
    }

    /// Whether the conversation still needs work.
    @Schema(name = "ThreadState")
    public enum State implements Keyed {
        OPEN,
        CLOSED;

        public static Optional<State> of(String key) {
            return Keyed.parse(State.class, key);
        }
    }

    /// The last message, as shown in lists.
    public record Last(Message.Author author, String text, Instant at) {

        static final int LONGEST = 200;

        public static Last of(Message message) {
            String cut = cut(message.text());
            String text = cut.isEmpty() && message.attachments() > 0 ? "File" : cut;
            return new Last(message.author(), text, message.createdAt());
        }

        /// Returns a text as one line that is short enough for lists.
        public static String cut(String text) {
            return Text.shortened(text.strip().replaceAll("\\s+", " "), LONGEST);
        }
    }

    /// The display name of the contact or user.
    public String name() {
        return contact.map(Contact::name).or(() -> user.map(Message.By::name)).orElse("");
    }

    /// The name of the contact or user, without those who are only known by their number.
    public Optional<String> personName() {
        return contact.isPresent() ? contact.flatMap(Contact::ownName) : user.map(Message.By::name);
    }

    /// Whether WhatsApp can ask the contact for the phone number, which is hidden: only Meta’s own interface can.
    public boolean canBeAskedForPhone() {
        return contact.filter(known -> known.address() instanceof ContactAddress.UserId)
                .isPresent();
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }
}
