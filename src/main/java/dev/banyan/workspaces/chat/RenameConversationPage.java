package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form to rename a conversation.
@CheckedTemplate(basePath = "workspaces")
record RenameConversationPage(WorkspaceDoor door, String conversation, String title, Optional<FormProblem> problem)
        implements TemplateInstance {}
