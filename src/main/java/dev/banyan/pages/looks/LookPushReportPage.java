package dev.banyan.pages.looks;

import dev.banyan.accounts.brands.BulkReport;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Says which brands got a look.
@CheckedTemplate(basePath = "pages")
record LookPushReportPage(PageFrame shell, BulkReport report) implements TemplateInstance {}
