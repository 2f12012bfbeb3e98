package dev.banyan.workspaces.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What goes over a chat socket: JSON objects, told apart by `type`.
///
/// The client says
///
/// - `hello` with `conversation` and `after`: I have this conversation up to this position; give me the rest. The
///   answer is `messages`; where it says `more`, the client says hello again. What the assistant has not answered is
///   answered now.
/// - `message` with `key`, `text`, `conversation` (absent: begins one) and `attachments` (ids of files that were
/// brought
///   and wait; `/api/sub-client/attachments` takes them). The key is the client's own name for the
///   message. It comes back in a `messages` frame when it is stored; until then the client keeps the message, and after
///   a lost connection sends it again with the same key. It is stored once.
/// - `stop` with `conversation`: the answer that is being written ends here; what was said until now is kept.
/// - `retry` with `conversation`: asks once more for what could not be answered.
/// - `ping`, answered with `pong`, to find out whether the server is still there.
///
/// The server says the rest, below. Every socket of a user gets every change of every conversation of that user, in the
/// order of positions; who sees a gap says hello. The server also sends WebSocket pings, and closes a socket that
/// misses two. It closes with 4401 when the session has ended, 4408 when the socket is dead, 4413 when it reads too
/// slowly and too much waits for it (come back and say hello), 4429 when there are too many.
sealed interface ChatFrame {

    /// What a client says; which fields count depends on the type.
    record Said(
            Optional<String> type,
            Optional<String> conversation,
            Optional<Long> after,
            Optional<String> key,
            Optional<String> text,
            Optional<List<String>> attachments) {}

    @JsonProperty
    String type();

    record ConversationView(ConversationId id, String title, long messages, Instant updatedAt, boolean handedOver) {

        static ConversationView of(Conversation conversation) {
            return new ConversationView(
                    conversation.id(),
                    conversation.title(),
                    conversation.messages(),
                    conversation.updatedAt(),
                    conversation.handedOver());
        }
    }

    /// @param key the sender's own name for it; answers have none
    /// @param author who wrote it, where a person of the workspace answers
    /// @param end `stopped` or `failed`; absent where it was said to its end
    @JsonInclude(Include.NON_EMPTY)
    record MessageView(
            long position,
            String role,
            @JsonInclude(Include.ALWAYS) String text,
            Optional<String> key,
            Optional<String> author,
            Optional<String> end,
            List<AttachmentView> attachments,
            Instant at) {

        static MessageView of(Message message, List<Attachment> attachments) {
            return new MessageView(
                    message.position(),
                    message.author().key(),
                    message.text(),
                    message.author() == Message.Author.USER ? message.clientKey() : Optional.empty(),
                    message.by().map(Message.By::name),
                    endOf(message),
                    attachments.stream().map(AttachmentView::of).toList(),
                    message.createdAt());
        }

        static Optional<String> endOf(Message message) {
            return switch (message.end()) {
                case WHOLE -> Optional.empty();
                case STOPPED -> Optional.of("stopped");
                case FAILED -> Optional.of("failed");
            };
        }
    }

    /// @param size in bytes
    /// @param picture whether browsers show it
    record AttachmentView(UUID id, String name, String type, long size, String sizeText, boolean picture) {

        static AttachmentView of(Attachment attachment) {
            return new AttachmentView(
                    attachment.id(),
                    attachment.name(),
                    attachment.type(),
                    attachment.size(),
                    attachment.sizeText(),
                    attachment.isPicture());
        }
    }

    /// @param messages may be none: then the conversation has another title
    /// @param more whether there are messages behind the last of these
    record Messages(ConversationView conversation, List<MessageView> messages, boolean more) implements ChatFrame {

        static Messages of(Conversations.Part part) {
            return of(part.conversation(), part.messages(), part.attachments(), part.more());
        }

        static Messages of(
                Conversation conversation,
                List<Message> messages,
                Map<UUID, List<Attachment>> attachments,
                boolean more) {
            return new Messages(
                    ConversationView.of(conversation),
                    messages.stream()
                            .map(message -> MessageView.of(message, attachments.getOrDefault(message.id(), List.of())))
                            .toList(),
                    more);
        }

        @Override
        public String type() {
            return "messages";
        }
    }

    /// A part of an answer that is being written.
    ///
    /// @param covers the position up to which messages are answered with it; what comes behind waits until it is
    ///     complete
    /// @param whole whether the text is all until now, as at its beginning and for who comes in the middle of it
    record Delta(ConversationId conversation, long covers, boolean whole, String text) implements ChatFrame {

        static Delta of(AnswerWritten written) {
            return new Delta(written.conversation(), written.covers(), written.whole(), written.text());
        }

        @Override
        public String type() {
            return "delta";
        }
    }

    /// The answer that was being written is not kept: somebody else was faster, or it comes with the next hello.
    record Dropped(ConversationId conversation) implements ChatFrame {

        @Override
        public String type() {
            return "dropped";
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
