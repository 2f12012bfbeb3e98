package dev.banyan.workspaces.access;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Tells a member that a page requires another role; `who` lists the roles that may open it.
@CheckedTemplate(basePath = "workspaces")
record RoleRequiredPage(MemberShell member, String who) implements TemplateInstance {}
