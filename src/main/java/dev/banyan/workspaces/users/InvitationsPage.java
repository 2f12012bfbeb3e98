package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.WorkspaceHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Beside the users of a workspace: who is invited, and the form that invites somebody. */
@CheckedTemplate(basePath = "workspaces")
record InvitationsPage(PageFrame shell, WorkspaceHead head, InvitationList list) implements TemplateInstance {}
