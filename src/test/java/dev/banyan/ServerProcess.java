package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.db.TestDatabases;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// Runs the packaged server in a separate process, as the launcher does. Closing it kills it.
public final class ServerProcess implements AutoCloseable {

    static final Pattern READY = Pattern.compile("Banyan is ready at (http://[^\\s]+)");
    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1");

    private static final Path JAR = Path.of(System.getProperty("banyan.packaged", "target/quarkus-app/quarkus-run.jar"))
            .toAbsolutePath();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Eventually.LONGEST).build();
    private final Process process;
    private final Path out;
    private final Path err;

    private ServerProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /// Starts `serve` on a folder and any free port, without rate limits; a new folder is that of a server that was set
    /// up.
    public static ServerProcess serve(Path data) {
        return serve(data, Map.of("BANYAN_RATE_LIMITS", "off"));
    }

    /// As above, with settings of its own.
    public static ServerProcess serve(Path data, Map<String, String> environment) {
        return serve(data, environment, TestDatabases::putOwnedFile);
    }

    /// As above; a new folder is that of a server that no one has set up.
    public static ServerProcess serveNew(Path data) {
        return serve(data, Map.of("BANYAN_RATE_LIMITS", "off"), TestDatabases::putMigratedFile);
    }

    /// Making the tables is a third of a first start, which has tests of its own.
    private static ServerProcess serve(Path data, Map<String, String> environment, Consumer<Path> putFile) {
        Path database = data.resolve("banyan.db");
        if (!Files.exists(database)) {
            try {
                Files.createDirectories(data);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            putFile.accept(database);
        }
        return start(environment, "serve", "--port=0", "--data", data.toString());
    }

    /// @param environment variables in addition to the default ones
    public static ServerProcess start(Map<String, String> environment, String... arguments) {
        return startReading(Path.of("/dev/null"), environment, arguments);
    }

    /// Starts a server with an open umask, without the launcher that would restrict it.
    public static ServerProcess startUnderOpenUmask(Map<String, String> environment, String... arguments) {
        return start(
                List.of("/bin/sh", "-c", "umask 0; exec \"$@\"", "sh"), Path.of("/dev/null"), environment, arguments);
    }

    /// Starts a program that can write no large files, as on a full disk.
    ///
    /// @param blocks of half a kilobyte
    public static ServerProcess startWithSmallFiles(int blocks, String... arguments) {
        return start(
                List.of("/bin/sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"),
                Path.of("/dev/null"),
                Map.of(),
                arguments);
    }

    /// Starts a server with data for its standard input.
    public static ServerProcess startReading(Path in, Map<String, String> environment, String... arguments) {
        return start(List.of(), in, environment, arguments);
    }

    private static ServerProcess start(
            List<String> before, Path in, Map<String, String> environment, String... arguments) {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "server-process")
                    .toAbsolutePath();
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            var command = new ArrayList<>(before);
            command.addAll(JVM);
            command.addAll(ServerClasses.options(JVM, JAR));
            command.addAll(List.of("-jar", JAR.toString()));
            for (String argument : arguments) {
                command.add(argument.equals("--port=0") ? "--port=" + FreePort.next() : argument);
            }
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().putAll(environment);
            return new ServerProcess(builder.start(), out, err);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Waits until the server reports that it is ready, and returns its address.
    public URI awaitReady() {
        await("ready", () -> READY.matcher(out()).find());
        Matcher ready = READY.matcher(out());
        assertThat(ready.find()).isTrue();
        return URI.create(ready.group(1));
    }

    /// Waits for a condition while the server runs.
    public void await(String what, BooleanSupplier condition) {
        var came = new AtomicBoolean();
        try {
            Eventually.holds(() -> {
                boolean runs = process.isAlive(); // looked at first: the last that a process does counts
                came.set(condition.getAsBoolean());
                return came.get() || !runs;
            });
        } catch (AssertionError _) {
            throw new AssertionError("The server is not " + what + " after " + Eventually.SECONDS + " s." + told());
        }
        assertThat(came)
                .as(() -> "The server ended with " + process.exitValue() + " before it was " + what + "." + told())
                .isTrue();
    }

    private String told() {
        return " Output:\n" + out() + "\nErrors:\n" + err();
    }

    public int awaitExit() {
        try {
            assertThat(process.waitFor(Eventually.LONGEST)).as("has ended").isTrue();
            return process.exitValue();
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    public long pid() {
        return process.pid();
    }

    /// Stops the process without its knowledge, as a machine does that has no time for it.
    public void pause() {
        signal("STOP");
    }

    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            assertThat(new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()) // a bare system has no other one
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Sends SIGTERM, like Ctrl-C and service managers.
    public void stop() {
        process.destroy();
    }

    /// Sends SIGKILL: the process ends at once.
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    /// @param token of a session; empty for none
    public HttpResponse<String> send(String method, String path, String token, String json) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(awaitReady() + path))
                .timeout(Eventually.LONGEST)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        if (process.isAlive()) {
            kill();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
