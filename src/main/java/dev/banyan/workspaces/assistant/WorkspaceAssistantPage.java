package dev.banyan.workspaces.assistant;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.WorkspaceHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The assistant's tab of a workspace: who answers in it, and how.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceAssistantPage(PageFrame shell, WorkspaceHead head, AssistantEditor editor)
        implements TemplateInstance {}
