package dev.banyan.workspaces;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import java.util.Map;

/// Watches numbers over `/api/whatsapp/ws`, as the seed's front end does.
public final class NumberClient implements AutoCloseable {

    private static final String PATH = "/api/whatsapp/ws";

    private final SocketClient socket;

    private NumberClient(SocketClient socket) {
        this.socket = socket;
    }

    /// As our own page in a browser with this cookie does.
    public static NumberClient withCookie(String cookie) {
        return withCookie(cookie, "");
    }

    public static NumberClient withCookie(String cookie, String query) {
        return new NumberClient(SocketClient.open(PATH + query, SocketClient.headers(cookie)));
    }

    /// @return the status with which the handshake is refused; 101 where it is not
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

    /// Says something that is answered at once: what has not come before the answer does not come.
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
