package dev.banyan.whatsapp;

import dev.banyan.platform.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Plays customers of a simulated number of the pools. */
@CheckedTemplate(basePath = "whatsapp")
record CustomersPage(Shell shell, CustomersView view) implements TemplateInstance {}
