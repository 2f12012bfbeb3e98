package dev.banyan.workspaces.number;

import dev.banyan.whatsapp.simulator.CustomersView;
import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page where a workspace's admins simulate customers of its simulated number.
@CheckedTemplate(basePath = "workspaces")
record MemberCustomersPage(MemberShell member, CustomersView view) implements TemplateInstance {}
