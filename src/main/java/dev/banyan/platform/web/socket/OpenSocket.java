package dev.banyan.platform.web.socket;

import module java.base;
import io.netty.channel.Channel;
import io.quarkus.logging.Log;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.ConnectionBase;

/// One open socket: sends, closes, and detects whether the client is still there. It never blocks: a frame that cannot
/// be sent belongs to a socket that is being closed, and its owner learns that from the close. Frames that the client
/// does not read wait in memory, up to a bound: a client that falls further behind is disconnected.
public final class OpenSocket {

    public static final CloseReason SESSION_ENDED = new CloseReason(4401, "The session has ended");
    public static final CloseReason TOO_MANY = new CloseReason(4429, "Too many open windows");
    /// The client may reconnect at once, and then asks for what it missed.
    public static final CloseReason TOO_SLOW = new CloseReason(4413, "Too many unread messages");
    private static final CloseReason DEAD = new CloseReason(4408, "No response to pings");

    private static final int MISSED_AT_MOST = 2;
    static final int FRAMES_AT_MOST = 1_000;
    static final long CHARACTERS_AT_MOST = 1_024 * 1_024;
    /// How long a close may take to be written and answered.
    private static final int SECONDS_TO_CLOSE = 5;
    private static final TypedKey<Runnable> CUT = new TypedKey<>("banyan.cut");
    private static final TypedKey<BooleanSupplier> STANDS = new TypedKey<>("banyan.stands");
    private static final TypedKey<OpenSocket> ITSELF = new TypedKey<>("banyan.open-socket");

    private enum Signal {
        QUIET,
        SENDING,
        SEND_AGAIN
    }

    private final WebSocketConnection connection;
    private final AtomicInteger missed = new AtomicInteger();
    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicLong characters = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicReference<Signal> signal = new AtomicReference<>(Signal.QUIET);
    private final AtomicReference<Runnable> atEnd = new AtomicReference<>(() -> {});

    private OpenSocket(WebSocketConnection connection) {
        this.connection = connection;
    }

    /// Remembers the underlying connection, because a client that does not read does not read the close frame either.
    /// Call it at the handshake.
    static void prepare(HttpUpgradeContext handshake) {
        if (handshake.httpRequest().connection() instanceof ConnectionBase below) {
            Channel channel = below.channelHandlerContext().channel();
            handshake.userData().put(STANDS, channel::isActive);
            handshake.userData().put(CUT, () -> cut(channel));
        }
    }

    /// Bypasses the handlers, which would first wait until everything is written. A server that stops closes it itself.
    private static void cut(Channel channel) {
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
        }
    }

    /// Returns the only instance for this connection, so that its unread frames are counted once.
    public static OpenSocket of(WebSocketConnection connection) {
        synchronized (connection.userData()) {
            OpenSocket known = connection.userData().get(ITSELF);
            if (known != null) {
                return known;
            }
            var fresh = new OpenSocket(connection);
            connection.userData().put(ITSELF, fresh);
            return fresh;
        }
    }

    /// Differs from that of every other socket.
    public String id() {
        return connection.id();
    }

    /// Returns true once the socket is closed, so that lists can drop it. A connection that was lost during its
    /// handshake still becomes a socket, and its end is never reported.
    public boolean isClosed() {
        BooleanSupplier stands = connection.userData().get(STANDS);
        return connection.isClosed() || stands != null && !stands.getAsBoolean();
    }

    /// Releases a socket that [#isClosed], in the underlying layers as well.
    public void bury() {
        close(DEAD);
    }

    public void send(String text) {
        send(text, () -> {});
    }

    /// @param afterwards runs once the frame is sent or has failed
    private void send(String text, Runnable afterwards) {
        if (closing.get()) {
            afterwards.run();
            return;
        }
        // A single frame may have any length; only a backlog is limited.
        boolean piled = frames.getAndIncrement() > 0;
        long waiting = characters.addAndGet(text.length());
        if (piled && (waiting > CHARACTERS_AT_MOST || frames.get() > FRAMES_AT_MOST)) {
            sent(text);
            afterwards.run();
            Log.debugf("A socket reads too slowly: %d characters wait", waiting);
            close(TOO_SLOW);
            return;
        }
        connection
                .sendText(text)
                .subscribe()
                .with(
                        _ -> {
                            sent(text);
                            afterwards.run();
                        },
                        failure -> {
                            Log.debugf("A frame was not sent: %s", failure.getMessage());
                            sent(text);
                            afterwards.run();
                        });
    }

    /// Sends a text that covers all earlier ones: while one is being sent, any number of calls leads to one more.
    ///
    /// @param text always the same for one socket
    public void signal(String text) {
        if (signal.getAndUpdate(now -> now == Signal.QUIET ? Signal.SENDING : Signal.SEND_AGAIN) == Signal.QUIET) {
            sendSignal(text);
        }
    }

    private void sendSignal(String text) {
        send(text, () -> {
            if (signal.getAndUpdate(now -> now == Signal.SEND_AGAIN ? Signal.SENDING : Signal.QUIET)
                    == Signal.SEND_AGAIN) {
                sendSignal(text);
            }
        });
    }

    /// @param action runs once the socket is no longer listed
    public void atEnd(Runnable action) {
        atEnd.set(action);
    }

    void ended() {
        atEnd.getAndSet(() -> {}).run();
    }

    private void sent(String text) {
        frames.decrementAndGet();
        characters.addAndGet(-text.length());
    }

    /// Closes once; later frames are not sent.
    public void close(CloseReason reason) {
        if (closing.getAndSet(true)) {
            return;
        }
        connection
                .close(reason)
                .subscribe()
                .with(_ -> {}, failure -> Log.debugf("A socket was closed already: %s", failure.getMessage()));
        Runnable cut = connection.userData().get(CUT);
        if (cut != null) {
            CompletableFuture.delayedExecutor(SECONDS_TO_CLOSE, TimeUnit.SECONDS)
                    .execute(cut);
        }
    }

    /// Records a sign of life.
    public void heard() {
        missed.set(0);
    }

    /// Returns true while a ping is unanswered.
    public boolean awaitsSignOfLife() {
        return missed.get() > 0;
    }

    /// Pings, or closes a socket that did not answer the last two pings. A job calls this twice a minute.
    public void heartbeat() {
        if (closing.get()) {
            return;
        }
        if (missed.getAndIncrement() >= MISSED_AT_MOST) {
            close(DEAD);
            return;
        }
        connection
                .sendPing(Buffer.buffer())
                .subscribe()
                .with(_ -> {}, failure -> Log.debugf("A ping was not sent: %s", failure.getMessage()));
    }
}
