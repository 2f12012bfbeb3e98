package dev.banyan.workspaces;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;

/// A chat window, as seen by the server.
public final class ChatClient implements AutoCloseable {

    private final SocketClient socket;

    private ChatClient(SocketClient socket) {
        this.socket = socket;
    }

    /// Opens a window like the page in this person's browser. It is registered on the server, because it has received a
    /// response; that is not certain after the handshake alone.
    public static ChatClient of(ChatRooms.Chatter chatter) {
        ChatClient window = knocking(chatter);
        window.assertNothingCame();
        return window;
    }

    /// Opens a window that may still be refused.
    public static ChatClient knocking(ChatRooms.Chatter chatter) {
        return open(chatter.workspace().shortPath(), headers(chatter));
    }

    public static Map<String, String> headers(ChatRooms.Chatter chatter) {
        return SocketClient.headers(chatter.cookie());
    }

    static ChatClient open(String shortPath, Map<String, String> headers) {
        return new ChatClient(SocketClient.open(path(shortPath), headers));
    }

    /// @return the status with which the handshake is refused; 101 if it is accepted
    public static int knock(String shortPath, Map<String, String> headers) {
        return SocketClient.knock(path(shortPath), headers);
    }

    private static String path(String shortPath) {
        return "/s/" + shortPath + "/chat/ws";
    }

    public ChatClient say(String type, Object... fields) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", type);
        for (int i = 0; i < fields.length; i += 2) {
            frame.put(fields[i].toString(), fields[i + 1]);
        }
        return sayRaw(TestClient.JSON.valueToTree(frame).toString());
    }

    public ChatClient sayRaw(String text) {
        socket.say(text);
        return this;
    }

    public JsonNode next() {
        return TestClient.parse(socket.next());
    }

    /// Returns the next frame that is not part of a streamed answer.
    public JsonNode nextWhole() {
        JsonNode frame = next();
        return frame.path("type").asText().equals("delta") ? nextWhole() : frame;
    }

    /// Returns the next message of the assistant, or of the user.
    public JsonNode message(String role) {
        JsonNode frame = nextWhole();
        JsonNode last = frame.path("messages").path(frame.path("messages").size() - 1);
        return last.path("role").asText().equals(role) ? last : message(role);
    }

    /// Sends a request that is answered at once: whatever has not arrived before the answer was not sent.
    public void assertNothingCame() {
        say("ping");
        JsonNode frame = next();
        if (!frame.path("type").asText().equals("pong")) {
            throw new AssertionError("The server said " + frame);
        }
    }

    public int closeCode() {
        return socket.closeCode();
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() {
        socket.close();
    }
}
