package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.WorkspaceHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/// Asks to confirm that a user of a workspace is removed.
@CheckedTemplate(basePath = "workspaces")
record RemoveWorkspaceUserPage(
        PageFrame shell, WorkspaceHead head, RemovedUser user, Optional<FormProblem> problem, boolean fragment)
        implements TemplateInstance {

    record RemovedUser(int id, String username, String email) {}
}
