package dev.banyan.workspaces.chat;

import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The conversation was deleted, belongs to another user, or never existed; all three look the same.
@CheckedTemplate(basePath = "workspaces")
public record ConversationMissingPage(WorkspaceDoor door) implements TemplateInstance {}
