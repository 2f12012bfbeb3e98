package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page on which the owner chooses which brands stay while the plan has no room for all. `consequence` says what
/// happens to the others.
@CheckedTemplate(basePath = "accounts")
record KeepBrandsPage(PageFrame shell, KeptBrands staying, String consequence, Optional<FormProblem> problem)
        implements TemplateInstance {}
