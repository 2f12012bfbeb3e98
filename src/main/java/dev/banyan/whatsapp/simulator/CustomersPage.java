package dev.banyan.whatsapp.simulator;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that simulates customers of a number of the pools.
@CheckedTemplate(basePath = "whatsapp")
record CustomersPage(PageFrame shell, CustomersView view) implements TemplateInstance {}
