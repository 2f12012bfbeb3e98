package dev.banyan.workspaces.trash;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The deleted workspaces of a project. `nextHref` is the rest of the list, or empty.
@CheckedTemplate(basePath = "workspaces")
record DeletedWorkspacesPage(
        PageFrame shell,
        ProjectHead project,
        List<Row> rows,
        String after,
        String nextHref,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /// `deleted` and `erased` are dates.
    record Row(String id, String name, String path, String users, TimeText deleted, TimeText erased) {

        static Row of(DeletedWorkspaces.Deleted deleted) {
            return new Row(
                    deleted.workspace().id().toString(),
                    deleted.workspace().name(),
                    WorkspacePaths.publicPath(deleted.workspace()),
                    Words.count(deleted.workspace().users(), "user", "users"),
                    Words.dayTime(deleted.deletedAt()),
                    Words.dayTime(deleted.erasedAt()));
        }
    }
}
