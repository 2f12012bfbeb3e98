package dev.banyan.workspaces.access;

import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// No workspace has this address, or it is switched off; both look the same.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceMissingPage(Door door) implements TemplateInstance {}
