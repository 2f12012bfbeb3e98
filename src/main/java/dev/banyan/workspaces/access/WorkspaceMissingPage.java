package dev.banyan.workspaces.access;

import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** An address without a workspace, or with one that is switched off: alike. */
@CheckedTemplate(basePath = "workspaces")
record WorkspaceMissingPage(Door door) implements TemplateInstance {}
