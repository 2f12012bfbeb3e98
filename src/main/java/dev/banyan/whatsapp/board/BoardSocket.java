package dev.banyan.whatsapp.board;

import dev.banyan.platform.web.socket.SocketFailures;
import dev.banyan.whatsapp.api.PoolSubscribers;
import dev.banyan.whatsapp.api.PoolUpgrade;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;

/// Tells a page of pools that something on it has changed; the page then fetches its content again with the permissions
/// of its user. No data of a sender is sent here. [PoolUpgrade] has checked access.
@WebSocket(path = "/admin/pools/live", endpointId = BoardSocket.ENDPOINT)
public class BoardSocket {

    public static final String ENDPOINT = PoolUpgrade.BOARD_ENDPOINT;

    private final BoardSockets sockets;

    BoardSocket(BoardSockets sockets) {
        this.sockets = sockets;
    }

    @OnOpen
    void open(WebSocketConnection connection) {
        sockets.enter(connection, visit(connection));
    }

    @OnClose
    void close(WebSocketConnection connection) {
        sockets.leave(connection, visit(connection));
    }

    /// Ignores messages of the page.
    @OnTextMessage
    void said(String ignored, WebSocketConnection connection) {
        sockets.refuse(connection);
    }

    @OnPongMessage
    void pong(Buffer ignored, WebSocketConnection connection) {
        sockets.heard(connection, visit(connection));
    }

    @OnError
    void failed(Throwable failure, WebSocketConnection connection) {
        SocketFailures.close(connection, failure);
    }

    private static PoolSubscribers.Visit visit(WebSocketConnection connection) {
        return connection.userData().get(PoolSubscribers.VISIT);
    }
}
