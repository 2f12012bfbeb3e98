package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.mail.MailServerForm;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// This server's mail server. `fixed` is that of the settings, if they name one; `tested` says what became of a test
/// email.
@CheckedTemplate(basePath = "accounts")
record OperatorMailServerPage(
        PageFrame shell,
        Optional<Fixed> fixed,
        MailServerForm.Shown form,
        FieldErrors errors,
        boolean isSetUp,
        boolean hasPassword,
        Optional<Tested> tested)
        implements TemplateInstance {

    record Fixed(String host, int port, String user, String from) {}

    record Tested(boolean ok, String text) {}
}
