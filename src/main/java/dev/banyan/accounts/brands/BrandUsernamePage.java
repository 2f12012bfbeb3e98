package dev.banyan.accounts.brands;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The field for the username of a new brand, as it is while its display name is typed.
@CheckedTemplate(basePath = "accounts")
record BrandUsernamePage(
        PageFrame shell, CreateSubAccountPage.Values values, NameAnswer name, FieldErrors errors, String publicHost)
        implements TemplateInstance {}
