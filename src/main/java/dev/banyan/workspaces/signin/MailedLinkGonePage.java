package dev.banyan.workspaces.signin;

import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** A mailed link that was used, taken back, is too old, or never was one. */
@CheckedTemplate(basePath = "workspaces")
record MailedLinkGonePage(WorkspaceDoor door) implements TemplateInstance {}
