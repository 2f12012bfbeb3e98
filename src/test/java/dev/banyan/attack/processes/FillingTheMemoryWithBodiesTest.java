package dev.banyan.attack.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many connections from one address, each with a body that never ends, without limits of connections or rates. Short
/// requests from the same address are answered meanwhile. The server may keep 4 MB of bodies, 1 MB of short ones.
class FillingTheMemoryWithBodiesTest {

    private static final int CONNECTIONS = 100;

    @TempDir
    static Path data;

    private static ServerProcess server;
    private static int port;

    private final List<Socket> open = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = ServerProcess.start(
                Map.of("BANYAN_RATE_LIMITS", "off", "BANYAN_BODY_MEMORY", "4"),
                "serve",
                "--port=0",
                "--data",
                data.toString());
        port = server.awaitReady().getPort();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// What was sent counts until its connection ends.
    @AfterEach
    void nothingIsLeft() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        Eventually.holds(() -> metric("banyan_bodies_bytes") == 0 && metric("banyan_uploads_bytes") == 0);
        assertThat(uploads()).isEmpty();
        assertThat(server.out() + server.err()).doesNotContain("ERROR", "OutOfMemory");
    }

    @Test
    void withShortBodiesThatNeverEnd() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            begin("/api/login", "application/json", 60_000, "{\"emailOrUsername\":\"" + "a".repeat(50_000));
            assertThat(metric("banyan_bodies_bytes")).isLessThanOrEqualTo(1 << 20);
            if (i % 10 == 0) {
                shortRequestsAreAnswered();
            }
        }
        assertThat(metric("banyan_bodies_refused_total{reason=\"full\"}")).isPositive();
        assertThat(open)
                .filteredOn(socket -> answer(socket).startsWith("HTTP/1.1 503 "))
                .hasSizeGreaterThan(60);
    }

    @Test
    void withLongBodiesOfStrangers() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            begin("/api/login", "application/json", 1_000_000, "{\"emailOrUsername\":\"" + "a".repeat(50_000));
            begin("/hooks/whatsapp/x", "application/json", 4_190_000, "{\"a\":\"" + "a".repeat(50_000));
        }
        shortRequestsAreAnswered();
        assertThat(open)
                .extracting(socket -> answer(socket).lines().findFirst().orElse(""))
                .as("not read, or cut once they fill their part")
                .allMatch(line -> line.contains(" 413 ") || line.contains(" 404 ") || line.contains(" 503 "));
    }

    @Test
    void withFilesOfStrangers() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            begin(
                    i % 2 == 0 ? "/api/sub-client/attachments" : "/s/x/chat",
                    "multipart/form-data; boundary=edge",
                    10_000_000,
                    "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                            + "a".repeat(50_000));
            assertThat(uploads()).isEmpty();
        }
        shortRequestsAreAnswered();
    }

    private void begin(String path, String type, int length, String body) throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(Eventually.MILLIS);
        open.add(socket);
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                                + "\r\nContent-Length: " + length + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /// @return what has come; empty if the server waits for more
    private static String answer(Socket socket) {
        try {
            socket.setSoTimeout(300);
            byte[] begin = new byte[500];
            int count = socket.getInputStream().read(begin);
            return count < 0 ? "" : new String(begin, 0, count, StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException _) {
            return "";
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private static void shortRequestsAreAnswered() throws IOException {
        assertThat(server.send("GET", "/healthz", "", "").statusCode()).isEqualTo(200);
        assertThat(server.send("POST", "/api/login", "", "{\"emailOrUsername\":\"a\",\"password\":\"b\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    private static List<Path> uploads() {
        Path folder = data.resolve("run/uploads");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static double metric(String name) {
        try {
            return server.send("GET", "/metrics", "", "")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .findFirst()
                    .orElse(0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
