package dev.banyan.console.moving;

import dev.banyan.accounts.AccountContext;
import dev.banyan.console.Command;
import dev.banyan.console.ConsoleAccounts;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.archive.WorkspaceExports;
import dev.banyan.workspaces.archive.WorkspaceExports.Exported;
import dev.banyan.workspaces.archive.WorkspaceImports;
import dev.banyan.workspaces.archive.WorkspaceImports.Imported;
import dev.banyan.workspaces.migration.ProjectMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `export-workspace` and `import-workspace`: a whole workspace as a file, stored where the server runs.
final class ArchiveCommands {

    private static final String WITH_HASHES = "with-password-hashes";

    private final ConsoleAccounts accounts;
    private final ProjectMigration named;
    private final WorkspaceExports exports;
    private final WorkspaceImports imports;

    ArchiveCommands(
            ConsoleAccounts accounts, ProjectMigration named, WorkspaceExports exports, WorkspaceImports imports) {
        this.accounts = accounts;
        this.named = named;
        this.exports = exports;
        this.imports = imports;
    }

    Command export() {
        return new Export();
    }

    Command importing() {
        return new Import();
    }

    private final class Export implements Command {

        @Override
        public Description description() {
            return new Description(
                    Group.UTILITY,
                    List.of("export-workspace"),
                    "--project P --workspace W --to FILE [--with-password-hashes]",
                    "--project Atlas --workspace \"Sales Team\" --to /backups/sales.zip",
                    "Write a whole workspace into an archive",
                    3,
                    7);
        }

        @Override
        public boolean needsAccount() {
            return false;
        }

        @Override
        public Outcome run(Order order) {
            try {
                MigrationOptions options = MigrationOptions.parse(
                        order.words(), List.of("project", "workspace", "to"), Set.of(WITH_HASHES));
                if (options.values().size() != 3) {
                    return order.fail("Usage: " + description().usage());
                }
                Path to = Path.of(options.get("to").orElseThrow());
                if (Files.exists(to) || to.getParent() == null || !Files.isDirectory(to.getParent())) {
                    return order.fail(to + " must be a new file in a folder that is there");
                }
                String project = options.get("project").orElseThrow();
                String workspace = options.get("workspace").orElseThrow();
                return accounts.context(order)
                        .flatMap(context -> MigrateProjectCommand.Found.project(
                                        order, named.project(context, project), project)
                                .map(found -> run(
                                        order,
                                        context,
                                        found,
                                        workspace,
                                        to,
                                        options.flags().contains(WITH_HASHES))))
                        .orElse(Outcome.FAILED);
            } catch (MigrationOptions.Wrong wrong) {
                return order.fail(wrong.why());
            }
        }

        private Outcome run(
                Order order, AccountContext context, Project project, String typed, Path to, boolean hashes) {
            if (!(named.workspace(context, project.id(), typed)
                    instanceof ProjectMigration.Named.One<Workspace>(Workspace workspace))) {
                return order.fail("Workspace “" + typed + "” not found, or several are called so");
            }
            return switch (exports.export(
                    new WorkspaceActor.ProjectSide(context), project.id(), workspace.id(), hashes)) {
                case Exported.NotFound _ -> order.fail("The workspace was deleted");
                case Exported.Forbidden _ -> order.fail("Only owners can export a workspace");
                case Exported.Busy _ -> order.fail("Another export is under way; wait until it is over");
                case Exported.Done(Workspace exported, Path archive) -> {
                    try {
                        Files.move(archive, to);
                        order.say("✅ “" + exported.name() + "” is in " + to);
                        order.say(
                                hashes
                                        ? "💡 It holds password hashes: keep it where only you can read it"
                                        : "💡 It holds no passwords: people choose new ones by a mailed link. Add --with-password-hashes to take them along");
                        yield Outcome.DONE;
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
    }

    private final class Import implements Command {

        @Override
        public Description description() {
            return new Description(
                    Group.UTILITY,
                    List.of("import-workspace"),
                    "--project P --from FILE [--name N]",
                    "--project Atlas --from /backups/sales.zip --dry-run",
                    "Make a new workspace of an archive",
                    2,
                    7);
        }

        @Override
        public boolean needsAccount() {
            return false;
        }

        @Override
        public Outcome run(Order order) {
            try {
                MigrationOptions options = MigrationOptions.parse(order.words(), List.of("project", "from", "name"));
                Optional<String> project = options.get("project");
                Optional<Path> from = options.get("from").map(Path::of);
                if (project.isEmpty() || from.isEmpty()) {
                    return order.fail("Usage: " + description().usage());
                }
                if (!Files.isRegularFile(from.get())) {
                    return order.fail(from.get() + " is no file that this server can read");
                }
                return accounts.context(order)
                        .flatMap(context -> MigrateProjectCommand.Found.project(
                                        order, named.project(context, project.get()), project.get())
                                .map(found -> told(
                                        order,
                                        imports.run(
                                                context,
                                                found.id(),
                                                from.get(),
                                                options.get("name"),
                                                options.dryRun()))))
                        .orElse(Outcome.FAILED);
            } catch (MigrationOptions.Wrong wrong) {
                return order.fail(wrong.why());
            }
        }

        private static Outcome told(Order order, Imported imported) {
            return switch (imported) {
                case Imported.Done done -> {
                    order.say((done.dryRun() ? "Nothing was written. It would be: " : "✅ ") + "“"
                            + done.workspace().name() + "”"
                            + (done.dryRun()
                                    ? ""
                                    : " (" + done.workspace().id() + ", /s/"
                                            + done.workspace().shortPath() + ")"));
                    order.say("→ " + done.rows().getOrDefault("sub_client_users", 0L) + " users, "
                            + done.rows().getOrDefault("conversations", 0L) + " conversations, "
                            + done.rows().getOrDefault("messages", 0L) + " messages, " + done.files() + " files");
                    yield Outcome.DONE;
                }
                case Imported.Busy _ -> order.fail("Another import is under way; wait until it is over");
                case Imported.Broken(String why) -> order.fail("Nothing was imported: " + why);
                case Imported.Refused(Workspaces.Created why) ->
                    order.fail(
                            switch (why) {
                                case Workspaces.Created.Refused(Refusal.LimitReached limit) ->
                                    "All " + limit.max() + " workspaces are used";
                                case Workspaces.Created.NotEnabled _ ->
                                    "Workspaces are off in this project; turn them on";
                                case Workspaces.Created.Refused(Refusal.Rejected rejected) ->
                                    rejected.first().apiMessage();
                                case Workspaces.Created.Refused _, Workspaces.Created.Done _ ->
                                    "The project was deleted";
                            });
            };
        }
    }
}
