package dev.banyan.workspaces.users;

import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Who is invited to a workspace, as its own admins see it. */
@CheckedTemplate(basePath = "workspaces")
record MemberInvitationsPage(MemberShell member, InvitationList list) implements TemplateInstance {}
