package dev.banyan.workspaces.administration;

import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.webhooks.EndpointOwner;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/// The webhooks of workspaces, which the project’s side manages.
@Singleton
final class WorkspaceWebhooks {

    private final Database database;

    WorkspaceWebhooks(Database database) {
        this.database = database;
    }

    /// Does something with the webhooks of a workspace if the actor may.
    <T> Outcome<T> with(
            WorkspaceActor actor, ProjectId project, WorkspaceId id, Function<EndpointOwner, Outcome<T>> work) {
        Outcome<EndpointOwner> whose = database.read(tx -> Access.to(tx, actor, Right.GOVERN_WORKSPACE, project, id)
                .then(workspace -> Outcome.done(new EndpointOwner(
                        workspace.owner(), Optional.of(workspace.id().value())))));
        return whose.fold(work, Outcome::refused);
    }
}
