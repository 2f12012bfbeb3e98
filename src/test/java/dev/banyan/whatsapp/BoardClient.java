package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.SocketClient;

/// An open board, as seen by the server.
public final class BoardClient implements AutoCloseable {

    private static final String PATH = "/admin/pools/live?";

    private final SocketClient socket;

    private BoardClient(SocketClient socket) {
        this.socket = socket;
    }

    /// Opens a board. Returns once the server has registered it and sent its first message.
    public static BoardClient open(String query, String token) {
        var client = new BoardClient(SocketClient.open(PATH + query, headers(token)));
        client.next();
        return client;
    }

    /// Returns the headers sent by our own page.
    public static Map<String, String> headers(String token) {
        return SocketClient.headers("banyan_session=" + token);
    }

    /// @return the status with which the handshake is refused; 101 if it is accepted
    public static int knock(String query, Map<String, String> headers) {
        return SocketClient.knock(PATH + query, headers);
    }

    public String next() {
        return socket.next();
    }

    public boolean wasTold() {
        return socket.wasTold();
    }

    public void say(String text) {
        socket.say(text);
    }

    public int closeCode() {
        return socket.closeCode();
    }

    @Override
    public void close() {
        socket.close();
    }
}
