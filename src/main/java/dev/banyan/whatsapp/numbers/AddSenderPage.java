package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.access.SenderName;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that adds a master, or a servant of `master`. The form is sent to `action`.
@CheckedTemplate(basePath = "whatsapp")
record AddSenderPage(
        PageFrame shell,
        Optional<SenderName> master,
        String action,
        Values values,
        FieldErrors errors,
        String idempotencyKey,
        boolean fragment,
        List<Choice> connections)
        implements TemplateInstance {

    /// @param connection the id of a connection; empty for a simulated number
    /// @param remote what the gateway calls a number that it has already
    record Values(String displayName, String phone, String purpose, boolean backup, String connection, String remote) {}
}
