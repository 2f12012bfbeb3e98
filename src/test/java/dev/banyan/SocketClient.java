package dev.banyan;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;

/// A WebSocket to the shared test server or another one, with time-outs when it waits for messages.
public final class SocketClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private SocketClient(URI server, String path, Map<String, String> headers) {
        var builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        URI address = URI.create(server.toString().replaceFirst("^http", "ws") + path);
        this.socket = builder.buildAsync(address, new Listener()).join();
    }

    public static SocketClient open(String path, Map<String, String> headers) {
        return open(TestServer.uri(), path, headers);
    }

    public static SocketClient open(URI server, String path, Map<String, String> headers) {
        return new SocketClient(server, path, headers);
    }

    /// Returns the headers that our own page sends with this cookie.
    public static Map<String, String> headers(String cookie) {
        return Map.of("Cookie", cookie, "Origin", TestServer.uri().toString());
    }

    /// @return the status with which the handshake is refused; 101 if it is accepted
    public static int knock(String path, Map<String, String> headers) {
        try (var _ = new SocketClient(TestServer.uri(), path, headers)) {
            return 101;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw failure;
        }
    }

    public void say(String text) {
        socket.sendText(text, true).join();
    }

    /// Returns the next message of the server.
    public String next() {
        try {
            String text = told.poll(Eventually.SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("The server says nothing");
            }
            return text;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted");
        }
    }

    public boolean wasTold() {
        return !told.isEmpty();
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    public int closeCode() {
        try {
            return closed.get(Eventually.SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException failure) {
            throw new AssertionError("The server does not close", failure);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                told.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.completeExceptionally(failure);
        }
    }
}
