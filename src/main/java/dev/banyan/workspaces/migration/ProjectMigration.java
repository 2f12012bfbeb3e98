package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Database;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;

/// Finds the project and workspace to migrate into, by id or by name.
@Singleton
public record ProjectMigration(Database database) {

    /// Result of looking up a name.
    public sealed interface Named<T> {

        record One<T>(T found) implements Named<T> {}

        record Nobody<T>() implements Named<T> {}

        /// Several have this name.
        record Several<T>() implements Named<T> {}
    }

    /// @param typed an id or the whole name
    public Named<Project> project(AccountContext context, String typed) {
        Optional<ProjectId> id = ProjectId.parse(typed);
        return database.read(tx -> {
            var store = new ProjectStore(tx);
            return id.isPresent()
                    ? one(store.find(context.owner(), id.get()).stream().toList())
                    : one(new MigrationStore(tx)
                            .projectsCalled(context.owner(), typed.strip()).stream()
                                    .flatMap(found -> store.find(context.owner(), found).stream())
                                    .toList());
        });
    }

    /// @param typed an id or the whole name
    public Named<Workspace> workspace(AccountContext context, ProjectId project, String typed) {
        Optional<WorkspaceId> id = WorkspaceId.parse(typed);
        return database.read(tx -> {
            var store = new WorkspaceStore(tx);
            return id.isPresent()
                    ? one(store.find(context.owner(), project, id.get()).stream()
                            .toList())
                    : one(new MigrationStore(tx)
                            .workspacesCalled(context.owner(), project, typed.strip()).stream()
                                    .flatMap(found -> store.find(context.owner(), project, found).stream())
                                    .toList());
        });
    }

    private static <T> Named<T> one(List<T> found) {
        return switch (found.size()) {
            case 0 -> new Named.Nobody<>();
            case 1 -> new Named.One<>(found.getFirst());
            default -> new Named.Several<>();
        };
    }
}
