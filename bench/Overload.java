import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// More people sign in at once than the server takes. What it cannot do it must refuse in good order: with 429 or 503,
/// and with the time after which to come again.
final class Overload {

    private final LongAdder welcomed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final AtomicLong slowest = new AtomicLong();

    /// Arguments: URL, people at once, seconds, body. Prints how many were welcomed, refused in good order, and
    /// anything else, and the longest wait for an answer in milliseconds.
    public static void main(String... args) {
        URI url = URI.create(args[0]);
        byte[] request = ("POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + args[3].length() + "\r\n\r\n"
                        + args[3])
                .getBytes(StandardCharsets.UTF_8);
        var overload = new Overload();
        long end = System.nanoTime() + Integer.parseInt(args[2]) * 1_000_000_000L;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                threads.submit(() -> overload.repeat(request, url.getPort(), end));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d %d %d %d%n",
                overload.welcomed.sum(),
                overload.refused.sum(),
                overload.wrong.sum(),
                overload.slowest.get() / 1_000_000);
    }

    private void repeat(byte[] request, int port, long end) {
        while (System.nanoTime() < end) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(30_000);
                var in = new BufferedInputStream(socket.getInputStream());
                boolean open = true;
                while (open && System.nanoTime() < end) {
                    long begin = System.nanoTime();
                    socket.getOutputStream().write(request);
                    open = answered(in);
                    slowest.accumulateAndGet(System.nanoTime() - begin, Math::max);
                }
            } catch (IOException _) {
                wrong.increment();
            }
        }
    }

    private boolean answered(InputStream in) throws IOException {
        String status = line(in);
        long length = 0;
        boolean comeAgain = false;
        boolean open = true;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).strip());
            }
            comeAgain |= lower.startsWith("retry-after:");
            open &= !lower.startsWith("connection: close");
        }
        in.skipNBytes(length);
        if (status.startsWith("HTTP/1.1 200")) {
            welcomed.increment();
        } else if (comeAgain && (status.startsWith("HTTP/1.1 503") || status.startsWith("HTTP/1.1 429"))) {
            refused.increment();
            pause();
        } else {
            wrong.increment();
        }
        return open;
    }

    /// A person whom the server sends away does not come again in the same millisecond.
    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
