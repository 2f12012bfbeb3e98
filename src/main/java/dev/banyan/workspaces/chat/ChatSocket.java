package dev.banyan.workspaces.chat;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.MemberChannel;
import dev.banyan.workspaces.access.Members;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.access.WorkspaceVisits;
import dev.banyan.workspaces.chat.ChatFrame.Said;
import io.quarkus.websockets.next.WebSocket;
import jakarta.enterprise.event.Observes;

/// The chat of a workspace user with the assistant; [ChatFrame] describes the protocol.
@WebSocket(path = "/s/{shortPath}/chat/ws", endpointId = ChatSocket.ENDPOINT)
public final class ChatSocket extends MemberChannel<Participant> {

    static final String ENDPOINT = "workspace-chat";

    private final Conversations conversations;
    private final RateLimits limits;
    private final ChatAnswers answers;

    ChatSocket(
            Handshakes handshakes,
            ObjectMapper json,
            Members members,
            WorkspaceVisits visits,
            WorkspaceSessions sessions,
            Conversations conversations,
            RateLimits limits,
            ChatAnswers answers) {
        super(handshakes, json, members, visits, sessions, ENDPOINT, Right.SEE_WORKSPACE);
        this.conversations = conversations;
        this.limits = limits;
        this.answers = answers;
    }

    @Override
    public Job job() {
        return beat("beat-chat-sockets", "Closes chats that are no longer open.");
    }

    @Override
    protected Participant key(Member member) {
        return Participant.of(member);
    }

    void conversationGrew(@Observes ConversationGrew grown) {
        tell(grown.whose(), ChatFrame.Messages.of(grown.conversation(), grown.added(), grown.attachments(), false));
    }

    void answerWritten(@Observes AnswerWritten written) {
        tell(written.whose(), ChatFrame.Delta.of(written));
    }

    void answerDropped(@Observes AnswerDropped dropped) {
        tell(dropped.whose(), new ChatFrame.Dropped(dropped.conversation()));
    }

    void conversationDeleted(@Observes ConversationDeleted deleted) {
        tell(deleted.whose(), new ChatFrame.Gone(deleted.conversation().toString()));
    }

    @Override
    protected void said(Open<Member> from, String text) {
        Participant whose = Participant.of(from.visitor());
        if (floods(from, RateLimit.CHAT_FRAMES_BY_USER, whose.name())) {
            return;
        }
        Optional<Said> read = read(text, Said.class);
        switch (read.flatMap(Said::type).orElse("")) {
            case "hello" -> hello(from, whose, read.orElseThrow());
            case "message" -> message(from, whose, read.orElseThrow());
            case "stop" -> about(read.orElseThrow()).ifPresent(id -> answers.stop(whose, id));
            case "retry" -> about(read.orElseThrow()).ifPresent(id -> answers.tryAgain(whose, id));
            case "ping" -> tell(from, new ChatFrame.Pong());
            default -> tell(from, new ChatFrame.Problem("Send hello, message, stop, retry or ping, as JSON"));
        }
    }

    private static Optional<ConversationId> about(Said said) {
        return said.conversation().flatMap(ConversationId::parse);
    }

    private void hello(Open<Member> from, Participant whose, Said said) {
        String name = said.conversation().orElse("");
        Optional<ConversationId> id = ConversationId.parse(name);
        id.flatMap(known -> conversations.read(whose, known, said.after().orElse(0L)))
                .ifPresentOrElse(
                        part -> {
                            ConversationId about = part.conversation().id();
                            tell(from, ChatFrame.Messages.of(part));
                            answers.tell(whose, about, written -> tell(from, ChatFrame.Delta.of(written)));
                            answers.begin(whose, about);
                        },
                        () -> tell(from, new ChatFrame.Gone(name)));
    }

    private void message(Open<Member> from, Participant whose, Said said) {
        String key = said.key().orElse("");
        Optional<ConversationId> conversation = said.conversation().flatMap(ConversationId::parse);
        if (said.conversation().isPresent() && conversation.isEmpty()) {
            tell(from, new ChatFrame.Gone(said.conversation().get()));
            return;
        }
        Optional<Duration> wait = limits.take(RateLimit.CHAT_MESSAGES_BY_USER, whose.name());
        if (wait.isPresent()) {
            refuse(
                    from,
                    key,
                    "Too many messages",
                    Optional.of(Math.max(1, wait.get().toSeconds())));
            return;
        }
        Optional<List<UUID>> files = Attachments.ids(said.attachments().orElse(List.of()));
        if (files.isEmpty()) {
            refuse(from, key, Attachments.GONE.apiMessage(), Optional.empty());
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
                            .ifPresent(part -> tell(from, ChatFrame.Messages.of(part)));
                }
                answers.begin(whose, done.conversation().id());
            }
            case Conversations.Posted.NotFound _ ->
                tell(from, new ChatFrame.Gone(said.conversation().orElse("")));
            case Conversations.Posted.Rejected rejected ->
                refuse(from, key, rejected.invalid().apiMessage(), Optional.empty());
            case Conversations.Posted.Full _ ->
                refuse(from, key, "This conversation is full. Start a new conversation.", Optional.empty());
        }
    }

    private void refuse(Open<Member> from, String key, String error, Optional<Long> retryAfter) {
        tell(from, new ChatFrame.Refused(key, error, retryAfter));
    }
}
