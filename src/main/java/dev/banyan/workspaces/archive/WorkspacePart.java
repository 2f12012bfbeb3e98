package dev.banyan.workspaces.archive;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.exports.AccountPart;
import dev.banyan.accounts.exports.ExportFolder;
import dev.banyan.accounts.exports.ImportFolder;
import dev.banyan.accounts.exports.ImportedIds;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.UnusableArchive;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.archive.WorkspaceImports.Imported;
import jakarta.inject.Singleton;

/// The workspaces of an account in an archive: `workspaces.json`, and an archive of each of them, as “Import workspace”
/// reads it. They follow a brand that was imported, each in a transaction of its own: they hold all its conversations.
@Singleton
record WorkspacePart(WorkspaceExports exports, WorkspaceImports imports, Projects projects, Settings settings)
        implements AccountPart {

    static final String FILE = "workspaces.json";
    private static final int PROJECTS_AT_ONCE = 100;
    private static final int WORKSPACES_AT_ONCE = 100;

    /// @param file its archive, below the account's folder
    record OfWorkspace(String project, String name, String file) {}

    private static final int MOST = 1_000;

    @Override
    public int order() {
        return 40;
    }

    @Override
    public void write(Tx tx, Owner owner, ExportFolder to) {
        var listed = new ArrayList<OfWorkspace>();
        Optional<ProjectId> after = Optional.empty();
        List<Project> projects;
        do {
            projects = new ProjectStore(tx).list(owner, after, PROJECTS_AT_ONCE);
            for (Project project : projects) {
                all(tx, project).forEach(workspace -> {
                    String file = "workspaces/" + workspace.id().value() + ".zip";
                    listed.add(new OfWorkspace(project.name(), workspace.name(), file));
                    to.later(file, out -> {
                        Path archive = exports.archive(workspace);
                        try {
                            Files.copy(archive, out);
                        } finally {
                            Files.deleteIfExists(archive);
                        }
                    });
                });
            }
            after = projects.isEmpty()
                    ? Optional.empty()
                    : Optional.of(projects.getLast().id());
        } while (projects.size() == PROJECTS_AT_ONCE);
        to.json(FILE, listed);
        to.count("workspaces", listed.size());
    }

    private static List<Workspace> all(Tx tx, Project project) {
        var all = new ArrayList<Workspace>();
        var order = WorkspaceQuery.Order.OLDEST;
        Optional<WorkspaceQuery.Cursor> after = Optional.empty();
        List<Workspace> some;
        do {
            some = new WorkspaceStore(tx)
                    .list(
                            project.owner(),
                            project.id(),
                            new WorkspaceQuery(
                                    "", Optional.empty(), Optional.empty(), order, after, WORKSPACES_AT_ONCE));
            all.addAll(some);
            after = some.isEmpty() ? Optional.empty() : Optional.of(WorkspaceQuery.Cursor.of(some.getLast(), order));
        } while (some.size() == WORKSPACES_AT_ONCE);
        return all;
    }

    @Override
    public Prepared prepare(Owner to, ImportFolder from) throws UnusableArchive {
        JsonNode listed = from.json(FILE);
        if (listed.size() > MOST) {
            throw new UnusableArchive("It has more than 1,000 workspaces");
        }
        var found = new ArrayList<OfWorkspace>();
        for (JsonNode one : listed) {
            found.add(new OfWorkspace(
                    one.path("project").asText(""),
                    one.path("name").asText(""),
                    one.path("file").asText("")));
        }
        return found.isEmpty() ? NOTHING : new Ready(from, List.copyOf(found));
    }

    /// Workspaces that wait for their account.
    private final class Ready implements Prepared {

        private final ImportFolder from;
        private final List<OfWorkspace> listed;

        Ready(ImportFolder from, List<OfWorkspace> listed) {
            this.from = from;
            this.listed = listed;
        }

        @Override
        public Taken take(Tx tx, Actor actor, Account account, ImportedIds ids) {
            return new Taken(Map.of("workspaces", (long) listed.size()), List.of(), List.of());
        }

        @Override
        public Taken finish(AccountContext context) {
            var made = new HashMap<String, Optional<ProjectId>>();
            var missing = new ArrayList<String>();
            for (OfWorkspace one : listed) {
                made.computeIfAbsent(one.project(), name -> project(context, name))
                        .map(project -> refusal(context, project, one))
                        .orElseGet(() -> Optional.of("Its project has no valid name"))
                        .ifPresent(why -> missing.add("“" + one.name() + "” was not imported. " + why
                                + ". It is still in the file: unpack it and import it into a project."));
            }
            return new Taken(Map.of("workspaces", (long) -missing.size()), List.of(), List.copyOf(missing));
        }

        private Optional<ProjectId> project(AccountContext context, String name) {
            var wanted = new Projects.Change(Optional.of(name), Optional.empty(), Optional.of(true), Optional.empty());
            return projects.create(context, wanted).fold(project -> Optional.of(project.id()), _ -> Optional.empty());
        }

        /// Imports a workspace.
        ///
        /// @return why that was not possible
        private Optional<String> refusal(AccountContext context, ProjectId project, OfWorkspace one) {
            var why = new AtomicReference<Optional<String>>(Optional.of("The file doesn’t have it"));
            try {
                from.read(one.file(), content -> why.set(imported(context, project, content)));
            } catch (UnusableArchive bad) {
                return Optional.of(bad.why());
            }
            return why.get();
        }

        private Optional<String> imported(AccountContext context, ProjectId project, InputStream content)
                throws IOException {
            Path archive = settings.temporaryFile("workspace", ".zip");
            try {
                Files.copy(content, archive, StandardCopyOption.REPLACE_EXISTING);
                return switch (imports.run(context, project, archive, Optional.empty(), false)) {
                    case Imported.Done _ -> Optional.empty();
                    case Imported.Broken(String why) -> Optional.of(why);
                    case Imported.Refused _ -> Optional.of("Your plan has no room for it");
                    case Imported.Busy _ -> Optional.of("Another import was running");
                };
            } finally {
                Files.deleteIfExists(archive);
            }
        }

        @Override
        public void close(boolean committed) {
            // Files are placed with their workspace.
        }
    }
}
