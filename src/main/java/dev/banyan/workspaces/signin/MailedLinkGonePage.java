package dev.banyan.workspaces.signin;

import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A mailed link that was used or revoked, has expired, or never existed; `query` leads on to the page
/// that they asked for.
@CheckedTemplate(basePath = "workspaces")
record MailedLinkGonePage(WorkspaceDoor door, String query) implements TemplateInstance {}
