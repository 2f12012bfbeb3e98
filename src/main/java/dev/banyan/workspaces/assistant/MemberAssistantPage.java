package dev.banyan.workspaces.assistant;

import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The assistant of a workspace for its own admins; `saved` says that the form was just saved.
@CheckedTemplate(basePath = "workspaces")
record MemberAssistantPage(MemberShell member, boolean saved, AssistantEditor editor) implements TemplateInstance {}
