package dev.banyan.workspaces.number;

import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The number of a workspace for its own admins.
@CheckedTemplate(basePath = "workspaces")
record MemberNumberPage(MemberShell member, NumberPart part) implements TemplateInstance {}
