package dev.banyan.workspaces.chat;

import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Says what deleting a conversation means, and asks to confirm it.
@CheckedTemplate(basePath = "workspaces")
record DeleteConversationPage(WorkspaceDoor door, String conversation, String title, String messagesText)
        implements TemplateInstance {}
