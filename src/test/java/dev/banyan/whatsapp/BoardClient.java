package dev.banyan.whatsapp;

import dev.banyan.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One open board, as far as the server can tell.
final class BoardClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private BoardClient(String query, Map<String, String> headers) {
        var builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        URI address =
                URI.create(TestServer.uri().toString().replaceFirst("^http", "ws") + "/admin/pools/live?" + query);
        this.socket = builder.buildAsync(address, new Listener()).join();
    }

    /// Returns when the server knows it, and has said so with the first word.
    static BoardClient open(String query, String token) {
        var client = new BoardClient(query, headers(token));
        client.next();
        return client;
    }

    /// As our own page sends them.
    static Map<String, String> headers(String token) {
        return Map.of(
                "Cookie", "banyan_session=" + token, "Origin", TestServer.uri().toString());
    }

    /// @return the status with which the handshake is refused; 101 where it is not
    static int knock(String query, Map<String, String> headers) {
        try (var _ = new BoardClient(query, headers)) {
            return 101;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw failure;
        }
    }

    String next() {
        try {
            String text = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("The server says nothing");
            }
            return text;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted");
        }
    }

    boolean wasTold() {
        return !told.isEmpty();
    }

    void say(String text) {
        socket.sendText(text, true).join();
    }

    int closeCode() {
        try {
            return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException failure) {
            throw new AssertionError("The server does not close", failure);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            told.add(text.toString());
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
