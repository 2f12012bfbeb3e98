package dev.banyan.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sqlite.JDBC;

/// The packaged server in a process of its own, with the sample agency in a fresh folder, as `./banyan demo` starts it.
final class DemoServer implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "browser-data").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final int port;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private DemoServer(Process process, int port) {
        this.process = process;
        this.port = port;
        Thread.ofVirtual().name("server-output").start(this::readOutput);
    }

    static DemoServer start() {
        try {
            delete(FOLDER);
            Files.createDirectories(FOLDER);
            int port = freePort();
            var builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            System.getProperty("banyan.packaged", "target/quarkus-app/quarkus-run.jar"),
                            "demo",
                            "--port",
                            Integer.toString(port),
                            "--data",
                            FOLDER.toString())
                    .redirectErrorStream(true);
            builder.environment().put("BANYAN_RATE_LIMITS", "off");
            return new DemoServer(builder.start(), port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Until the process ends, so that it never waits for somebody to read.
    private void readOutput() {
        var lines = new ArrayList<String>();
        try (var output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.contains("Banyan is ready at")) {
                    ready.complete(null);
                }
            }
            Files.write(FOLDER.resolveSibling("browser-server.log"), lines);
        } catch (IOException failure) {
            lines.add(failure.toString());
        }
        ready.completeExceptionally(new IllegalStateException("The server ended:\n" + String.join("\n", lines)));
    }

    DemoServer awaitReady() {
        try {
            ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return this;
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            close();
            throw new IllegalStateException("The packaged server did not become ready", failure);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    Login operator() {
        return login("operator");
    }

    Login agency() {
        return login("agency");
    }

    private static Login login(String who) {
        try {
            JsonNode known = new ObjectMapper()
                    .readTree(FOLDER.resolve("demo.json").toFile())
                    .get(who);
            return new Login(
                    known.get("email").asText(),
                    known.get("username").asText(),
                    known.get("password").asText());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Nobody can suspend an account in the browser yet.
    void suspend(String username) {
        String url = "jdbc:sqlite:" + FOLDER.resolve("banyan.db") + "?busy_timeout=5000";
        try (var connection = JDBC.createConnection(url, new Properties());
                var update =
                        connection.prepareStatement("UPDATE accounts SET status = 'suspended' WHERE username = ?")) {
            update.setString(1, username);
            if (update.executeUpdate() != 1) {
                throw new IllegalArgumentException("Nobody is called " + username);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException failure) {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
