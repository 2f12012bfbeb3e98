package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.RunProgress;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Says what an act on many brands did, or how far it is.
///
/// @param running empty once it is over
@CheckedTemplate(basePath = "accounts")
record BulkReportPage(PageFrame shell, String title, BulkReport report, Optional<RunProgress> running, String back)
        implements TemplateInstance {}
