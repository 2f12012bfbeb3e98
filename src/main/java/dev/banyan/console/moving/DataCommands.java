package dev.banyan.console.moving;

import dev.banyan.console.Command;
import dev.banyan.console.ConsoleAccounts;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.archive.WorkspaceExports;
import dev.banyan.workspaces.archive.WorkspaceImports;
import dev.banyan.workspaces.migration.ConversationMigration;
import dev.banyan.workspaces.migration.ProjectMigration;
import dev.banyan.workspaces.migration.UserImports;
import jakarta.inject.Singleton;

/// The commands that move workspaces in and out, with their dependencies.
@Singleton
public final class DataCommands {

    private final ConsoleAccounts accounts;
    private final ProjectMigration named;
    private final Workspaces workspaces;
    private final UserImports users;
    private final ConversationMigration conversations;
    private final ArchiveCommands archives;

    DataCommands(
            ConsoleAccounts accounts,
            ProjectMigration named,
            Workspaces workspaces,
            UserImports users,
            ConversationMigration conversations,
            WorkspaceExports exports,
            WorkspaceImports imports) {
        this.accounts = accounts;
        this.named = named;
        this.workspaces = workspaces;
        this.users = users;
        this.conversations = conversations;
        this.archives = new ArchiveCommands(accounts, named, exports, imports);
    }

    public Command migrateProject() {
        return new MigrateProjectCommand(accounts, named, workspaces, users, conversations);
    }

    public Command exportWorkspace() {
        return archives.export();
    }

    public Command importWorkspace() {
        return archives.importing();
    }
}
