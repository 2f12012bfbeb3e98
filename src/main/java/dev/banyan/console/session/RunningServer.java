package dev.banyan.console.session;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;

/// What a running server publishes in `DATA/run/server.json`, so that programs on the same machine can find it (design
/// 8). A server that was killed leaves the file behind; [#isAlive] detects that.
///
/// @param url without a trailing slash, such as `http://127.0.0.1:8080`
public record RunningServer(String url, long pid, Instant started) {

    private static final ObjectMapper JSON = new ObjectMapper();

    record Written(String url, long pid, String started) {}

    public static Path file(Path data) {
        return data.resolve("run/server.json");
    }

    /// Readable only by the user who runs the server.
    public static Path tokenFile(Path data) {
        return data.resolve("run/console.token");
    }

    /// @return empty if no server runs or the file can't be parsed
    public static Optional<RunningServer> of(Path data) {
        try {
            var written = JSON.readValue(Files.readString(file(data)), Written.class);
            return Optional.of(new RunningServer(written.url(), written.pid(), Instant.parse(written.started())));
        } catch (IOException | DateTimeException | NullPointerException _) {
            return Optional.empty();
        }
    }

    /// Whether a process with its id is alive; another process may have got the id meanwhile.
    public boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    String json() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new Written(url, pid, started.toString()));
    }
}
