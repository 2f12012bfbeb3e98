import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/// Every process that a measurement starts: bounded in time, and stopped by its id however the bench ends.
final class Children {

    private static final ConcurrentLinkedDeque<Process> RUNNING = new ConcurrentLinkedDeque<>();
    private static final long LONGEST_SECONDS = 400;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::stopAll));
    }

    private Children() {}

    static Process start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        RUNNING.add(process);
        return process;
    }

    /// Asks for an orderly end, and insists after ten seconds.
    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
        RUNNING.remove(process);
    }

    static void stopAll() {
        RUNNING.forEach(Children::stop);
    }

    /// Everything that a short-lived command prints.
    static String output(List<String> command) throws IOException, InterruptedException {
        Path file = Files.createTempFile(Bench.WORK, "output", ".txt");
        Process process = start(command, Map.of(), file);
        try {
            boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(file);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command)
                        + (ended ? " ended with " + process.exitValue() : " did not end")
                        + ":\n"
                        + text);
            }
            return text;
        } finally {
            stop(process);
        }
    }

    static String firstLine(List<String> command) throws InterruptedException {
        try {
            return output(command).lines().findFirst().orElse("");
        } catch (IOException | IllegalStateException _) {
            return "unknown";
        }
    }

    /// The number that a measuring program of this folder prints last; libraries may have logged before.
    static double number(String program, Object... arguments) throws IOException, InterruptedException {
        return Double.parseDouble(
                output(java(program, arguments)).lines().toList().getLast());
    }

    /// A program of this folder in a JVM of its own, with what the server's JVM gets (see `./banyan`).
    static List<String> java(String program, Object... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                // Otherwise levels that a program sets count for nothing, and the HTTP client describes each byte.
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dbench.work=" + Bench.WORK,
                "-cp",
                System.getProperty("java.class.path"),
                program));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        return command;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> new File(folder, program).canExecute());
    }
}
