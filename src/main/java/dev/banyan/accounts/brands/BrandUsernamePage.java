package dev.banyan.accounts.brands;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The field for the username of a new brand, as it is while its display name is typed.
///
/// @param focus whether typing goes on in this field
@CheckedTemplate(basePath = "accounts")
record BrandUsernamePage(
        PageFrame shell,
        CreateSubAccountPage.Values values,
        NameAnswer name,
        FieldErrors errors,
        String publicHost,
        boolean focus)
        implements TemplateInstance {}
