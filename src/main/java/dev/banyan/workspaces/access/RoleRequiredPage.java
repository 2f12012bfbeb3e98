package dev.banyan.workspaces.access;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Tells people of a workspace that a page takes another role; {@code who} may open it. */
@CheckedTemplate(basePath = "workspaces")
record RoleRequiredPage(MemberShell member, String who) implements TemplateInstance {}
