package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Whether support may act for the account, and who did.
///
/// @param forcible whether this server lets operators in without consent
/// @param allowedUntil a moment, while it is allowed
/// @param requests the reasons of those who ask for it
@CheckedTemplate(basePath = "accounts")
record SupportPage(
        PageFrame shell,
        boolean forcible,
        Optional<String> allowedUntil,
        List<String> requests,
        List<SupportRow> rows,
        FieldErrors errors)
        implements TemplateInstance {}
