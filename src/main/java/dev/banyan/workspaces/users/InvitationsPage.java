package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.WorkspaceHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The pending invitations of a workspace and the form for a new one; belongs to the page of users.
@CheckedTemplate(basePath = "workspaces")
record InvitationsPage(PageFrame shell, WorkspaceHead head, InvitationList list) implements TemplateInstance {}
