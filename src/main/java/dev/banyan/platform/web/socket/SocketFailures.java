package dev.banyan.platform.web.socket;

import module java.base;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.quarkus.logging.Log;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.http.HttpClosedException;

/// Handles failures on a socket: closes it with a reason, unless it is gone already. Failures of the other side are not
/// errors of ours, so repeating them can't fill our log.
public final class SocketFailures {

    private static final CloseReason BROKEN = new CloseReason(1002, "Protocol error");
    private static final CloseReason TOO_LARGE = new CloseReason(1009, "Too large");

    private SocketFailures() {}

    public static void close(WebSocketConnection connection, Throwable failure) {
        if (failure instanceof IOException || failure instanceof HttpClosedException) {
            Log.debugf("A socket was lost: %s", failure.getMessage()); // such as a closed laptop
            return;
        }
        OpenSocket.of(connection).close(reason(failure));
    }

    private static CloseReason reason(Throwable failure) {
        boolean tooLarge = failure instanceof TooLongFrameException
                || String.valueOf(failure.getMessage()).contains("max message size"); // Vert.x's message
        if (tooLarge || failure instanceof CorruptedFrameException) {
            Log.debugf("A socket was closed: %s", failure.getMessage());
            return tooLarge ? TOO_LARGE : BROKEN;
        }
        Log.error("A socket failed", failure);
        return CloseReason.INTERNAL_SERVER_ERROR;
    }
}
