package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** An admin of a workspace is asked whether somebody should go. */
@CheckedTemplate(basePath = "workspaces")
record MemberRemoveUserPage(MemberShell member, RemoveWorkspaceUserPage.RemovedUser user, Optional<FormProblem> problem)
        implements TemplateInstance {}
