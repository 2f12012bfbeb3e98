package dev.banyan.workspaces.access;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;

/// The JSON of workspaces and their users, in the terms of the sub-client seed.
public final class WorkspaceViews {

    private WorkspaceViews() {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record WorkspaceView(
            WorkspaceId id,
            ProjectId projectId,
            String name,
            Optional<String> description,
            Optional<String> whatsappClientId,
            String shortId,
            String pathname,
            Optional<String> customDomain,
            boolean registrationEnabled,
            boolean suspended,
            boolean isDefault,
            long userCount,
            long createdAt,
            long updatedAt,
            @JsonInclude(Include.NON_ABSENT) Optional<List<UserView>> users) {

        public static WorkspaceView of(Workspace workspace) {
            return of(workspace, Optional.empty());
        }

        public static WorkspaceView of(Workspace workspace, Optional<List<WorkspaceUser>> users) {
            return new WorkspaceView(
                    workspace.id(),
                    workspace.project(),
                    workspace.name(),
                    workspace.description(),
                    workspace.whatsappClient(),
                    workspace.shortId(),
                    workspace.pathname(),
                    workspace.customDomain(),
                    workspace.registrationEnabled(),
                    workspace.suspended(),
                    workspace.isDefault(),
                    workspace.users(),
                    workspace.createdAt().toEpochMilli(),
                    workspace.updatedAt().toEpochMilli(),
                    users.map(found -> found.stream().map(UserView::of).toList()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record UserView(int id, String username, String email, WorkspaceRole role, long createdAt) {

        public static UserView of(WorkspaceUser user) {
            return new UserView(
                    user.id(),
                    user.username(),
                    user.email(),
                    user.role(),
                    user.createdAt().toEpochMilli());
        }
    }

    /// What anyone who knows its address may see of a workspace.
    ///
    /// @param registrationOpen our addition: both switches, the project's too
    @JsonNaming(SnakeCaseStrategy.class)
    public record PublicView(
            WorkspaceId id,
            ProjectId projectId,
            String name,
            Optional<String> description,
            String shortId,
            String pathname,
            boolean registrationEnabled,
            boolean registrationOpen,
            boolean suspended) {

        public static PublicView of(Workspace workspace, boolean registrationOpen) {
            return new PublicView(
                    workspace.id(),
                    workspace.project(),
                    workspace.name(),
                    workspace.description(),
                    workspace.shortId(),
                    workspace.pathname(),
                    workspace.registrationEnabled(),
                    registrationOpen,
                    workspace.suspended());
        }
    }
}
