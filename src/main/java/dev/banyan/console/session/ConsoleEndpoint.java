package dev.banyan.console.session;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.config.Settings;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Admits terminals: while the server listens, its address and a secret are stored in the data folder. Anyone who can
/// read that folder may use the console. The secret is new at each start.
@Singleton
public final class ConsoleEndpoint {

    private final Settings settings;
    private final Clock clock;
    private final String token = Digests.newToken();

    ConsoleEndpoint(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// Called once the server listens, because clients that find the files connect at once.
    public void open() {
        var server = new RunningServer(
                "http://" + reachable(settings.host()) + ":" + settings.port(),
                ProcessHandle.current().pid(),
                clock.instant());
        try {
            // The secret first, so that clients that find the address also find the secret.
            PrivateFiles.write(RunningServer.tokenFile(settings.data()), token + "\n");
            PrivateFiles.write(RunningServer.file(settings.data()), server.json() + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void close(@Observes ShutdownEvent event) {
        try {
            Files.deleteIfExists(RunningServer.file(settings.data()));
            Files.deleteIfExists(RunningServer.tokenFile(settings.data()));
        } catch (IOException _) {
            // A file left behind refers to a dead process, which the console reports.
        }
    }

    /// @param authorization the header of a request
    boolean admits(String authorization) {
        return MessageDigest.isEqual(
                ("Bearer " + token).getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    /// A server that listens on all addresses is reachable at the loopback address.
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]", "0:0:0:0:0:0:0:0" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}
