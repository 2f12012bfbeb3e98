import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// A small wrk: every connection sends a request, reads the answer, sends the next. Prints what wrk would print.
final class LoadGenerator {

    private final List<byte[]> requests;
    private final int port;
    private final AtomicInteger asked = new AtomicInteger();
    private final LongAdder good = new LongAdder();
    private final LongAdder wrong = new LongAdder();

    private LoadGenerator(List<byte[]> requests, int port) {
        this.requests = requests;
        this.port = port;
    }

    /// Arguments: URL, connections, seconds, body (empty for GET), then headers. Where the body is `@` and the name of a
    /// file, its lines are the paths to ask for: in random order, or with 0 seconds each of them once.
    public static void main(String... args) throws InterruptedException, IOException {
        URI url = URI.create(args[0]);
        var requests = new ArrayList<byte[]>();
        if (args[3].startsWith("@")) {
            List<String> paths = Files.readAllLines(Path.of(args[3].substring(1)));
            args[3] = "";
            paths.forEach(path -> requests.add(request(url, path, args)));
        } else {
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            requests.add(request(url, url.getRawPath() + query, args));
        }
        new LoadGenerator(requests, url.getPort()).run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }

    private static byte[] request(URI url, String path, String... args) {
        String body = args[3];
        var text = new StringBuilder(body.isEmpty() ? "GET " : "POST ")
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getAuthority())
                .append("\r\n");
        for (int i = 4; i < args.length; i++) {
            text.append(args[i]).append("\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }

    private void run(int connections, int seconds) {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                threads.submit(() -> repeat(seconds == 0 ? this::nextOnce : () -> anyUntil(end)));
            }
        }
        double took = (System.nanoTime() - begin) / 1e9;
        System.out.printf(Locale.ROOT, "Requests/sec: %.2f%n", good.sum() / took);
        if (wrong.sum() > 0) {
            System.out.println("Non-2xx or 3xx responses: " + wrong.sum());
        }
    }

    private Optional<byte[]> nextOnce() {
        int next = asked.getAndIncrement();
        return next < requests.size() ? Optional.of(requests.get(next)) : Optional.empty();
    }

    private Optional<byte[]> anyUntil(long end) {
        return System.nanoTime() < end
                ? Optional.of(requests.get(ThreadLocalRandom.current().nextInt(requests.size())))
                : Optional.empty();
    }

    /// @param next empty when it is enough
    private void repeat(Supplier<Optional<byte[]>> next) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            var in = new BufferedInputStream(socket.getInputStream(), 65_536);
            for (var request = next.get(); request.isPresent(); request = next.get()) {
                socket.getOutputStream().write(request.get());
                if (isGood(in)) {
                    good.increment();
                } else {
                    wrong.increment();
                }
            }
        } catch (IOException _) {
            wrong.increment();
        }
    }

    /// Reads one answer, which says its length or comes in chunks.
    static boolean isGood(InputStream in) throws IOException {
        String status = line(in);
        long length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(header.substring(15).strip());
            }
            chunked |= header.equalsIgnoreCase("transfer-encoding: chunked");
        }
        in.skipNBytes(length);
        for (long chunk = chunked ? chunk(in) : 0; chunk > 0; chunk = chunk(in)) {
            in.skipNBytes(chunk + 2);
        }
        if (chunked) {
            line(in);
        }
        return status.startsWith("HTTP/1.1 2") || status.startsWith("HTTP/1.1 3");
    }

    private static long chunk(InputStream in) throws IOException {
        return Long.parseLong(line(in), 16);
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
