package dev.banyan.whatsapp.api;

import dev.banyan.platform.web.socket.SocketFailures;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;

/// Sends the events of an account's pools to programs as JSON; [PoolUpgrade] has checked access. A frame names the
/// thing that changed but not its content: clients fetch that through the API with their own permissions.
///
/// The server says `{"type":"hello"}` when it starts listening; earlier changes are in the lists. Then
/// - `{"type":"sender","sender":"…"}`: a sender was added, moved, changed or removed, or its state changed;
/// - `{"type":"message","id":"…","master":"…","sender":"…","state":"sent","at":"…"}`: the state of an outgoing message
///   changed; without `sender` while no number is chosen;
/// - `{"type":"inbound","id":"…","master":"…","sender":"…","at":"…"}`: a contact has written to one of the numbers.
///
/// Clients send nothing. A client that reads too slowly is closed with 4413, one whose session ends with 4401; both
/// should read the lists again after reconnecting.
@WebSocket(path = "/api/whatsapp/events", endpointId = PoolEventSocket.ENDPOINT)
class PoolEventSocket {

    static final String ENDPOINT = "pools-events";

    private final PoolEventSockets sockets;

    PoolEventSocket(PoolEventSockets sockets) {
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
