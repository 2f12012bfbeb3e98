package dev.banyan.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The packaged server in a process of its own, with the sample agency in a fresh folder, as `./banyan demo` starts it.
final class DemoServer implements AutoCloseable {

    private final ServerProcess process;
    private final Path folder;

    private DemoServer(ServerProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    static DemoServer start() {
        try {
            Path folder =
                    Files.createTempDirectory(Path.of("target"), "browser-data").toAbsolutePath();
            var process = ServerProcess.start(
                    Map.of("BANYAN_RATE_LIMITS", "off"), "demo", "--port=0", "--data", folder.toString());
            return new DemoServer(process, folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Waits until it is ready.
    ///
    /// @return where it listens, without a slash at the end
    String awaitUrl() {
        return process.awaitReady().toString();
    }

    Login operator() {
        return login("operator");
    }

    Login agency() {
        return login("agency");
    }

    private Login login(String who) {
        try {
            JsonNode known = new ObjectMapper()
                    .readTree(folder.resolve("demo.json").toFile())
                    .get(who);
            return new Login(
                    known.get("email").asText(),
                    known.path("username").asText(),
                    known.get("password").asText());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
