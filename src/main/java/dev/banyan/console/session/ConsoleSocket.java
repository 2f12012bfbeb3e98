package dev.banyan.console.session;

import module java.base;
import dev.banyan.console.Frame;
import dev.banyan.platform.web.socket.SocketFailures;
import dev.banyan.platform.web.socket.SocketGuards;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;

/// The server's end of the console's connection. [ConsoleGuard] has checked access.
@WebSocket(
        path = "/api/console",
        endpointId = ConsoleGuard.ENDPOINT,
        // Pieces of a file must arrive in order; nothing here waits for a command.
        inboundProcessingMode = InboundProcessingMode.SERIAL)
public class ConsoleSocket {

    private static final TypedKey<ConsoleSession> SESSION = new TypedKey<>("console");
    private static final CloseReason NO_FRAME = new CloseReason(1003, "Not a frame of the console");

    private final Commands commands;

    ConsoleSocket(Commands commands) {
        this.commands = commands;
    }

    /// A terminal has connected.
    @OnOpen
    @RunOnVirtualThread
    public void opened(WebSocketConnection connection) {
        connection.userData().put(SESSION, new ConsoleSession(commands, frame -> send(connection, frame)));
    }

    private static void send(WebSocketConnection connection, Frame frame) {
        try {
            connection.sendTextAndAwait(frame.json());
        } catch (RuntimeException failure) {
            // A terminal may disconnect at any time; its command still runs to the end.
            if (connection.isOpen()) {
                throw failure;
            }
        }
    }

    /// A terminal sent a frame.
    @OnTextMessage
    @RunOnVirtualThread
    public void received(String text, WebSocketConnection connection) {
        try {
            receive(text, connection);
        } finally {
            SocketGuards.handled(connection);
        }
    }

    private static void receive(String text, WebSocketConnection connection) {
        Optional<Frame> frame = Frame.parse(text);
        boolean understood = frame.isPresent()
                && session(connection)
                        .map(session -> session.receive(frame.get()))
                        .orElse(false);
        if (!understood) {
            connection.closeAndAwait(NO_FRAME);
        }
    }

    /// A terminal disconnected, cleanly or not.
    @OnClose
    @RunOnVirtualThread
    public void closed(WebSocketConnection connection) {
        session(connection).ifPresent(ConsoleSession::cancel);
    }

    /// A terminal's connection failed or violated the WebSocket protocol.
    @OnError
    public void failed(Throwable failure, WebSocketConnection connection) {
        SocketFailures.close(connection, failure);
    }

    private static Optional<ConsoleSession> session(WebSocketConnection connection) {
        return Optional.ofNullable(connection.userData().get(SESSION));
    }
}
