package dev.banyan.console.moving;

import dev.banyan.accounts.AccountContext;
import dev.banyan.console.CommandRefused;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.access.Workspaces.Created;
import dev.banyan.workspaces.migration.ProjectMigration;
import dev.banyan.workspaces.migration.ProjectMigration.Named;

/// The project and the workspace that data goes into or comes out of; refuses the command if there is none.
final class MoveTarget {

    private MoveTarget() {}

    /// @param typed an id or a whole name
    static Project project(ProjectMigration named, AccountContext context, String typed) {
        return switch (named.project(context, typed)) {
            case Named.One<Project>(Project project) -> project;
            case Named.Nobody<Project> _ ->
                throw new CommandRefused(
                        "Project “" + typed + "” not found. If it belongs to another account, use --account");
            case Named.Several<Project> _ ->
                throw new CommandRefused("Several projects are called “" + typed + "”; use an id");
        };
    }

    /// Says why a workspace was not created.
    static CommandRefused notCreated(Created created) {
        return new CommandRefused(
                switch (created) {
                    case Created.Refused(Refusal.LimitReached limit) ->
                        "The limit of " + limit.max() + " workspaces is reached";
                    case Created.NotEnabled _ -> "Workspaces are off in this project; turn them on";
                    case Created.Refused(Refusal.Rejected rejected) ->
                        rejected.first().apiMessage();
                    case Created.Refused _, Created.Done _ -> "The project was deleted";
                });
    }
}
