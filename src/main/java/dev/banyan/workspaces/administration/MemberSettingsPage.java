package dev.banyan.workspaces.administration;

import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The settings of a workspace for its own admins.
@CheckedTemplate(basePath = "workspaces")
record MemberSettingsPage(MemberShell member, WorkspaceSettingsForm form) implements TemplateInstance {}
