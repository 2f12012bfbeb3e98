package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form that changes the username of an account.
///
/// @param username the present one
/// @param typed the one in the form
/// @param leadsUntil the day until which the present one would lead on; asks to confirm the other one
@CheckedTemplate(basePath = "accounts")
record UsernamePage(
        PageFrame shell,
        String publicHost,
        String username,
        String typed,
        Optional<String> leadsUntil,
        FieldErrors errors)
        implements TemplateInstance {}
