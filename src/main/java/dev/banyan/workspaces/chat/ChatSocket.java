package dev.banyan.workspaces.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.socket.SocketFailures;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.MemberUpgrade;
import dev.banyan.workspaces.chat.ChatFrame.Said;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The chat of a workspace user with the assistant; [ChatFrame] describes the protocol. [ChatUpgrade] has checked
/// access.
@WebSocket(path = "/s/{shortPath}/chat/ws", endpointId = ChatSocket.ENDPOINT)
class ChatSocket {

    static final String ENDPOINT = "workspace-chat";

    private static final CloseReason FLOODING = new CloseReason(1008, "Too many requests");

    private final Conversations conversations;
    private final ChatSockets sockets;
    private final RateLimits limits;
    private final ObjectMapper json;
    private final ChatAnswers answers;

    ChatSocket(
            Conversations conversations,
            ChatSockets sockets,
            RateLimits limits,
            ObjectMapper json,
            ChatAnswers answers) {
        this.conversations = conversations;
        this.sockets = sockets;
        this.limits = limits;
        this.json = json;
        this.answers = answers;
    }

    @OnOpen
    @RunOnVirtualThread
    void open(WebSocketConnection connection) {
        sockets.enter(connection, member(connection));
    }

    @OnClose
    void close(WebSocketConnection connection) {
        sockets.leave(connection, member(connection));
    }

    @OnPongMessage
    void pong(Buffer ignored, WebSocketConnection connection) {
        sockets.heard(connection, member(connection));
    }

    @OnError
    void failed(Throwable failure, WebSocketConnection connection) {
        SocketFailures.close(connection, failure);
    }

    @OnTextMessage
    @RunOnVirtualThread
    void said(String text, WebSocketConnection connection) {
        Member member = member(connection);
        sockets.heard(connection, member);
        Participant whose = Participant.of(member);
        if (limits.take(RateLimit.CHAT_FRAMES_BY_USER, whose.name()).isPresent()) {
            connection.closeAndAwait(FLOODING);
            return;
        }
        Optional<Said> read = read(text);
        switch (read.flatMap(Said::type).orElse("")) {
            case "hello" -> hello(connection, whose, read.orElseThrow());
            case "message" -> message(connection, whose, read.orElseThrow());
            case "stop" -> about(read.orElseThrow()).ifPresent(id -> answers.stop(whose, id));
            case "retry" -> about(read.orElseThrow()).ifPresent(id -> answers.tryAgain(whose, id));
            case "ping" -> sockets.tell(connection, new ChatFrame.Pong());
            default ->
                sockets.tell(connection, new ChatFrame.Problem("Say hello, message, stop, retry or ping, as JSON"));
        }
    }

    private static Optional<ConversationId> about(Said said) {
        return said.conversation().flatMap(ConversationId::parse);
    }

    private void hello(WebSocketConnection connection, Participant whose, Said said) {
        String name = said.conversation().orElse("");
        Optional<ConversationId> id = ConversationId.parse(name);
        id.flatMap(known -> conversations.read(whose, known, said.after().orElse(0L)))
                .ifPresentOrElse(
                        part -> {
                            ConversationId about = part.conversation().id();
                            sockets.tell(connection, ChatFrame.Messages.of(part));
                            answers.tell(
                                    whose, about, written -> sockets.tell(connection, ChatFrame.Delta.of(written)));
                            answers.begin(whose, about);
                        },
                        () -> sockets.tell(connection, new ChatFrame.Gone(name)));
    }

    private void message(WebSocketConnection connection, Participant whose, Said said) {
        String key = said.key().orElse("");
        Optional<ConversationId> conversation = said.conversation().flatMap(ConversationId::parse);
        if (said.conversation().isPresent() && conversation.isEmpty()) {
            sockets.tell(connection, new ChatFrame.Gone(said.conversation().get()));
            return;
        }
        Optional<Duration> wait = limits.take(RateLimit.CHAT_MESSAGES_BY_USER, whose.name());
        if (wait.isPresent()) {
            refuse(
                    connection,
                    key,
                    "Too many messages",
                    Optional.of(Math.max(1, wait.get().toSeconds())));
            return;
        }
        Optional<List<UUID>> files = ids(said.attachments().orElse(List.of()));
        if (files.isEmpty()) {
            refuse(connection, key, "A file is not there any more. Attach it again", Optional.empty());
            return;
        }
        switch (conversations.post(whose, conversation, key, said.text().orElse(""), files.get())) {
            case Conversations.Posted.Done done -> {
                if (done.again()) { // otherwise every socket of the user is notified
                    conversations
                            .read(
                                    whose,
                                    done.conversation().id(),
                                    done.message().position() - 1,
                                    1)
                            .ifPresent(part -> sockets.tell(connection, ChatFrame.Messages.of(part)));
                }
                answers.begin(whose, done.conversation().id());
            }
            case Conversations.Posted.NotFound _ ->
                sockets.tell(connection, new ChatFrame.Gone(said.conversation().orElse("")));
            case Conversations.Posted.Rejected rejected ->
                refuse(connection, key, rejected.invalid().apiMessage(), Optional.empty());
            case Conversations.Posted.Full _ ->
                refuse(connection, key, "This conversation is full. Begin a new one.", Optional.empty());
        }
    }

    private void refuse(WebSocketConnection connection, String key, String error, Optional<Long> retryAfter) {
        sockets.tell(connection, new ChatFrame.Refused(key, error, retryAfter));
    }

    /// @return empty if one of them isn't a valid id
    private static Optional<List<UUID>> ids(List<String> names) {
        List<UUID> ids =
                names.stream().map(Uuids::parse).flatMap(Optional::stream).toList();
        return ids.size() == names.size() ? Optional.of(ids) : Optional.empty();
    }

    private Optional<Said> read(String text) {
        try {
            return Optional.ofNullable(json.readValue(text, Said.class));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private static Member member(WebSocketConnection connection) {
        return connection.userData().get(MemberUpgrade.MEMBER);
    }
}
