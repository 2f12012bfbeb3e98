package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page on which operators begin to act for an account, or ask for it.
///
/// @param startable whether they may begin: the owners allow it, or the server needs no consent
/// @param allowedUntil a moment, while owners allow it
/// @param waiting since when their request waits
@CheckedTemplate(basePath = "accounts")
record OperatorSupportPage(
        PageFrame shell,
        String accountId,
        String accountName,
        boolean startable,
        Optional<String> allowedUntil,
        Optional<String> waiting,
        String reason,
        List<SupportRow> rows,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
