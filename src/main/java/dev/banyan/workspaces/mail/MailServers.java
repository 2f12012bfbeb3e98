package dev.banyan.workspaces.mail;

import module java.base;
import dev.banyan.accounts.Identities;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.mail.MailServer;
import dev.banyan.platform.mail.MailServerInput;
import dev.banyan.platform.mail.SmtpClient;
import dev.banyan.platform.mail.SmtpTrouble;
import dev.banyan.platform.mail.StoredMailServer;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Sets up, tests and removes the mail server of a workspace.
@Singleton
record MailServers(
        Database database,
        WorkspaceMails mails,
        SmtpClient client,
        Identities identities,
        RateLimits limits,
        Audit audit,
        Uuids uuids) {

    /// Result of a test mail.
    ///
    /// @param to where it was sent: the address of the person who asked
    @Schema(name = "MailTest")
    record Tested(
            boolean ok,

            @Schema(description = "Your own address") String to,

            @Schema(description = "What the server said") String text) {}

    /// @return empty inside if the workspace uses this server's mail server
    Outcome<Optional<StoredMailServer>> read(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.read(
                tx -> Access.to(tx, actor, Right.CHANGE_MAIL, project, id).map(workspace -> find(tx, workspace)));
    }

    private static Optional<StoredMailServer> find(Tx tx, Workspace workspace) {
        return new MailServerStore(tx).find(workspace.owner().tenant(), workspace.id());
    }

    Outcome<StoredMailServer> put(WorkspaceActor actor, ProjectId project, WorkspaceId id, MailServerInput input) {
        return read(actor, project, id).then(before -> {
            List<Invalid> invalid = invalid(input, before);
            return invalid.isEmpty() ? stored(actor, project, id, input) : Outcome.rejected(invalid);
        });
    }

    private Outcome<StoredMailServer> stored(
            WorkspaceActor actor, ProjectId project, WorkspaceId id, MailServerInput input) {
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_MAIL, project, id)
                .then(workspace -> {
                    AccountId tenant = workspace.owner().tenant();
                    Optional<StoredMailServer> before = find(tx, workspace);
                    StoredMailServer server = mails.entered(workspace, input, before);
                    Optional<Invalid> noPassword = server.withoutPassword(before);
                    if (noPassword.isPresent()) {
                        return Outcome.rejected(noPassword.get());
                    }
                    new MailServerStore(tx).put(tenant, id, server);
                    note(tx, actor, workspace, "WorkspaceMailServerChanged", server);
                    return Outcome.done(server);
                }));
    }

    /// Returns what is wrong; a host that this server does not call is only refused if it is a new one.
    private List<Invalid> invalid(MailServerInput input, Optional<StoredMailServer> before) {
        List<Invalid> invalid = input.invalid();
        String host = input.host().strip();
        return invalid.isEmpty() && !before.map(StoredMailServer::host).equals(Optional.of(host))
                ? client.refused("host", host).stream().toList()
                : invalid;
    }

    /// @return whether there was one
    Outcome<Boolean> delete(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_MAIL, project, id)
                .then(workspace -> {
                    Optional<StoredMailServer> before = find(tx, workspace);
                    before.ifPresent(server -> {
                        new MailServerStore(tx).delete(workspace.owner().tenant(), id);
                        note(tx, actor, workspace, "WorkspaceMailServerRemoved", server);
                    });
                    return Outcome.done(before.isPresent());
                }));
    }

    /// Sends a test mail to the person who asks, and to no one else, so that nobody can be written to this way.
    ///
    /// @param input empty: through the server that is stored
    Outcome<Tested> test(WorkspaceActor actor, ProjectId project, WorkspaceId id, Optional<MailServerInput> input) {
        Outcome<Workspace> allowed = database.read(tx -> Access.to(tx, actor, Right.CHANGE_MAIL, project, id));
        return allowed.then(workspace -> {
            List<Invalid> invalid = input.map(MailServerInput::invalid).orElse(List.of());
            if (!invalid.isEmpty()) {
                return Outcome.rejected(invalid);
            }
            Optional<Duration> wait = limits.take(RateLimit.MAIL_TESTS_BY_WORKSPACE, id.value());
            if (wait.isPresent()) {
                return Outcome.refused(new Refusal.TooMany(wait.get()));
            }
            Optional<StoredMailServer> known = database.read(workspace.owner().tenant(), tx -> find(tx, workspace));
            Optional<StoredMailServer> wanted =
                    input.map(typed -> mails.entered(workspace, typed, known)).or(() -> known);
            if (wanted.isEmpty()) {
                return Outcome.rejected(new Invalid("host", "No mail server is set up. Send the one to test"));
            }
            return wanted.get()
                    .withoutPassword(known)
                    .<Outcome<Tested>>map(Outcome::rejected)
                    .orElseGet(() -> Outcome.done(test(workspace, wanted.get(), email(actor))));
        });
    }

    private Tested test(Workspace workspace, StoredMailServer wanted, String to) {
        Optional<MailServer> server = mails.server(workspace, wanted);
        if (server.isEmpty()) {
            return new Tested(false, to, SentSecrets.ENTER_AGAIN);
        }
        try {
            client.send(
                    server.get(),
                    mails.look(workspace),
                    uuids.next(),
                    to,
                    "Test mail from " + workspace.name(),
                    """
                    This is a test mail from the workspace “%s”.

                    If you can read it, the mail server works.
                    """.formatted(workspace.name()));
            return new Tested(true, to, "The mail server took a test mail to " + to + ".");
        } catch (SmtpTrouble trouble) {
            return new Tested(false, to, trouble.sentence());
        }
    }

    /// Returns the address of the person who acts.
    private String email(WorkspaceActor actor) {
        return switch (actor) {
            case WorkspaceActor.ProjectSide side ->
                identities.named(side.context().identity()).email();
            case WorkspaceActor.Member member -> member.user().email();
        };
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, String action, StoredMailServer server) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("name", workspace.name());
        details.put("host", server.host());
        details.put("from", server.from());
        audit.note(tx, actor.actor(), workspace, action, details);
    }
}
