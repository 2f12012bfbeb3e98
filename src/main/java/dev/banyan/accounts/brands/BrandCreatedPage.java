package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Says what doesn't fit the plan, of the content that a new brand began with.
///
/// @param editor where the work on it continues
@CheckedTemplate(basePath = "accounts")
record BrandCreatedPage(PageFrame shell, SubAccountCard card, List<String> leftOut, String editor, PackUpgrade upgrade)
        implements TemplateInstance {}
