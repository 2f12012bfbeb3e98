package dev.banyan.platform.web.socket;

import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import org.jboss.logging.Logger;

/// What becomes of a socket on which something failed: it is closed, with a word about why, unless it is gone already.
/// What the other side did is no error of ours, and nobody fills our log by doing it over and over.
public final class SocketFailures {

    private static final CloseReason BROKEN = new CloseReason(1002, "Not as WebSockets speak");
    private static final CloseReason TOO_LARGE = new CloseReason(1009, "Too large");
    private static final Logger LOG = Logger.getLogger(SocketFailures.class);

    private SocketFailures() {}

    public static void close(WebSocketConnection connection, Throwable failure) {
        if (failure instanceof IOException || failure instanceof HttpClosedException) {
            LOG.debugf("A socket was lost: %s", failure.getMessage()); // somebody closed the lid of a laptop
            return;
        }
        OpenSocket.of(connection).close(reason(failure));
    }

    private static CloseReason reason(Throwable failure) {
        boolean tooLarge = failure instanceof TooLongFrameException
                || String.valueOf(failure.getMessage()).contains("max message size"); // as Vert.x says it
        if (tooLarge || failure instanceof CorruptedFrameException) {
            LOG.debugf("A socket was closed: %s", failure.getMessage());
            return tooLarge ? TOO_LARGE : BROKEN;
        }
        LOG.error("A socket failed", failure);
        return CloseReason.INTERNAL_SERVER_ERROR;
    }
}
