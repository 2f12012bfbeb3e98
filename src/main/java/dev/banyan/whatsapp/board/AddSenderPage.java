package dev.banyan.whatsapp.board;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/// The page that adds a master, or a servant of `master`. The form is sent to `action`.
@CheckedTemplate(basePath = "whatsapp")
record AddSenderPage(
        PageFrame shell,
        Optional<Master> master,
        String action,
        Values values,
        FieldErrors errors,
        String idempotencyKey,
        boolean fragment)
        implements TemplateInstance {

    record Master(String id, String name) {}

    record Values(String displayName, String phone, String purpose, boolean backup) {
        static final Values EMPTY = new Values("", "", "", false);
    }
}
