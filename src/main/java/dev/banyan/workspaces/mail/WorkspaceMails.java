package dev.banyan.workspaces.mail;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailBranding;
import dev.banyan.platform.mail.MailServer;
import dev.banyan.platform.mail.MailServerInput;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.mail.StoredMailServer;
import dev.banyan.platform.mail.WorkspaceMail;
import dev.banyan.platform.secrets.SecretsBefore;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceColor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.WorkspaceDoor;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// How mails of workspaces are sent: through which server, and in whose colors.
@Singleton
public record WorkspaceMails(
        Database database, SentSecrets secrets, Audit audit, Settings settings, ServerMail serverMail, Clock clock)
        implements WorkspaceMail, SecretsBefore {

    /// After so many mails in a row that a server didn't take, its workspace is told.
    static final int TOLD_AFTER = 3;

    private static final int LONGEST_ERROR = 300;

    /// Whether mails of the workspace reach people: there is a server for them.
    public boolean isMailing(Tx tx, Workspace workspace) {
        return isMailing()
                || new MailServerStore(tx)
                        .find(workspace.owner().tenant(), workspace.id())
                        .isPresent();
    }

    /// The same for pages and answers.
    public boolean isMailing(Workspace workspace) {
        return isMailing() || stored(workspace).isPresent();
    }

    /// The same for what was found at an address, perhaps nothing.
    public boolean isMailing(LookedUp found) {
        return found instanceof LookedUp.Found at ? isMailing(at.workspace()) : isMailing();
    }

    /// Whether mails of a workspace without a mail server of its own reach people.
    public boolean isMailing() {
        return serverMail.isConnected();
    }

    @Override
    public Optional<Dispatch> of(String id) {
        return workspace(id)
                .map(workspace ->
                        new Dispatch(stored(workspace).flatMap(stored -> opened(workspace, stored)), look(workspace)));
    }

    private Optional<Workspace> workspace(String id) {
        return WorkspaceId.parse(id)
                .flatMap(known -> database.read(
                        tx -> new WorkspaceStore(tx).findById(known).map(WorkspaceStore.Visited::workspace)));
    }

    private Optional<MailServer> opened(Workspace workspace, StoredMailServer stored) {
        Optional<MailServer> server = server(workspace, stored);
        if (server.isEmpty()) {
            failed(workspace.id().value(), SentSecrets.ENTER_AGAIN);
        }
        return server;
    }

    /// Returns the server with its password; empty if it can't be opened.
    Optional<MailServer> server(Workspace workspace, StoredMailServer stored) {
        return stored.opened(secrets, purpose(workspace.id()));
    }

    /// Returns what a person entered, as it would be stored.
    StoredMailServer entered(Workspace workspace, MailServerInput input, Optional<StoredMailServer> before) {
        return StoredMailServer.of(input, before, secrets, purpose(workspace.id()), clock.instant());
    }

    private static String purpose(WorkspaceId workspace) {
        return "mail server of " + workspace;
    }

    @Override
    public List<Found> found(Tx tx) {
        return new MailServerStore(tx)
                .sealedBefore(SEAL).stream()
                        .map(row -> new Found(
                                SentSecret.MAIL_SERVER,
                                row.server().sealedPassword().orElseThrow(),
                                purpose(row.workspace()),
                                purpose(row.workspace()),
                                row.server().origin(),
                                (then, resealed) ->
                                        new MailServerStore(then).reseal(row.tenant(), row.workspace(), resealed)))
                        .toList();
    }

    /// Returns all sealed passwords, for the doctor, which only checks that they can be opened.
    public static List<String> sealed(Database database) {
        return database.read(tx -> new MailServerStore(tx).sealedPasswords());
    }

    MailBranding look(Workspace workspace) {
        var door = WorkspaceDoor.lookOf(workspace, WorkspacePaths.address(settings, workspace));
        return new MailBranding(
                workspace.name(),
                workspace.brand().color().map(WorkspaceColor::hex).orElse(WorkspaceColor.USUAL),
                door.mark(),
                door.picture(),
                workspace.brand().language().locale());
    }

    @Override
    public void worked(String id) {
        workspace(id)
                .filter(workspace -> stored(workspace)
                        .filter(server -> server.failures() > 0)
                        .isPresent())
                .ifPresent(workspace -> database.write(workspace.owner().tenant(), tx -> {
                    new MailServerStore(tx).worked(workspace.owner().tenant(), workspace.id());
                    return id;
                }));
    }

    private Optional<StoredMailServer> stored(Workspace workspace) {
        return database.read(
                workspace.owner().tenant(),
                tx -> new MailServerStore(tx).find(workspace.owner().tenant(), workspace.id()));
    }

    @Override
    public void failed(String id, String why) {
        String error = why.length() > LONGEST_ERROR ? why.substring(0, LONGEST_ERROR) : why;
        workspace(id)
                .ifPresent(workspace -> database.write(workspace.owner().tenant(), tx -> {
                    var store = new MailServerStore(tx);
                    store.failed(workspace.owner().tenant(), workspace.id(), error, clock.instant());
                    boolean isTime = store.find(workspace.owner().tenant(), workspace.id())
                            .filter(server -> server.failures() == TOLD_AFTER)
                            .isPresent();
                    if (isTime) {
                        audit.note(
                                tx,
                                Actor.SERVER,
                                workspace.owner(),
                                "WorkspaceMailServerFailing",
                                id,
                                Map.of("name", workspace.name(), "error", error));
                        Log.warnf("The mail server of workspace %s doesn't take its mails: %s", id, error);
                    }
                    return id;
                }));
    }
}
