package dev.banyan.workspaces.archive;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.exports.AccountPart;
import dev.banyan.accounts.exports.ExportFolder;
import dev.banyan.accounts.exports.ImportFolder;
import dev.banyan.accounts.exports.ImportedIds;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.BadArchive;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The workspaces of an account in an archive: `workspaces.json`, and an archive of each of them. They aren't imported
/// with a brand: each is a file that “Import workspace” reads, into any project.
@Singleton
final class WorkspacePart implements AccountPart {

    static final String FILE = "workspaces.json";
    private static final int PROJECTS_AT_ONCE = 100;
    private static final int WORKSPACES_AT_ONCE = 100;

    /// @param file its archive, below the account's folder
    record OfWorkspace(String project, String name, String file) {}

    private final WorkspaceExports exports;

    WorkspacePart(WorkspaceExports exports) {
        this.exports = exports;
    }

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
    public Prepared prepare(Owner to, ImportFolder from) throws BadArchive {
        int count = from.json(FILE).size();
        return count == 0 ? NOTHING : new Ready(count);
    }

    /// Workspaces that stay in the archive.
    private record Ready(int count) implements Prepared {

        @Override
        public Taken take(Tx tx, Actor actor, Account account, ImportedIds ids) {
            return new Taken(
                    Map.of(),
                    List.of(),
                    List.of(Words.count(
                            count,
                            "workspace is still only in the file. Unpack it and import it into a project.",
                            "workspaces are still only in the file. Unpack them and import each into a project.")));
        }

        @Override
        public void close(boolean committed) {
            // nothing to delete
        }
    }
}
