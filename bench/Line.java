import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The line between a server and PostgreSQL, which is all that ties servers together: it can be cut in both directions
/// or in one, be slow, and lead to two addresses of which one is away. A cut line loses nothing: as on a network, what
/// was under way arrives when it is whole again, or its connection is given up.
final class Line implements AutoCloseable {

    private static final int BUFFER = 8_192;

    private enum Way {
        THERE,
        BACK
    }

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Way> cut = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean refuses = new AtomicBoolean();
    private volatile Duration slowness = Duration.ZERO;

    /// @param target the port of PostgreSQL
    Line(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void isCut() {
        cut.addAll(Set.of(Way.THERE, Way.BACK));
    }

    /// What the server says arrives; it hears nothing.
    void isCutBack() {
        cut.add(Way.BACK);
    }

    /// @param each in each direction
    void isSlow(Duration each) {
        slowness = each;
    }

    /// The address is away: connections end, and new ones are refused.
    void refuses() throws IOException {
        refuses.set(true);
        for (Socket socket : open) {
            socket.close();
        }
    }

    void isWhole() {
        slowness = Duration.ZERO;
        refuses.set(false);
        synchronized (cut) {
            cut.clear();
            cut.notifyAll();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                if (refuses.get()) {
                    client.close();
                } else {
                    Thread.ofVirtual().start(() -> serve(client));
                }
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pump(server, client, Way.BACK));
            pump(client, server, Way.THERE);
            back.join();
        } catch (IOException _) {
            // One of the two connections is closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void pump(Socket from, Socket to, Way way) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                Thread.sleep(slowness);
                awaitWhole(way);
                out.write(buffer, 0, count);
            }
        } catch (IOException _) {
            // One of the two connections is closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitWhole(Way way) throws InterruptedException {
        synchronized (cut) {
            while (cut.contains(way)) {
                cut.wait();
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
