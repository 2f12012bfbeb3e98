package dev.banyan.workspaces.mail;

import module java.base;
import dev.banyan.platform.mail.MailServerForm;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The mail server of a workspace. `trouble` says that it hasn’t taken its last mails, `tested` what became of a test
/// mail.
@CheckedTemplate(basePath = "workspaces")
record MailServerPage(
        AdminFrame frame,
        String action,
        MailServerForm.Shown form,
        FieldErrors errors,
        boolean isSetUp,
        boolean hasPassword,
        Optional<String> trouble,
        Optional<Said> tested)
        implements TemplateInstance {

    record Said(boolean ok, String text) {}
}
