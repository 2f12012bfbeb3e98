package dev.banyan.console.moving;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.console.Command;
import dev.banyan.console.ConsoleAccounts;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.migration.ConversationMigration;
import dev.banyan.workspaces.migration.ConversationMigration.Moved;
import dev.banyan.workspaces.migration.ProjectMigration;
import dev.banyan.workspaces.migration.UserImports;
import dev.banyan.workspaces.migration.UserImports.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `migrate-project`: migrates users, conversations and files of the seed's server into a workspace. The folder is read
/// where the server runs.
final class MigrateProjectCommand implements Command {

    static final String NAME = "migrate-project";
    private static final int MOST_WORDS = 15;
    private static final long LARGEST_LIST = 2L * 1024 * 1024;

    private final ConsoleAccounts accounts;
    private final ProjectMigration named;
    private final Workspaces workspaces;
    private final UserImports users;
    private final ConversationMigration conversations;

    MigrateProjectCommand(
            ConsoleAccounts accounts,
            ProjectMigration named,
            Workspaces workspaces,
            UserImports users,
            ConversationMigration conversations) {
        this.accounts = accounts;
        this.named = named;
        this.workspaces = workspaces;
        this.users = users;
        this.conversations = conversations;
    }

    @Override
    public Description description() {
        return new Description(
                Group.UTILITY,
                List.of(NAME),
                "--project P --workspace W --from DIR",
                "--project Atlas --create \"Sales Team\" --from /old/data/A1 --users users.csv --dry-run",
                "Move users, conversations and files into a workspace",
                3,
                MOST_WORDS);
    }

    @Override
    public boolean needsAccount() {
        return false; // sub-accounts have projects too
    }

    @Override
    public Outcome run(Order order) {
        MigrationOptions options;
        try {
            options = MigrationOptions.parse(
                    order.words(), List.of("project", "workspace", "create", "from", "users", "owner"));
        } catch (MigrationOptions.Wrong wrong) {
            return order.fail(wrong.why());
        }
        Optional<String> project = options.get("project");
        if (project.isEmpty()
                || options.get("workspace").isPresent() == options.get("create").isPresent()
                || options.get("from").isEmpty() && options.get("users").isEmpty()) {
            order.fail("Usage: " + description().usage());
            order.say("💡 More options: --create NAME (a new workspace), --users FILE, --owner NAME, --dry-run");
            return Outcome.FAILED;
        }
        Optional<AccountContext> context = accounts.context(order);
        return context.flatMap(acting -> Found.project(order, named.project(acting, project.get()), project.get())
                        .map(found -> into(order, options, acting, found)))
                .orElse(Outcome.FAILED);
    }

    private Outcome into(Order order, MigrationOptions options, AccountContext context, Project project) {
        String name = options.get("create").or(() -> options.get("workspace")).orElseThrow();
        boolean creates = options.get("create").isPresent();
        ProjectMigration.Named<Workspace> meant = named.workspace(context, project.id(), name);
        if (meant instanceof ProjectMigration.Named.Nobody<Workspace> && creates && options.dryRun()) {
            return look(order, options, name);
        }
        Optional<Workspace> workspace = switch (meant) {
            case ProjectMigration.Named.One<Workspace>(Workspace found) -> Optional.of(found);
            case ProjectMigration.Named.Several<Workspace> _ -> {
                order.fail("Several workspaces are called “" + name + "”; use an id");
                yield Optional.empty();
            }
            case ProjectMigration.Named.Nobody<Workspace> _
            when creates && !options.dryRun() -> create(order, context, project, name);
            case ProjectMigration.Named.Nobody<Workspace> _ -> {
                order.fail("Workspace “" + name + "” not found");
                yield Optional.empty();
            }
        };
        return workspace.map(found -> move(order, options, context, found)).orElse(Outcome.FAILED);
    }

    /// A dry run for a workspace that doesn't exist yet.
    private Outcome look(Order order, MigrationOptions options, String name) {
        order.say("This is a dry run: nothing is written");
        order.say("→ The workspace “" + name + "” would be created; users are looked at once it is there");
        boolean well = options.get("from")
                .map(from -> told(
                        order,
                        true,
                        conversations.look(
                                Path.of(from),
                                told -> order.say((told.fate() == ConversationMigration.Fate.REFUSED ? "❌ " : "→ ")
                                        + told.source() + ": " + told.text()))))
                .orElse(true);
        return well ? Outcome.DONE : Outcome.FAILED;
    }

    private Optional<Workspace> create(Order order, AccountContext context, Project project, String name) {
        return switch (workspaces.create(context, project.id(), name, Optional.empty())) {
            case Workspaces.Created.Done(Workspace workspace) -> {
                order.say("✅ Workspace created: " + workspace.name() + " (" + workspace.id() + ", /s/"
                        + workspace.shortPath() + ")");
                yield Optional.of(workspace);
            }
            case Workspaces.Created.NotEnabled _ -> refused(order, "Workspaces are off in this project; turn them on");
            case Workspaces.Created.Refused(Refusal.LimitReached limit) ->
                refused(order, "All " + limit.max() + " workspaces are used");
            case Workspaces.Created.Refused(Refusal.Rejected rejected) ->
                refused(order, rejected.first().apiMessage());
            case Workspaces.Created.Refused _ -> refused(order, "The project was deleted");
        };
    }

    private static Optional<Workspace> refused(Order order, String why) {
        order.fail(why);
        return Optional.empty();
    }

    private Outcome move(Order order, MigrationOptions options, AccountContext context, Workspace workspace) {
        var actor = new WorkspaceActor.ProjectSide(context);
        if (options.dryRun()) {
            order.say("This is a dry run: nothing is written");
        }
        order.say("→ Into the workspace “" + workspace.name() + "” (" + workspace.id() + ")");
        // Users first, because conversations belong to them.
        boolean well = options.get("users")
                .map(file -> users(order, options, actor, workspace, Path.of(file)))
                .orElse(true);
        boolean alsoWell = options.get("from")
                .map(folder -> conversations(order, options, actor, workspace, Path.of(folder)))
                .orElse(true);
        return well && alsoWell ? Outcome.DONE : Outcome.FAILED;
    }

    /// @return whether everything could be used
    private boolean users(Order order, MigrationOptions options, WorkspaceActor actor, Workspace workspace, Path file) {
        byte[] list;
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST_LIST) {
                order.fail(file + " is no file of 2 MB or less that this server can read");
                return false;
            }
            list = Files.readAllBytes(file);
        } catch (IOException failure) {
            order.fail(file + " cannot be read: " + failure.getMessage());
            return false;
        }
        return switch (users.run(actor, workspace.project(), workspace.id(), list, options.dryRun(), told -> {
            if (told.fate() == UserImports.Fate.REFUSED) {
                order.say("❌ user in line " + told.number() + " (" + told.username() + "): " + told.why());
            }
        })) {
            case Imported.Done(UserImports.Report report) -> {
                order.say("Users           added " + report.count(UserImports.Fate.ADDED) + ", invited "
                        + report.count(UserImports.Fate.INVITED) + ", there already "
                        + report.count(UserImports.Fate.THERE_ALREADY) + ", refused "
                        + report.count(UserImports.Fate.REFUSED));
                yield report.count(UserImports.Fate.REFUSED) == 0;
            }
            case Imported.Broken(String why) -> {
                order.fail(why);
                yield false;
            }
            case Imported.Refused _ -> {
                order.fail("The workspace was deleted");
                yield false;
            }
        };
    }

    private boolean conversations(
            Order order, MigrationOptions options, WorkspaceActor actor, Workspace workspace, Path folder) {
        var wanted = new ConversationMigration.MigrationRequest(
                workspace.project(), workspace.id(), folder, options.get("owner"), options.dryRun());
        Moved moved = conversations.run(actor, wanted, told -> {
            switch (told.fate()) {
                case MOVED -> order.say("→ " + told.source() + ": " + told.text());
                case REFUSED -> order.say("❌ " + told.source() + ": " + told.text());
                case THERE_ALREADY -> {
                    // Only counted, without a line each.
                }
            }
        });
        return told(order, options.dryRun(), moved);
    }

    /// @return whether everything could be used
    private static boolean told(Order order, boolean dryRun, Moved moved) {
        return switch (moved) {
            case Moved.Done(ConversationMigration.Report report) -> {
                order.say("Conversations   moved " + report.conversations() + " with " + report.messages()
                        + " messages, there already " + report.thereAlready() + ", refused " + report.refused());
                order.say("Files           moved " + report.files() + ", refused " + report.filesRefused());
                if (report.leftOut() > 0) {
                    order.say("Left out        " + report.leftOut()
                            + " (messages of tools and the system, parts that are no text, links)");
                }
                order.say(
                        dryRun
                                ? "✅ Nothing was written; run it without --dry-run to move"
                                : "✅ Done; the sources are as they were. Run it again after mending what is refused");
                yield report.refused() + report.filesRefused() == 0;
            }
            case Moved.Unusable(String why) -> {
                order.fail(why);
                yield false;
            }
            case Moved.Refused _ -> {
                order.fail("The workspace was deleted");
                yield false;
            }
        };
    }

    /// What a name refers to; prints an error if the lookup fails.
    static final class Found {

        private Found() {}

        static Optional<Project> project(Order order, ProjectMigration.Named<Project> named, String typed) {
            return switch (named) {
                case ProjectMigration.Named.One<Project>(Project project) -> Optional.of(project);
                case ProjectMigration.Named.Nobody<Project> _ -> {
                    order.fail("Project “" + typed + "” not found; is it another account's? See --account");
                    yield Optional.empty();
                }
                case ProjectMigration.Named.Several<Project> _ -> {
                    order.fail("Several projects are called “" + typed + "”; use an id");
                    yield Optional.empty();
                }
            };
        }
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return List.of();
    }
}
