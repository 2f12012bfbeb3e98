package dev.banyan.workspaces.assistant;

import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The assistant of a workspace as its own admins see it; {@code saved} says that the page before this one saved it. */
@CheckedTemplate(basePath = "workspaces")
record MemberAssistantPage(MemberShell member, boolean saved, AssistantEditor editor) implements TemplateInstance {}
