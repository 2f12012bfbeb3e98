package dev.banyan.workspaces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One window of a chat, as far as the server can tell.
final class ChatClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private ChatClient(String shortPath, Map<String, String> headers) {
        var builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        URI address =
                URI.create(TestServer.uri().toString().replaceFirst("^http", "ws") + "/s/" + shortPath + "/chat/ws");
        this.socket = builder.buildAsync(address, new Listener()).join();
    }

    /// As our own page in the browser of this person does.
    static ChatClient of(ChatRooms.Chatter chatter) {
        return new ChatClient(chatter.workspace().shortPath(), headers(chatter));
    }

    static Map<String, String> headers(ChatRooms.Chatter chatter) {
        return Map.of("Cookie", chatter.cookie(), "Origin", TestServer.uri().toString());
    }

    static ChatClient open(String shortPath, Map<String, String> headers) {
        return new ChatClient(shortPath, headers);
    }

    /// @return the status with which the handshake is refused; 101 where it is not
    static int knock(String shortPath, Map<String, String> headers) {
        try (var _ = new ChatClient(shortPath, headers)) {
            return 101;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw failure;
        }
    }

    ChatClient say(String type, Object... fields) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", type);
        for (int i = 0; i < fields.length; i += 2) {
            frame.put(fields[i].toString(), fields[i + 1]);
        }
        return sayRaw(TestClient.JSON.valueToTree(frame).toString());
    }

    ChatClient sayRaw(String text) {
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

    /// The next frame that is no part of an answer in writing.
    JsonNode nextWhole() {
        JsonNode frame = next();
        return frame.path("type").asText().equals("delta") ? nextWhole() : frame;
    }

    /// The next message of the assistant, or of the user.
    JsonNode message(String role) {
        JsonNode frame = nextWhole();
        JsonNode last = frame.path("messages").path(frame.path("messages").size() - 1);
        return last.path("role").asText().equals(role) ? last : message(role);
    }

    /// Says something that is answered at once: what has not come before the answer does not come.
    void assertNothingCame() {
        say("ping");
        JsonNode frame = next();
        if (!frame.path("type").asText().equals("pong")) {
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

    boolean isOpen() {
        return !closed.isDone();
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
