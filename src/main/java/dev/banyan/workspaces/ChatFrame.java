package dev.banyan.workspaces;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What goes over a chat socket: JSON objects, told apart by `type`.
///
/// The client says
///
/// - `hello` with `conversation` and `after`: I have this conversation up to this position; give me the rest. The
///   answer is `messages`; where it says `more`, the client says hello again. What the assistant has not answered is
///   answered now.
/// - `message` with `key`, `text` and `conversation` (absent: begins one). The key is the client's own name for the
///   message. It comes back in a `messages` frame when it is stored; until then the client keeps the message, and after
///   a lost connection sends it again with the same key. It is stored once.
/// - `ping`, answered with `pong`, to find out whether the server is still there.
///
/// The server says the rest, below. Every socket of a user gets every change of every conversation of that user, in the
/// order of positions; who sees a gap says hello. The server also sends WebSocket pings, and closes a socket that
/// misses
/// two. It closes with 4401 when the session has ended, 4408 when the socket is dead, 4429 when there are too many.
sealed interface ChatFrame {

    /// What a client says; which fields count depends on the type.
    record Said(
            Optional<String> type,
            Optional<String> conversation,
            Optional<Long> after,
            Optional<String> key,
            Optional<String> text) {}

    @JsonProperty
    String type();

    record ConversationView(ConversationId id, String title, long messages, Instant updatedAt) {

        static ConversationView of(Conversation conversation) {
            return new ConversationView(
                    conversation.id(), conversation.title(), conversation.messages(), conversation.updatedAt());
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    record MessageView(long position, String role, String text, Optional<String> key, Instant at) {

        static MessageView of(Message message) {
            return new MessageView(
                    message.position(),
                    message.author().key(),
                    message.text(),
                    message.clientKey(),
                    message.createdAt());
        }
    }

    /// @param more whether there are messages behind the last of these
    record Messages(ConversationView conversation, List<MessageView> messages, boolean more) implements ChatFrame {

        static Messages of(Conversation conversation, List<Message> messages, boolean more) {
            return new Messages(
                    ConversationView.of(conversation),
                    messages.stream().map(MessageView::of).toList(),
                    more);
        }

        @Override
        public String type() {
            return "messages";
        }
    }

    /// A part of an answer that is being written.
    record Delta(ConversationId conversation, String text) implements ChatFrame {

        @Override
        public String type() {
            return "delta";
        }
    }

    /// The conversation is gone, or never was this user's.
    record Gone(String conversation) implements ChatFrame {

        @Override
        public String type() {
            return "gone";
        }
    }

    /// A message was not stored.
    ///
    /// @param retryAfter seconds after which the same message may be sent again; absent: never
    @JsonInclude(Include.NON_ABSENT)
    record Refused(String key, String error, Optional<Long> retryAfter) implements ChatFrame {

        @Override
        public String type() {
            return "refused";
        }
    }

    /// The server did not understand.
    record Problem(String error) implements ChatFrame {

        @Override
        public String type() {
            return "error";
        }
    }

    record Pong() implements ChatFrame {

        @Override
        public String type() {
            return "pong";
        }
    }
}
