package dev.banyan.workspaces.assistant;

import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The assistant of a workspace: who answers in it, and how. `saved` says that the form was just saved.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceAssistantPage(AdminFrame frame, boolean saved, AssistantEditor editor) implements TemplateInstance {}
