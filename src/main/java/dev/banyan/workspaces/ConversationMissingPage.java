package dev.banyan.workspaces;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** A conversation that is deleted, somebody else's, or never was: alike. */
@CheckedTemplate(basePath = "workspaces")
record ConversationMissingPage(WorkspaceDoor door) implements TemplateInstance {}
