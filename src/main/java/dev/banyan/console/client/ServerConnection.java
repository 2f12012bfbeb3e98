package dev.banyan.console.client;

import module java.base;
import dev.banyan.console.Frame;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import org.jspecify.annotations.Nullable;

/// The terminal's end of the connection. Not thread-safe, except for [#cancel].
final class ServerConnection implements AutoCloseable {

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration COMPLETING = Duration.ofSeconds(2);
    /// Below the limit of 64 KB per frame.
    private static final int PIECE = 32 * 1024;
    private static final int WEB_SOCKET_NORMAL = 1000;

    /// The connection to the server was lost.
    static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private sealed interface Event {
        record Came(Frame frame) implements Event {}

        record Ended() implements Event {}
    }

    private final HttpClient http;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private volatile boolean open = true;

    private ServerConnection(HttpClient http, Target target) {
        this.http = http;
        this.socket = http.newWebSocketBuilder()
                .connectTimeout(CONNECTING)
                .header("Authorization", "Bearer " + target.token())
                .buildAsync(target.socket(), new Listener())
                .join();
    }

    static ServerConnection open(Target target) throws NoServer {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .build();
        try {
            return new ServerConnection(http, target);
        } catch (CompletionException failure) {
            http.shutdownNow();
            throw new NoServer(
                    failure.getCause() instanceof WebSocketHandshakeException refusal
                            ? target.refused(refusal.getResponse().statusCode())
                            : target.unreachable());
        }
    }

    /// Runs a command to its end.
    ///
    /// @param attached a file for it, in Base64; empty for none
    /// @param shown receives each line, QR code or piece of a file as it arrives
    Frame.Done run(Frame.Run command, String attached, Consumer<Frame> shown) throws Lost {
        for (int at = 0; at < attached.length(); at += PIECE) {
            send(new Frame.Attach(attached.substring(at, Math.min(at + PIECE, attached.length()))));
        }
        send(command);
        while (true) {
            switch (next(Optional.empty())) {
                case Frame.Done done -> {
                    return done;
                }
                case Frame.Words _ -> {
                    // A late answer to a completion that is no longer awaited.
                }
                case Frame frame -> shown.accept(frame);
            }
        }
    }

    List<Frame.Word> complete(Frame.Complete wanted) throws Lost {
        send(wanted);
        return next(Optional.of(COMPLETING)) instanceof Frame.Words words ? words.words() : List.of();
    }

    /// Cancels the running command. Thread-safe.
    void cancel() {
        if (open) {
            socket.sendText(new Frame.Cancel().json(), true);
        }
    }

    boolean isOpen() {
        return open;
    }

    private void send(Frame frame) throws Lost {
        try {
            socket.sendText(frame.json(), true).join();
        } catch (CompletionException _) {
            open = false;
            throw new Lost();
        }
    }

    /// @param patience how long to wait; empty waits without limit
    private Frame next(Optional<Duration> patience) throws Lost {
        try {
            Event event = patience.isEmpty()
                    ? events.take()
                    : events.poll(patience.get().toMillis(), TimeUnit.MILLISECONDS);
            return switch (event) {
                case Event.Came(Frame frame) -> frame;
                case Event.Ended _ -> throw new Lost();
                case null -> new Frame.Words(List.of());
            };
        } catch (InterruptedException _) {
            throw new Lost();
        }
    }

    @Override
    public void close() {
        if (open) {
            try {
                socket.sendClose(WEB_SOCKET_NORMAL, "").get(1, TimeUnit.SECONDS);
            } catch (Exception _) {
                // The server is gone, so it needs no goodbye.
            }
        }
        http.shutdownNow();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
            text.append(piece);
            if (last) {
                Frame.parse(text.toString()).ifPresent(frame -> events.add(new Event.Came(frame)));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            end();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            end();
        }

        private void end() {
            open = false;
            events.add(new Event.Ended());
        }
    }
}
