package dev.banyan.console.moving;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.ConsoleAccounts;
import dev.banyan.console.Order;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.migration.ConversationMigration;
import dev.banyan.workspaces.migration.ConversationMigration.Moved;
import dev.banyan.workspaces.migration.ProjectMigration;
import dev.banyan.workspaces.migration.ProjectMigration.Named;
import dev.banyan.workspaces.migration.UserImports;
import dev.banyan.workspaces.migration.UserImports.Imported;
import jakarta.inject.Singleton;

/// `migrate-project`: migrates users, conversations and files of the seed's server into a workspace. The folder is read
/// where the server runs.
@Singleton
record MigrateProjectCommand(
        ConsoleAccounts accounts,
        ProjectMigration named,
        Workspaces workspaces,
        UserImports users,
        ConversationMigration conversations) {

    private static final long LARGEST_LIST = 2L * 1024 * 1024;

    CommandResult run(Order order) {
        var options = MigrationOptions.parse(
                order.words(), List.of("project", "workspace", "create", "from", "users", "owner"));
        Optional<String> project = options.get("project");
        if (project.isEmpty()
                || options.get("workspace").isPresent() == options.get("create").isPresent()
                || options.get("from").isEmpty() && options.get("users").isEmpty()) {
            throw new CommandRefused(
                    "Usage: " + order.command().description().usage(),
                    "💡 More options: --create NAME (a new workspace), --users FILE, --owner NAME, --dry-run");
        }
        AccountContext context = accounts.context(order);
        return into(order, options, context, MoveTarget.project(named, context, project.get()));
    }

    private CommandResult into(Order order, MigrationOptions options, AccountContext context, Project project) {
        String name = options.get("create").or(() -> options.get("workspace")).orElseThrow();
        boolean creates = options.get("create").isPresent();
        return switch (named.workspace(context, project.id(), name)) {
            case Named.One<Workspace>(Workspace found) -> move(order, options, context, found);
            case Named.Several<Workspace> _ ->
                throw new CommandRefused("Several workspaces are called “" + name + "”; use an id");
            case Named.Nobody<Workspace> _ when creates && options.dryRun() -> look(order, options, name);
            case Named.Nobody<Workspace> _
            when creates -> move(order, options, context, create(order, context, project, name));
            case Named.Nobody<Workspace> _ -> throw new CommandRefused("Workspace “" + name + "” not found");
        };
    }

    /// A dry run for a workspace that doesn't exist yet.
    private CommandResult look(Order order, MigrationOptions options, String name) {
        order.say("This is a dry run: nothing is written");
        order.say("→ The workspace “" + name + "” would be created; users are checked after that");
        var answer = new MigrationAnswer(order, true);
        boolean well = options.get("from")
                .map(from -> told(answer, conversations.look(Path.of(from), told -> {
                    if (told.fate() == ConversationMigration.Fate.REFUSED) {
                        answer.refused(told.source(), told.text());
                    } else {
                        order.say("→ " + told.source() + ": " + told.text());
                    }
                })))
                .orElse(true);
        return answer.end(well);
    }

    private Workspace create(Order order, AccountContext context, Project project, String name) {
        Workspaces.Created created = workspaces.create(context, project.id(), name, Optional.empty());
        if (!(created instanceof Workspaces.Created.Done(Workspace workspace))) {
            throw MoveTarget.notCreated(created);
        }
        order.say("✅ Workspace created: " + workspace.name() + " (" + workspace.id() + ", /s/" + workspace.shortPath()
                + ")");
        return workspace;
    }

    private CommandResult move(Order order, MigrationOptions options, AccountContext context, Workspace workspace) {
        var actor = new WorkspaceActor.ProjectSide(context);
        if (options.dryRun()) {
            order.say("This is a dry run: nothing is written");
        }
        order.say("→ Importing into the workspace “" + workspace.name() + "” (" + workspace.id() + ")");
        var answer = new MigrationAnswer(order, options.dryRun());
        answer.put("workspace", WorkspaceJson.of(workspace));
        // Users first, because conversations belong to them.
        boolean well = options.get("users")
                .map(file -> users(answer, options, actor, workspace, Path.of(file)))
                .orElse(true);
        boolean alsoWell = options.get("from")
                .map(folder -> conversations(answer, options, actor, workspace, Path.of(folder)))
                .orElse(true);
        return answer.end(well && alsoWell);
    }

    /// @return whether everything could be used
    private boolean users(
            MigrationAnswer answer, MigrationOptions options, WorkspaceActor actor, Workspace workspace, Path file) {
        byte[] list;
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST_LIST) {
                return answer.fail("The server can't read " + file + ", or it is larger than 2 MB");
            }
            list = Files.readAllBytes(file);
        } catch (IOException failure) {
            return answer.fail(file + " cannot be read: " + failure.getMessage());
        }
        return switch (users.run(actor, workspace.project(), workspace.id(), list, options.dryRun(), told -> {
            if (told.fate() == UserImports.Fate.REFUSED) {
                answer.refused("user in line " + told.number() + " (" + told.username() + ")", told.why());
            }
        })) {
            case Imported.Done(UserImports.Report report) -> {
                answer.say("Users           added " + report.count(UserImports.Fate.ADDED) + ", invited "
                        + report.count(UserImports.Fate.INVITED) + ", already there "
                        + report.count(UserImports.Fate.THERE_ALREADY) + ", refused "
                        + report.count(UserImports.Fate.REFUSED));
                answer.put(
                        "users",
                        Map.of(
                                "added", report.count(UserImports.Fate.ADDED),
                                "invited", report.count(UserImports.Fate.INVITED),
                                "alreadyThere", report.count(UserImports.Fate.THERE_ALREADY),
                                "refused", report.count(UserImports.Fate.REFUSED)));
                yield report.count(UserImports.Fate.REFUSED) == 0;
            }
            case Imported.Broken(String why) -> answer.fail(why);
            case Imported.Refused _ -> answer.fail("The workspace was deleted");
        };
    }

    private boolean conversations(
            MigrationAnswer answer, MigrationOptions options, WorkspaceActor actor, Workspace workspace, Path folder) {
        var wanted = new ConversationMigration.MigrationRequest(
                workspace.project(), workspace.id(), folder, options.get("owner"), options.dryRun());
        Moved moved = conversations.run(actor, wanted, told -> {
            switch (told.fate()) {
                case MOVED -> answer.say("→ " + told.source() + ": " + told.text());
                case REFUSED -> answer.refused(told.source(), told.text());
                case THERE_ALREADY -> {
                    // Only counted, without a line each.
                }
            }
        });
        return told(answer, moved);
    }

    /// @return whether everything could be used
    private static boolean told(MigrationAnswer answer, Moved moved) {
        return switch (moved) {
            case Moved.Done(ConversationMigration.Report report) -> {
                answer.say("Conversations   moved " + report.conversations() + " with " + report.messages()
                        + " messages, already there " + report.thereAlready() + ", refused " + report.refused());
                answer.say("Files           moved " + report.files() + ", refused " + report.filesRefused());
                if (report.leftOut() > 0) {
                    answer.say("Left out        " + report.leftOut()
                            + " (tool and system messages, parts that are not text, links)");
                }
                answer.say(
                        answer.isDryRun()
                                ? "✅ Nothing was written. Run it without --dry-run to move the data"
                                : "✅ Done. The source files are unchanged. Fix what was refused, then run it again");
                answer.put(
                        "conversations",
                        Map.of(
                                "moved", report.conversations(),
                                "messages", report.messages(),
                                "alreadyThere", report.thereAlready(),
                                "refused", report.refused(),
                                "leftOut", report.leftOut()));
                answer.put("files", Map.of("moved", report.files(), "refused", report.filesRefused()));
                yield report.refused() + report.filesRefused() == 0;
            }
            case Moved.Unusable(String why) -> answer.fail(why);
            case Moved.Refused _ -> answer.fail("The workspace was deleted");
        };
    }
}
