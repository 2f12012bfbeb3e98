package dev.banyan.workspaces.chat;

import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** A conversation that is deleted, somebody else's, or never was: alike. */
@CheckedTemplate(basePath = "workspaces")
public record ConversationMissingPage(WorkspaceDoor door) implements TemplateInstance {}
