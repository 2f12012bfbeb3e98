package dev.banyan.platform.web;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// One open socket: speaks, closes, and finds out whether anybody is still there. It waits for nothing: a frame that
/// cannot be sent belongs to a socket that is being closed, and whoever held it hears of that by the close.
public final class OpenSocket {

    public static final CloseReason SESSION_ENDED = new CloseReason(4401, "The session has ended");
    public static final CloseReason TOO_MANY = new CloseReason(4429, "Too many open windows");
    private static final CloseReason DEAD = new CloseReason(4408, "No sign of life");

    private static final Logger LOG = Logger.getLogger(OpenSocket.class);
    private static final int MISSED_AT_MOST = 2;

    private final WebSocketConnection connection;
    private final AtomicInteger missed = new AtomicInteger();

    public OpenSocket(WebSocketConnection connection) {
        this.connection = connection;
    }

    /// Whether `other` is what this is about.
    public boolean isOf(WebSocketConnection other) {
        return connection.id().equals(other.id());
    }

    public void send(String text) {
        send(text, () -> {});
    }

    /// @param afterwards runs when the frame is sent, and when it could not be
    public void send(String text, Runnable afterwards) {
        connection.sendText(text).subscribe().with(_ -> afterwards.run(), failure -> {
            LOG.debugf("A frame was not sent: %s", failure.getMessage());
            afterwards.run();
        });
    }

    public void close(CloseReason reason) {
        connection
                .close(reason)
                .subscribe()
                .with(_ -> {}, failure -> LOG.debugf("A socket was closed already: %s", failure.getMessage()));
    }

    /// A sign of life.
    public void heard() {
        missed.set(0);
    }

    /// Whether a ping is still without its answer.
    public boolean awaitsSignOfLife() {
        return missed.get() > 0;
    }

    /// Pings, or closes a socket that did not answer the last two times. A job calls it twice a minute.
    public void beat() {
        if (missed.getAndIncrement() >= MISSED_AT_MOST) {
            close(DEAD);
            return;
        }
        connection
                .sendPing(Buffer.buffer())
                .subscribe()
                .with(_ -> {}, failure -> LOG.debugf("A ping was not sent: %s", failure.getMessage()));
    }
}
