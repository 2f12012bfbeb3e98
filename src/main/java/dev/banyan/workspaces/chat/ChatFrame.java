package dev.banyan.workspaces.chat;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;

/// The protocol of the chat socket: JSON objects, distinguished by `type`.
///
/// The client sends
///
/// - `hello` with `conversation` and `after`: asks for the messages of a conversation after this position. The answer
///   is `messages`; if it says `more`, the client sends hello again. Also starts the assistant on unanswered messages.
/// - `message` with `key`, `text`, `conversation` (absent: starts one) and `attachments` (ids of uploaded, unsent files
///   from `/api/sub-client/attachments`). The key is the client's own id for the message. It comes back in a
///   `messages` frame once the message is stored; until then the client keeps the message, and sends it again with the
///   same key after a lost connection. It is stored once.
/// - `stop` with `conversation`: stops the answer being written; the text so far is kept.
/// - `retry` with `conversation`: retries answers that failed.
/// - `ping`, answered with `pong`, to check whether the server is still there.
///
/// The server sends the frames below. Every socket of a user gets every change of all of that user's conversations, in
/// the order of positions; a client that finds a gap sends hello. The server also sends WebSocket pings, and closes a
/// socket that misses two. It closes with 4401 when the session has ended, 4408 when the socket is dead, 4413 when the
/// client reads too slowly and too much is queued (reconnect and send hello), 4429 when there are too many sockets.
sealed interface ChatFrame {

    /// A frame from the client; the type determines which fields are used.
    record Said(
            Optional<String> type,
            Optional<String> conversation,
            Optional<Long> after,
            Optional<String> key,
            Optional<String> text,
            Optional<List<String>> attachments) {}

    @JsonProperty
    default String type() {
        return switch (this) {
            case Messages _ -> "messages";
            case Delta _ -> "delta";
            case Dropped _ -> "dropped";
            case Gone _ -> "gone";
            case Refused _ -> "refused";
            case Problem _ -> "error";
            case Pong _ -> "pong";
        };
    }

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

    /// @param key the client's id for it; answers have none
    /// @param author who wrote it, if a person of the workspace answers
    /// @param end `stopped` or `failed`; absent for complete messages
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
    /// @param picture whether browsers can show it
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

    /// @param messages empty if only the title changed
    /// @param more whether there are messages after these
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
    }

    /// A part of an answer that is being written.
    ///
    /// @param covers the position up to which it answers messages; later ones wait until it is complete
    /// @param whole whether the text is everything so far: at the start, and for clients that join in the middle
    record Delta(ConversationId conversation, long covers, boolean whole, String text) implements ChatFrame {

        static Delta of(AnswerWritten written) {
            return new Delta(written.conversation(), written.covers(), written.whole(), written.text());
        }
    }

    /// The answer being written was discarded: another one was faster, or it comes with the next hello.
    record Dropped(ConversationId conversation) implements ChatFrame {}

    /// The conversation was deleted or doesn't belong to this user.
    record Gone(String conversation) implements ChatFrame {}

    /// A message was not stored.
    ///
    /// @param retryAfter seconds after which the same message may be sent again; absent: never
    @JsonInclude(Include.NON_ABSENT)
    record Refused(String key, String error, Optional<Long> retryAfter) implements ChatFrame {}

    /// The server did not understand the client's frame.
    record Problem(String error) implements ChatFrame {}

    record Pong() implements ChatFrame {}
}
