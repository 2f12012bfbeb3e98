package dev.banyan.workspaces.users;

import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The pending invitations of a workspace for its own admins.
@CheckedTemplate(basePath = "workspaces")
record MemberInvitationsPage(MemberShell member, InvitationList list) implements TemplateInstance {}
