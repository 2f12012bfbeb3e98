package dev.banyan.workspaces.number;

import dev.banyan.whatsapp.simulator.CustomersView;
import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Plays customers of a workspace's simulated number, for its own admins. */
@CheckedTemplate(basePath = "workspaces")
record MemberCustomersPage(MemberShell member, CustomersView view) implements TemplateInstance {}
