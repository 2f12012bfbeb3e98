package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/// Asks an admin of a workspace to confirm that a user is removed.
@CheckedTemplate(basePath = "workspaces")
record MemberRemoveUserPage(MemberShell member, RemoveWorkspaceUserPage.RemovedUser user, Optional<FormProblem> problem)
        implements TemplateInstance {}
