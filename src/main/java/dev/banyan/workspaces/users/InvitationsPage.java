package dev.banyan.workspaces.users;

import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The pending invitations of a workspace and the form for a new one; belongs to the page of users.
@CheckedTemplate(basePath = "workspaces")
record InvitationsPage(AdminFrame frame, InvitationList list) implements TemplateInstance {}
