package dev.banyan.workspaces.users;

import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The users of a workspace as its own admins see them. */
@CheckedTemplate(basePath = "workspaces")
record MemberUsersPage(MemberShell member, WorkspaceUserList list) implements TemplateInstance {}
