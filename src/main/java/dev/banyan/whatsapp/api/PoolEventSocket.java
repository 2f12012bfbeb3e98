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

/// Tells programs what happens in the pools of an account, as JSON; [PoolUpgrade] has checked who comes in. A frame
/// says
/// which thing is different and never what is written in it: that is fetched, as anybody who may see it.
///
/// The server says `{"type":"hello"}` when it listens: what happened before is in the lists. Then
/// - `{"type":"sender","sender":"…"}`: one was added, moved, changed or removed, or is in another state;
/// - `{"type":"message","id":"…","master":"…","sender":"…","state":"sent","at":"…"}`: a message has come further;
///   without `sender` while no number is chosen;
/// - `{"type":"inbound","id":"…","master":"…","sender":"…","at":"…"}`: a contact has written to one of the numbers.
///
/// Nothing is to be said here. Who reads too slowly is closed with 4413, whose session ends with 4401; both look into
/// the lists when they come back.
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
