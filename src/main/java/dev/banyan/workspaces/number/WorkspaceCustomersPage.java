package dev.banyan.workspaces.number;

import dev.banyan.whatsapp.simulator.CustomersView;
import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that simulates customers of a workspace's simulated number.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceCustomersPage(AdminFrame frame, CustomersView view) implements TemplateInstance {}
