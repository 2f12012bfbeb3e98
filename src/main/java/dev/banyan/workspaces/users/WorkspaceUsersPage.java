package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.WorkspaceHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The second tab of a workspace: its users.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceUsersPage(PageFrame shell, WorkspaceHead head, WorkspaceUserList list) implements TemplateInstance {}
