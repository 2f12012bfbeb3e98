package dev.banyan.workspaces.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.web.socket.OpenSocket;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.access.MemberSockets;
import dev.banyan.workspaces.access.WorkspaceSessions;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The chat sockets on this node: sends them what is new.
@Singleton
public final class ChatSockets implements Recurring {

    private final MemberSockets<Participant> sockets;
    private final ObjectMapper json;

    ChatSockets(WorkspaceSessions sessions, ObjectMapper json) {
        this.sockets = new MemberSockets<>(sessions, Right.SEE_WORKSPACE, Participant::of);
        this.json = json;
    }

    /// @return whether it is open; if not, it is closed
    boolean enter(WebSocketConnection connection, Member member) {
        return sockets.enter(connection, member);
    }

    void leave(WebSocketConnection connection, Member member) {
        sockets.leave(connection, member);
    }

    /// Records a sign of life.
    void heard(WebSocketConnection connection, Member member) {
        sockets.heard(connection, member);
    }

    /// Detects dead sockets. Called by a job twice a minute.
    public void heartbeat() {
        sockets.heartbeat();
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "30s", "30s", "beat-chat-sockets", "Closes chats that nobody reads any more.", this::heartbeat);
    }

    /// Whether a ping to a user is unanswered.
    boolean awaitsSignOfLife(Participant whose) {
        return sockets.awaitsSignOfLife(whose);
    }

    boolean isListed(Participant whose) {
        return sockets.isListed(whose);
    }

    /// The number of open sockets.
    public int size() {
        return sockets.size();
    }

    void tell(WebSocketConnection connection, ChatFrame frame) {
        OpenSocket.of(connection).send(write(frame));
    }

    /// Sends a frame to all sockets of a user.
    void tell(Participant whose, ChatFrame frame) {
        if (sockets.isListed(whose)) {
            sockets.tell(whose, write(frame));
        }
    }

    private String write(ChatFrame frame) {
        try {
            return json.writeValueAsString(frame);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A frame cannot be written as JSON", failure);
        }
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

    void sessionsEnded(@Observes WorkspaceSessionsEnded ended) {
        sockets.sessionsEnded(ended);
    }
}
