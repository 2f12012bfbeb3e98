package dev.banyan.workspaces.users;

import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The users of a workspace for its own admins.
@CheckedTemplate(basePath = "workspaces")
record MemberUsersPage(MemberShell member, WorkspaceUserList list) implements TemplateInstance {}
