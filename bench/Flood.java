import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// Attackers fill the memory and the disk of a server at its default limits, as strangers and with a session, while a
/// visitor from another address opens pages. Then all must answer again. Each attacker has an address of its own on this
/// machine: the limits per address are not what is tried.
final class Flood {

    private static final int GOAL_MILLIS = 200;
    private static final int LOGINS = 900;
    private static final int LOGIN_BYTES = 1_000_000;
    private static final int HOOKS = 125;
    private static final int HOOK_BYTES = 4_190_000;
    private static final int FORMS = 150;
    private static final int FORM_BYTES = 10_000_000;
    private static final int SHORT_FORMS = 300;
    private static final int SHORT_BYTES = 64_000;
    private static final int SOCKETS = 20;
    private static final int VISIT_EVERY_MILLIS = 50;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] ZEROS = zeros();

    private final BanyanServer server;
    private final Path folder;
    private final long end;

    private Flood(BanyanServer server, Path folder, int seconds) {
        this.server = server;
        this.folder = folder;
        this.end = System.nanoTime() + seconds * 1_000_000_000L;
    }

    /// @return whether the visitor noticed nothing, and all answered again
    static boolean run(int seconds, Path jar) throws IOException, InterruptedException {
        BanyanServer server = BanyanServer.startJar("flood", jar);
        String token = server.token();
        Progress.say("Opening pages before the attack");
        report("before", visit(server, System.nanoTime() + 5_000_000_000L));
        var flood = new Flood(server, Bench.WORK.resolve("flood"), seconds);
        Progress.say("Attacking for " + seconds + " seconds");
        return flood.attack(token);
    }

    private boolean attack(String token) throws IOException, InterruptedException {
        attackers(LOGINS, "127.0.0.11", () -> body("/api/login", "application/json", LOGIN_BYTES));
        attackers(HOOKS, "127.0.0.12", () -> body("/hooks/whatsapp/x", "application/json", HOOK_BYTES));
        attackers(SHORT_FORMS, "127.0.0.13", () -> body("/login", "application/x-www-form-urlencoded", SHORT_BYTES));
        attackers(FORMS, "127.0.0.14", () -> body(
                "/api/sub-client/attachments", "multipart/form-data; boundary=edge", FORM_BYTES));
        attackers(SOCKETS, "127.0.0.15", () -> socket(token));
        var worst = new double[2];
        Thread watch = Thread.ofPlatform().daemon().start(() -> sample(worst));
        List<Double> waits = visit(server, end);
        watch.join();
        double p99 = report("attacked", waits);
        System.out.printf(
                Locale.ROOT, "  at most %.0f MiB resident, %.1f MiB of uploads on disk%n", worst[0], worst[1]);
        Thread.sleep(3_000);
        return answersAgain() && p99 < GOAL_MILLIS;
    }

    private void sample(double[] worst) {
        while (System.nanoTime() < end && server.isRunning()) {
            try {
                worst[0] = Math.max(worst[0], server.memory());
                worst[1] = Math.max(worst[1], uploads() / 1e6);
                Thread.sleep(500);
            } catch (IOException | InterruptedException | RuntimeException _) {
                return;
            }
        }
    }

    private long uploads() throws IOException {
        Path uploads = folder.resolve("run/uploads");
        if (!Files.exists(uploads)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> files = Files.list(uploads)) {
            for (Path file : files.toList()) {
                try {
                    bytes += Files.size(file);
                } catch (IOException _) {
                    // removed meanwhile
                }
            }
        }
        return bytes;
    }

    private boolean answersAgain() throws IOException, InterruptedException {
        boolean all = server.isRunning();
        for (String path : List.of("/readyz", "/clientbrand1", "/login", "/healthz")) {
            int status = status(server.port(), path);
            all &= status == 200;
            System.out.println("  afterwards " + path + ": " + status);
        }
        if (all) {
            all = !server.token().isEmpty();
            Children.output(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(server.pid()),
                    "GC.run"));
            Vitals now = Vitals.of(server, folder);
            System.out.printf(
                    Locale.ROOT,
                    "  signed in again; heap %.0f MiB after a collection, %.0f MiB resident, %d bytes of uploads, %.0f files%n",
                    now.heap(), now.resident(), uploads(), now.files());
            for (String metric : List.of("banyan_bodies_bytes", "banyan_uploads_bytes", "banyan_sockets_waiting_bytes")) {
                System.out.printf(Locale.ROOT, "  %s %.0f%n", metric, server.metric(metric));
            }
        }
        return all;
    }

    private interface Attack {
        void on(Socket socket) throws IOException, InterruptedException;
    }

    private interface Attacks {
        Attack next();
    }

    private void attackers(int count, String address, Attacks attacks) {
        for (int i = 0; i < count; i++) {
            Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < end) {
                    try (var socket = new Socket()) {
                        socket.setSoTimeout(PATIENCE_MILLIS);
                        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
                        socket.connect(new InetSocketAddress("127.0.0.1", server.port()), PATIENCE_MILLIS);
                        attacks.next().on(socket);
                    } catch (IOException | InterruptedException _) {
                        // refused: once more
                    }
                    pause(500 + ThreadLocalRandom.current().nextInt(1_000));
                }
            });
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// All of a body but its last 10,000 bytes, which come one by one.
    private Attack body(String path, String type, int bytes) {
        return socket -> {
            var out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type + "\r\nContent-Length: "
                            + bytes + "\r\n\r\n"
                            + (type.startsWith("m")
                                    ? "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                                    : "{\"emailOrUsername\":\""))
                    .getBytes(StandardCharsets.US_ASCII));
            int left = bytes - 20_000;
            while (left > 0) {
                int now = Math.min(left, ZEROS.length);
                out.write(ZEROS, 0, now);
                left -= now;
            }
            for (int i = 0; i < 10_000 && System.nanoTime() < end; i++) {
                out.write('a');
                if (socket.getInputStream().available() > 0) {
                    return;
                }
                Thread.sleep(500);
            }
        };
    }

    /// Frames that nobody waits for, as many as the server takes.
    private Attack socket(String token) {
        return socket -> {
            var out = socket.getOutputStream();
            out.write(("GET /api/whatsapp/events HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() < 0) {
                return;
            }
            var frames = new ByteArrayOutputStream();
            for (int i = 0; i < 100; i++) {
                frames.write(0x8A); // a pong
                frames.write(0x80 | 100);
                frames.write(ZEROS, 0, 104);
            }
            while (System.nanoTime() < end) {
                out.write(frames.toByteArray());
            }
        };
    }

    /// @return how long each page took, in milliseconds
    private static List<Double> visit(BanyanServer server, long until) throws InterruptedException {
        var waits = new ArrayList<Double>();
        for (int i = 0; System.nanoTime() < until && server.isRunning(); i++) {
            long begin = System.nanoTime();
            int status = status(server.port(), i % 2 == 0 ? "/clientbrand1" : "/login");
            double millis = (System.nanoTime() - begin) / 1e6;
            waits.add(status == 200 ? millis : Double.POSITIVE_INFINITY);
            Thread.sleep(Math.max(1, VISIT_EVERY_MILLIS - (long) millis));
        }
        if (!server.isRunning()) {
            System.out.println("  THE SERVER HAS ENDED");
            waits.add(Double.POSITIVE_INFINITY);
        }
        return waits;
    }

    private static double report(String when, List<Double> waits) {
        List<Double> sorted = waits.stream().sorted().toList();
        double p99 = sorted.get((int) (sorted.size() * 0.99));
        System.out.printf(
                Locale.ROOT,
                "  %s: %d pages, %d not answered, p50 %.1f ms, p99 %.1f ms, worst %.1f ms%n",
                when,
                sorted.size(),
                sorted.stream().filter(wait -> wait.isInfinite()).count(),
                sorted.get(sorted.size() / 2),
                p99,
                sorted.getLast());
        return p99;
    }

    /// @return 0 if there is no answer
    private static int status(int port, String path) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    private static byte[] zeros() {
        byte[] all = new byte[64 * 1_024];
        java.util.Arrays.fill(all, (byte) '0');
        return all;
    }
}
