package dev.banyan.commands;

import module java.base;
import dev.banyan.console.session.RunningServer;
import dev.banyan.platform.config.Settings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/// Checks the folder's server, if one runs, and the port that it uses or would use.
final class ServerCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final Optional<RunningServer> own;

    private ServerCheck(Settings settings) {
        this.settings = settings;
        this.own = RunningServer.of(settings.data()).filter(RunningServer::isAlive);
    }

    static List<Finding> of(Settings settings, boolean portNamed) {
        var check = new ServerCheck(settings);
        return Stream.concat(check.server().stream(), check.port(portNamed).stream())
                .toList();
    }

    private Optional<Finding> server() {
        if (own.isPresent()) {
            return Optional.of(answer(own.get()));
        }
        Path file = RunningServer.file(settings.data());
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(Finding.problem(RunningServer.of(settings.data())
                .map(gone -> "The server of this folder stopped unexpectedly (process " + gone.pid() + ", since "
                        + gone.started() + "); read logs/backend.log, then start it again")
                .orElse(file + " is not valid; delete it when no server is running on this folder")));
    }

    private static Finding answer(RunningServer server) {
        String told = "The server of this folder (process " + server.pid() + ") at " + server.url();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(server.url() + "/readyz")).timeout(PATIENCE);
            int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            return status == 200
                    ? Finding.good(told + " is ready")
                    : Finding.problem(told + " is not ready: /readyz answers " + status + "; read logs/backend.log");
        } catch (IOException | IllegalArgumentException _) {
            return Finding.problem(told + " does not answer; read logs/backend.log, then restart it");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Finding.problem(told + " was not fully checked; try again");
        }
    }

    /// Checks the port. If a server runs, its next port is checked only if it is named explicitly.
    private Optional<Finding> port(boolean named) {
        boolean isOwn = own.filter(server -> URI.create(server.url()).getPort() == settings.port())
                .isPresent();
        if (isOwn || settings.port() == 0 || (own.isPresent() && !named)) {
            return Optional.empty();
        }
        try {
            Boot.bind(settings);
            return Optional.of(Finding.good("Port " + settings.port() + " of " + settings.host() + " is free"));
        } catch (IOException failure) {
            return Optional.of(Finding.problem(Boot.unusable(settings, failure) + Boot.choosing(settings)));
        }
    }
}
