package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks to confirm that a user of a workspace is removed.
@CheckedTemplate(basePath = "workspaces")
record RemoveWorkspaceUserPage(AdminFrame frame, RemovedUser user, Optional<FormProblem> problem)
        implements TemplateInstance {

    record RemovedUser(int id, String username, String email) {}
}
