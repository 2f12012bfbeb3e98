package dev.banyan.workspaces.inbox;

import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.socket.SocketFailures;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.MemberUpgrade;
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

/// Notifies an open inbox of changes. Names only the thread, never its content: the page fetches that with its own
/// permissions. [InboxUpgrade] has checked access.
///
/// The server sends `{"type":"changed","thread":"…","what":"message|thread|delivery"}`. The client sends `ping`, as
/// plain text or as `{"type":"ping"}`, answered with `{"type":"pong"}`.
@WebSocket(path = "/s/{shortPath}/inbox/ws", endpointId = InboxSocket.ENDPOINT)
class InboxSocket {

    static final String ENDPOINT = "workspace-inbox";

    private static final CloseReason FLOODING = new CloseReason(1008, "Too many requests");

    private final InboxSockets sockets;
    private final RateLimits limits;

    InboxSocket(InboxSockets sockets, RateLimits limits) {
        this.sockets = sockets;
        this.limits = limits;
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
        if (limits.take(RateLimit.INBOX_FRAMES_BY_USER, Participant.of(member).name())
                .isPresent()) {
            connection.closeAndAwait(FLOODING);
            return;
        }
        sockets.tell(
                connection,
                text.contains("ping")
                        ? "{\"type\":\"pong\"}"
                        : "{\"type\":\"error\",\"error\":\"Say ping; all else goes over HTTP\"}");
    }

    private static Member member(WebSocketConnection connection) {
        return connection.userData().get(MemberUpgrade.MEMBER);
    }
}
