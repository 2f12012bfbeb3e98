package dev.banyan.workspaces;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;

/// Watches numbers over `/api/whatsapp/ws`, like the seed's front end.
public final class NumberClient implements AutoCloseable {

    private static final String PATH = "/api/whatsapp/ws";

    private final SocketClient socket;

    private NumberClient(SocketClient socket) {
        this.socket = socket;
    }

    /// Connects like our own page in a browser with this cookie.
    public static NumberClient withCookie(String cookie) {
        return withCookie(cookie, "");
    }

    public static NumberClient withCookie(String cookie, String query) {
        return new NumberClient(SocketClient.open(PATH + query, SocketClient.headers(cookie)));
    }

    /// @return the status with which the handshake is refused; 101 if it is accepted
    public static int knock(Map<String, String> headers) {
        return SocketClient.knock(PATH, headers);
    }

    public NumberClient subscribe(WorkspaceId workspace) {
        return say("{\"type\":\"subscribe\",\"subClientId\":\"" + workspace + "\"}");
    }

    public NumberClient say(String text) {
        socket.say(text);
        return this;
    }

    public JsonNode next() {
        return TestClient.parse(socket.next());
    }

    /// Sends a request that is answered at once: whatever has not arrived before the answer was not sent.
    public void assertNothingCame() {
        say("{\"type\":\"ping\"}");
        JsonNode frame = next();
        if (!frame.toString().equals("{\"type\":\"pong\"}")) {
            throw new AssertionError("The server said " + frame);
        }
    }

    public int closeCode() {
        return socket.closeCode();
    }

    @Override
    public void close() {
        socket.close();
    }
}
