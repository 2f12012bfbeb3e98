package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.platform.BackgroundRuns;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.LongTask;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.migration.UserFile;
import dev.banyan.workspaces.migration.UserImports;
import dev.banyan.workspaces.migration.UserImports.ReportLine;
import jakarta.inject.Singleton;

/// Imports of long lists of users, which go on while their page is closed: a thousand passwords take half a minute to
/// hash. One at a time per workspace.
@Singleton
final class UserListRuns implements LongTaskSource {

    /// A longer list goes on after the request.
    static final int AT_ONCE = 20;

    /// An import and what became of its lines so far; without their passwords, as other admins see it, too.
    static final class Import extends BackgroundRuns.ListRun<ReportLine> {

        private final WorkspaceActor actor;
        private final String path;

        Import(WorkspaceActor actor, String path, long total, BooleanSupplier mayGoOn) {
            super(total, mayGoOn);
            this.actor = actor;
            this.path = path;
        }

        UserImports.Report report() {
            return new UserImports.Report(false, lines());
        }
    }

    private final UserImports users;
    private final Contexts contexts;
    private final BackgroundRuns<WorkspaceId, Import> runs = new BackgroundRuns<>();

    UserListRuns(UserImports users, Contexts contexts) {
        this.users = users;
        this.contexts = contexts;
    }

    /// Returns the running import of a workspace, or the last one that this server remembers.
    Optional<Import> of(WorkspaceId workspace) {
        return runs.of(workspace);
    }

    /// @return false while another one of the workspace, or too many of others, are running
    boolean begin(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, List<UserFile.Line> wanted) {
        String path = "/projects/" + project + "/sub-clients/" + workspace + "/users/import";
        var run = new Import(actor, path, wanted.size(), () -> mayGoOn(actor));
        return runs.begin(workspace, run, () -> users.add(actor, project, workspace, wanted, false, run::tell));
    }

    @Override
    public List<LongTask> ofAccount(Tx tx, AccountContext context, Set<String> asked) {
        return runs.of(_ -> true).stream()
                .filter(run -> run.actor.isOf(context))
                .map(run -> LongTask.of(run, "Import of " + Words.count(run.total(), "user", "users"), run.path))
                .toList();
    }

    /// Members of a workspace are looked up for each portion of the list anyway.
    private boolean mayGoOn(WorkspaceActor actor) {
        return switch (actor) {
            case WorkspaceActor.ProjectSide(AccountContext context) -> contexts.holds(context);
            case WorkspaceActor.Member _ -> true;
        };
    }
}
