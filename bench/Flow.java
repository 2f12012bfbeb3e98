import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Requests of one kind at a fixed rate, on connections that stay open. As in [SteadyLoad], each waits from the moment at
/// which it was due. A wrong answer is counted, a broken connection is opened again: it goes on until it is stopped.
final class Flow {

    private static final int PATIENCE_MILLIS = 30_000;

    private final String name;
    private final int perSecond;
    private final int connections;
    private final int port;
    private final Supplier<Load.Request> requests;
    private final Waits waits = new Waits();
    private final AtomicLong next = new AtomicLong();
    private volatile boolean stopped;

    Flow(String name, int perSecond, int connections, int port, Supplier<Load.Request> requests) {
        this.name = name;
        this.perSecond = perSecond;
        this.connections = connections;
        this.port = port;
        this.requests = requests;
    }

    String name() {
        return name;
    }

    int perSecond() {
        return perSecond;
    }

    /// What it has seen since this was last asked.
    Waits.Seen take() {
        return waits.take();
    }

    void start() {
        long begin = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            Thread.ofVirtual().start(() -> repeat(begin));
        }
    }

    void stop() {
        stopped = true;
    }

    private void repeat(long begin) {
        long due = next(begin);
        while (!stopped) {
            await(due);
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(PATIENCE_MILLIS);
                var in = new BufferedInputStream(socket.getInputStream(), 16_384);
                while (!stopped) {
                    socket.getOutputStream().write(requests.get().bytes());
                    boolean good = LoadGenerator.isGood(in);
                    waits.add(System.nanoTime() - due, good);
                    due = next(begin);
                    await(due);
                }
            } catch (IOException | NumberFormatException _) {
                waits.add(System.nanoTime() - due, false);
                due = next(begin);
            }
        }
    }

    private long next(long begin) {
        return begin + next.getAndIncrement() * 1_000_000_000L / perSecond;
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
