package dev.banyan.accounts.brands;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Says what an act on many brands did.
@CheckedTemplate(basePath = "accounts")
record BulkReportPage(PageFrame shell, String title, BulkReport report, String back) implements TemplateInstance {}
