package dev.banyan;

import module java.base;
import org.junit.jupiter.api.condition.OS;

/// Ports for servers that tests start. A port that is only looked up may be another program's by the time the server
/// listens, which takes long on a busy machine: any client may get it. So it stays bound until this JVM ends, without
/// listening, next to which Linux lets a server listen.
public final class FreePort {

    private static final Queue<Socket> HELD = new ConcurrentLinkedQueue<>();

    private FreePort() {}

    /// Returns a port of 127.0.0.1 on which nothing listens until a test does.
    public static int next() {
        try {
            var socket = new Socket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = socket.getLocalPort();
            if (OS.LINUX.isCurrentOs()) {
                HELD.add(socket);
            } else {
                socket.close();
            }
            return port;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
