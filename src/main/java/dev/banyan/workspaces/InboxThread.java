package dev.banyan.workspaces;

import dev.banyan.whatsapp.SenderId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A conversation that stands in the shared inbox of a workspace.
///
/// @param contact whom it is with; empty where a user of the workspace waits in the chat
/// @param user the user of the workspace who waits in the chat; empty where it is a contact
/// @param assignee who looks after it
/// @param unread how many messages came since somebody of the workspace read it
/// @param personWanted whether the assistant, or who it is with, asked for a person
/// @param handedOver whether people answer, and not the assistant, until it is closed
/// @param sender the number that the contact wrote to last
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
        Optional<SenderId> sender,
        Last last,
        long messages,
        List<String> tags,
        Instant createdAt) {

    /// Over what it goes.
    public enum Channel {
        /// With a contact, over the workspace's number.
        WHATSAPP,
        /// With a user of the workspace, whom the assistant handed over.
        CHAT;

        /// As tables and JSON have it.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether somebody still has to do something about it.
    public enum State {
        OPEN,
        CLOSED;

        /// As tables and JSON have it.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> of(String key) {
            return List.of(values()).stream()
                    .filter(state -> state.key().equals(key))
                    .findFirst();
        }
    }

    /// The last thing that was written, as lists show it.
    public record Last(Message.Author author, String text, Instant at) {

        static final int LONGEST = 200;

        public static Last of(Message message) {
            String line = message.text().strip().replaceAll("\\s+", " ");
            String text = line.isEmpty() && message.attachments() > 0 ? "File" : line;
            String cut = text.codePointCount(0, text.length()) <= LONGEST
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
            return new Last(message.author(), cut, message.createdAt());
        }
    }

    /// Who it is with, for people.
    public String name() {
        return contact.map(Contact::name).or(() -> user.map(Message.By::name)).orElse("");
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }
}
