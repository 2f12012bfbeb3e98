package dev.banyan.commands;

import module java.base;
import dev.banyan.accounts.operator.SetupLink;
import dev.banyan.accounts.signin.ServerOwner;
import dev.banyan.console.session.RunningServer;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.db.DatabaseView;
import dev.banyan.platform.db.SqliteLibrary;
import dev.banyan.platform.secrets.SealedSecrets;

/// `./banyan setup-link`: shows again the link that a new server logs, next to the running server.
public final class SetupLinkCommand {

    private SetupLinkCommand() {}

    public static void run(Settings settings) {
        Boot.requireReadable(settings.data());
        SqliteLibrary.useUnpacked(settings.runFolder());
        var place = DatabasePlace.of(settings.databaseUrl(), DataFolder.database(settings.data()));
        AuditCommand.requireOurSchema(place);
        boolean isLocal = ExposureCheck.isLoopback(ExposureCheck.host(settings.baseUrl()));
        String base = isLocal ? runningAt(settings) : settings.baseUrl();
        if (new ServerOwner(new DatabaseView(place)).exists()) {
            throw new Boot.Refused("This server is set up already. Sign in at " + base);
        }
        System.out.println(base + new SetupLink(new SealedSecrets(settings)).path());
        if (isLocal) {
            System.out.printf(
                    "Only this machine can open it. To open it on another one, first run there:%n"
                            + "  ssh -L %1$d:127.0.0.1:%1$d USER@SERVER%n",
                    URI.create(base).getPort());
        }
    }

    /// A server may have been started with a port that this command does not know.
    private static String runningAt(Settings settings) {
        return RunningServer.of(settings.data())
                .filter(RunningServer::isAlive)
                .map(RunningServer::url)
                .orElse(settings.baseUrl());
    }
}
