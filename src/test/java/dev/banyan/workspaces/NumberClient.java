package dev.banyan.workspaces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
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

/// Watches numbers over `/api/whatsapp/ws`, as the seed's front end does.
final class NumberClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private NumberClient(String query, Map<String, String> headers) {
        var builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        URI address = URI.create(TestServer.uri().toString().replaceFirst("^http", "ws") + "/api/whatsapp/ws" + query);
        this.socket = builder.buildAsync(address, new Listener()).join();
    }

    /// As our own page in a browser with this cookie does.
    static NumberClient withCookie(String cookie) {
        return withCookie(cookie, "");
    }

    static NumberClient withCookie(String cookie, String query) {
        return new NumberClient(
                query, Map.of("Cookie", cookie, "Origin", TestServer.uri().toString()));
    }

    /// @return the status with which the handshake is refused; 101 where it is not
    static int knock(Map<String, String> headers) {
        try (var _ = new NumberClient("", headers)) {
            return 101;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw failure;
        }
    }

    NumberClient subscribe(WorkspaceId workspace) {
        return say("{\"type\":\"subscribe\",\"subClientId\":\"" + workspace + "\"}");
    }

    NumberClient say(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    JsonNode next() {
        try {
            JsonNode frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("The server says nothing");
            }
            return frame;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted");
        }
    }

    /// Says something that is answered at once: what has not come before the answer does not come.
    void assertNothingCame() {
        say("{\"type\":\"ping\"}");
        JsonNode frame = next();
        if (!frame.toString().equals("{\"type\":\"pong\"}")) {
            throw new AssertionError("The server said " + frame);
        }
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

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    frames.add(TestClient.JSON.readTree(text.toString()));
                } catch (JsonProcessingException failure) {
                    closed.completeExceptionally(failure);
                }
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
