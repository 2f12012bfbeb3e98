package dev.banyan.workspaces.number;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.socket.SocketFailures;
import dev.banyan.workspaces.number.NumberFrame.Said;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/// Notifies clients of changes to workspaces' numbers; [NumberFrame] describes the protocol. [NumberUpgrade] has
/// checked access.
@WebSocket(path = "/api/whatsapp/ws", endpointId = NumberSocket.ENDPOINT)
class NumberSocket {

    static final String ENDPOINT = "workspace-number";
    /// The handshake, stored by [NumberUpgrade]: its cookies identify the caller while their sessions are valid.
    static final TypedKey<HttpServerRequest> REQUEST = new TypedKey<>("banyan.handshake");

    private static final CloseReason FLOODING = new CloseReason(1008, "Too many requests");

    private final NumberSockets sockets;
    private final RateLimits limits;
    private final ObjectMapper json;

    NumberSocket(NumberSockets sockets, RateLimits limits, ObjectMapper json) {
        this.sockets = sockets;
        this.limits = limits;
        this.json = json;
    }

    @OnOpen
    @RunOnVirtualThread
    void open(WebSocketConnection connection) {
        sockets.enter(connection, connection.userData().get(REQUEST));
    }

    @OnClose
    @RunOnVirtualThread
    void close(WebSocketConnection connection) {
        sockets.leave(connection);
    }

    @OnPongMessage
    void pong(Buffer ignored, WebSocketConnection connection) {
        sockets.heard(connection);
    }

    @OnError
    void failed(Throwable failure, WebSocketConnection connection) {
        SocketFailures.close(connection, failure);
    }

    @OnTextMessage
    @RunOnVirtualThread
    void said(String text, WebSocketConnection connection) {
        sockets.heard(connection);
        if (limits.take(RateLimit.NUMBER_FRAMES_BY_SOCKET, connection.id()).isPresent()) {
            connection.closeAndAwait(FLOODING);
            return;
        }
        Optional<Said> read = read(text);
        switch (read.flatMap(Said::type).orElse("")) {
            case "subscribe" -> sockets.subscribe(connection, read.flatMap(Said::subClientId));
            case "unsubscribe" -> sockets.unsubscribe(connection, read.flatMap(Said::subClientId));
            case "ping" -> sockets.tell(connection, NumberFrame.PONG);
            default -> sockets.tell(connection, NumberFrame.error("Say subscribe, unsubscribe or ping, as JSON"));
        }
    }

    private Optional<Said> read(String text) {
        try {
            return Optional.ofNullable(json.readValue(text, Said.class));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
