package dev.banyan;

import module java.base;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.operator.SetupLink;
import dev.banyan.accounts.signin.ServerOwner;
import dev.banyan.analytics.Recorder;
import dev.banyan.commands.Boot;
import dev.banyan.console.session.ConsoleEndpoint;
import dev.banyan.demo.Demo;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.gate.OpenConnections;
import dev.banyan.platform.web.gate.Readiness;
import dev.banyan.whatsapp.configfile.Mirrors;
import dev.banyan.whatsapp.session.Dispatcher;
import dev.banyan.whatsapp.session.SenderReconnector;
import dev.banyan.workspaces.inbox.ContactAnswers;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

/// The last steps of a start: reconnects senders and repairs their files, creates sample data if requested, shows the
/// setup link of a new server, and logs "ready".
@Singleton
record Startup(
        Settings settings,
        ServerOwner owner,
        SetupLink setupLink,
        Dispatcher dispatcher,
        SenderReconnector reconnector,
        Mirrors mirrors,
        ContactAnswers contactAnswers,
        Accounts accounts,
        Recorder recorder,
        Demo demo,
        Readiness readiness,
        OpenConnections connections,
        ConsoleEndpoint consoleEndpoint) {
    void started(@Observes StartupEvent event) {
        Boot.prepared().map(Boot::restricted).ifPresent(restricted -> tell(settings.data(), restricted));
        settings.unknown().forEach(Log::warn);
        recorder.begin(accounts.roots("", Optional.empty(), 1).accounts().stream()
                .map(described -> described.account().owner())
                .findFirst());
        dispatcher.restore();
        reconnector.begin();
        mirrors.reconcile();
        if (Boolean.getBoolean("banyan.demo")) {
            demo.fill();
        } else if (!owner.exists()) {
            Log.infof("This server is not set up yet. Open %s%s", settings.baseUrl(), setupLink.path());
        }
        contactAnswers.resume();
        recorder.awaitWarm();
        readiness.started();
    }

    private static void tell(Path data, PrivateFiles.Restricted restricted) {
        if (!restricted.mended().isEmpty()) {
            Log.warnf(
                    "Other users of this machine could open %s (%s)%s; now only this user can",
                    restricted.mended().getFirst().path(),
                    restricted.mended().getFirst().shown(),
                    restricted.mended().size() == 1
                            ? ""
                            : ", and " + (restricted.mended().size() - 1) + " more in " + data);
        }
        restricted
                .refused()
                .forEach(exposed -> Log.warnf(
                        "Other users of this machine can open %s (%s), and this user may not change that; %s",
                        exposed.path(), exposed.shown(), exposed.mend()));
    }

    /// Logged only when the server accepts connections, so that readers may connect at once.
    void listening(@ObservesAsync HttpServerStart event) {
        connections.guard();
        consoleEndpoint.open();
        Log.infof("Banyan is ready at %s", settings.baseUrl());
    }
}
