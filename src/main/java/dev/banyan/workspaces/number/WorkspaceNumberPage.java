package dev.banyan.workspaces.number;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.WorkspaceHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The third tab of a workspace: its WhatsApp number.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceNumberPage(PageFrame shell, WorkspaceHead head, NumberPart part) implements TemplateInstance {}
