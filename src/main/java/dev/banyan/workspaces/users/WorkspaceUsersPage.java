package dev.banyan.workspaces.users;

import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The users of a workspace.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceUsersPage(AdminFrame frame, WorkspaceUserList list) implements TemplateInstance {}
