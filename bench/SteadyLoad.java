import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Sends GET requests at a fixed rate, as wrk2 does: each has a time at which it is due, whether the ones before it have
/// been answered or not, and its latency counts from then. A server that stops for a second is seen by all requests of that
/// second; a generator that waits for answers would have sent one (coordinated omission).
final class SteadyLoad {

    /// Seconds before those that count, in which this JVM warms up.
    private static final int BEFORE = 3;

    private SteadyLoad() {}

    /// Arguments: URL, connections, requests per second, seconds, headers. Prints p50, p99, p99.9 and the greatest latency
    /// in milliseconds, then how many answers were not good.
    public static void main(String... args) throws InterruptedException {
        URI url = URI.create(args[0]);
        int rate = Integer.parseInt(args[2]);
        byte[] request = request(url, Arrays.copyOfRange(args, 4, args.length));
        int unmeasured = rate * BEFORE;
        var nanos = new long[rate * Integer.parseInt(args[3])];
        var next = new AtomicInteger();
        var wrong = new AtomicInteger();
        long begin = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                threads.submit(() -> {
                    try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
                        socket.setTcpNoDelay(true);
                        socket.setSoTimeout(30_000);
                        var in = new BufferedInputStream(socket.getInputStream(), 65_536);
                        for (int one = next.getAndIncrement(); one < unmeasured + nanos.length; one = next.getAndIncrement()) {
                            long due = begin + one * 1_000_000_000L / rate;
                            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                                LockSupport.parkNanos(left);
                            }
                            socket.getOutputStream().write(request);
                            wrong.addAndGet(LoadGenerator.isGood(in) ? 0 : 1);
                            if (one >= unmeasured) {
                                nanos[one - unmeasured] = System.nanoTime() - due;
                            }
                        }
                    } catch (IOException _) {
                        wrong.incrementAndGet();
                    }
                });
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%.3f %.3f %.3f %.3f %d%n",
                millis(nanos, 0.5),
                millis(nanos, 0.99),
                millis(nanos, 0.999),
                millis(nanos, 1),
                wrong.get());
    }

    private static byte[] request(URI url, String... headers) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return ("GET " + url.getRawPath() + query + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n"
                        + String.join("", Arrays.stream(headers).map(header -> header + "\r\n").toList()) + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static double millis(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, (long) (sorted.length * share))] / 1e6;
    }
}
