package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.accounts.Identities;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.mail.WorkspaceMails;
import jakarta.inject.Singleton;

/// Limits mails to strangers in the name of a workspace: anyone can register and create any number of workspaces.
@Singleton
public record MailAllowances(Database database, Identities identities, WorkspaceMails mails, RateLimits limits) {

    /// Whether `actor` may send mails to people of the workspace. If there is no server for them, they may, because
    /// they get a link instead.
    public boolean mayMail(Tx tx, WorkspaceActor actor, Workspace workspace) {
        return isConfirmed(tx, actor) || !mails.isMailing(tx, workspace);
    }

    /// The same for a workspace that is about to be created.
    public boolean mayMail(Tx tx, WorkspaceActor actor) {
        return isConfirmed(tx, actor) || !mails.isMailing();
    }

    /// Whether the email of a person of the project's side is confirmed. Workspace users don't need that.
    private boolean isConfirmed(Tx tx, WorkspaceActor actor) {
        return switch (actor) {
            case WorkspaceActor.ProjectSide side -> identities.isConfirmed(tx, side.context());
            case WorkspaceActor.Member member ->
                member.side()
                        .map(context -> identities.isConfirmed(tx, context))
                        .orElse(true);
        };
    }

    /// Counts one mail to a user if `actor` may send it, so that outsiders can't use up the workspace's limit.
    ///
    /// @return how long to wait, or empty if it may be sent
    Optional<Duration> take(WorkspaceActor actor, ProjectId project, WorkspaceId workspace) {
        Optional<Workspace> sends = database.read(tx -> Access.to(tx, actor, Right.CHANGE_USERS, project, workspace)
                .fold(Optional::of, _ -> Optional.<Workspace>empty())
                .filter(found -> mayMail(tx, actor, found)));
        return sends.flatMap(this::take);
    }

    /// Counts one mail of a workspace and of all workspaces of its account.
    ///
    /// @return how long to wait, or empty if it may be sent
    public Optional<Duration> take(Workspace workspace) {
        return limits.take(
                        RateLimit.WORKSPACE_MAILS_BY_WORKSPACE, workspace.id().value())
                .or(() -> limits.take(
                        RateLimit.WORKSPACE_MAILS_BY_ACCOUNT,
                        workspace.owner().tenant().toString()));
    }
}
