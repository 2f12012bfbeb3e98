package dev.banyan.console.moving;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.ConsoleAccounts;
import dev.banyan.console.Order;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.archive.WorkspaceExports;
import dev.banyan.workspaces.archive.WorkspaceExports.Exported;
import dev.banyan.workspaces.archive.WorkspaceImports;
import dev.banyan.workspaces.archive.WorkspaceImports.Imported;
import dev.banyan.workspaces.migration.ProjectMigration;
import jakarta.inject.Singleton;

/// `export-workspace` and `import-workspace`: a whole workspace as a file, stored where the server runs.
@Singleton
record ArchiveCommands(
        ConsoleAccounts accounts, ProjectMigration named, WorkspaceExports exports, WorkspaceImports imports) {

    private static final String WITH_HASHES = "with-password-hashes";

    private record ExportedJson(WorkspaceJson workspace, String file, boolean passwordHashes) {}

    private record ImportedJson(
            boolean dryRun, WorkspaceJson workspace, long users, long conversations, long messages, long files) {}

    CommandResult exportWorkspace(Order order) {
        var options = MigrationOptions.parse(order.words(), List.of("project", "workspace", "to"), Set.of(WITH_HASHES));
        if (options.values().size() != 3) {
            throw usage(order);
        }
        Path to = Path.of(options.get("to").orElseThrow());
        if (Files.exists(to) || to.getParent() == null || !Files.isDirectory(to.getParent())) {
            throw new CommandRefused(to + " must be a new file in an existing folder");
        }
        String project = options.get("project").orElseThrow();
        String typed = options.get("workspace").orElseThrow();
        boolean hashes = options.flags().contains(WITH_HASHES);
        AccountContext context = accounts.context(order);
        ProjectId id = MoveTarget.project(named, context, project).id();
        if (!(named.workspace(context, id, typed)
                instanceof ProjectMigration.Named.One<Workspace>(Workspace workspace))) {
            throw new CommandRefused("Workspace “" + typed + "” not found, or its name is not unique");
        }
        return switch (exports.export(new WorkspaceActor.ProjectSide(context), id, workspace.id(), hashes)) {
            case Outcome.Refused<Exported>(Refusal.Forbidden _) ->
                throw new CommandRefused("Only owners can export a workspace");
            case Outcome.Refused<Exported>(Refusal.Conflict _) ->
                throw new CommandRefused("Another export is in progress; try again when it has finished");
            case Outcome.Refused<Exported> _ -> throw new CommandRefused("The workspace was deleted");
            case Outcome.Done<Exported>(Exported(Workspace exported, Path archive)) -> {
                try {
                    Files.move(archive, to);
                    order.say("✅ “" + exported.name() + "” is in " + to);
                    order.say(
                            hashes
                                    ? "💡 It contains password hashes. Keep it where only you can read it"
                                    : "💡 It contains no passwords: people set new ones by email. To include them, add"
                                            + " --with-password-hashes");
                    yield order.done(new ExportedJson(WorkspaceJson.of(exported), to.toString(), hashes));
                } catch (IOException failure) {
                    yield order.fail(to + " cannot be written: " + failure.getMessage());
                } finally {
                    remove(archive);
                }
            }
        };
    }

    private static void remove(Path archive) {
        try {
            Files.deleteIfExists(archive);
        } catch (IOException _) {
            // The next start deletes it.
        }
    }

    CommandResult importWorkspace(Order order) {
        var options = MigrationOptions.parse(order.words(), List.of("project", "from", "name"));
        String project = options.get("project").orElseThrow(() -> usage(order));
        Path from = options.get("from").map(Path::of).orElseThrow(() -> usage(order));
        if (!Files.isRegularFile(from)) {
            throw new CommandRefused("The server can't read " + from);
        }
        AccountContext context = accounts.context(order);
        ProjectId id = MoveTarget.project(named, context, project).id();
        return told(order, imports.run(context, id, from, options.get("name"), options.dryRun()));
    }

    private static CommandRefused usage(Order order) {
        return new CommandRefused("Usage: " + order.command().description().usage());
    }

    private static CommandResult told(Order order, Imported imported) {
        return switch (imported) {
            case Imported.Done done -> {
                order.say((done.dryRun() ? "Nothing was written. Expected result: " : "✅ ") + "“"
                        + done.workspace().name() + "”"
                        + (done.dryRun()
                                ? ""
                                : " (" + done.workspace().id() + ", /s/"
                                        + done.workspace().shortPath() + ")"));
                order.say("→ " + done.rows().getOrDefault("sub_client_users", 0L) + " users, "
                        + done.rows().getOrDefault("conversations", 0L) + " conversations, "
                        + done.rows().getOrDefault("messages", 0L) + " messages, " + done.files() + " files");
                yield order.done(new ImportedJson(
                        done.dryRun(),
                        WorkspaceJson.of(done.workspace()),
                        done.rows().getOrDefault("sub_client_users", 0L),
                        done.rows().getOrDefault("conversations", 0L),
                        done.rows().getOrDefault("messages", 0L),
                        done.files()));
            }
            case Imported.Busy _ ->
                throw new CommandRefused("Another import is in progress; try again when it has finished");
            case Imported.Broken(String why) -> throw new CommandRefused("Nothing was imported: " + why);
            case Imported.Refused(Workspaces.Created why) -> throw MoveTarget.notCreated(why);
        };
    }
}
