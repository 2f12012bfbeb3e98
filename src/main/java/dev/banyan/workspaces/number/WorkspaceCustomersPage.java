package dev.banyan.workspaces.number;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.simulator.CustomersView;
import dev.banyan.workspaces.access.WorkspaceHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that simulates customers of a workspace's simulated number.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceCustomersPage(PageFrame shell, WorkspaceHead head, CustomersView view) implements TemplateInstance {}
