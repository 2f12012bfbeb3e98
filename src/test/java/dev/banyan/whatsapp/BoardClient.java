package dev.banyan.whatsapp;

import dev.banyan.SocketClient;
import java.util.Map;

/// One open board, as far as the server can tell.
final class BoardClient implements AutoCloseable {

    private static final String PATH = "/admin/pools/live?";

    private final SocketClient socket;

    private BoardClient(SocketClient socket) {
        this.socket = socket;
    }

    /// Returns when the server knows it, and has said so with the first word.
    static BoardClient open(String query, String token) {
        var client = new BoardClient(SocketClient.open(PATH + query, headers(token)));
        client.next();
        return client;
    }

    /// As our own page sends them.
    static Map<String, String> headers(String token) {
        return SocketClient.headers("banyan_session=" + token);
    }

    /// @return the status with which the handshake is refused; 101 where it is not
    static int knock(String query, Map<String, String> headers) {
        return SocketClient.knock(PATH + query, headers);
    }

    String next() {
        return socket.next();
    }

    boolean wasTold() {
        return socket.wasTold();
    }

    void say(String text) {
        socket.say(text);
    }

    int closeCode() {
        return socket.closeCode();
    }

    @Override
    public void close() {
        socket.close();
    }
}
