package dev.banyan.accounts.webhooks;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// The webhooks of an account, or of a workspace (`inside`), and a form for another one. `home` is the address of this
/// page, `fresh` a secret that was just made and is shown only here.
@CheckedTemplate(basePath = "accounts")
record WebhooksPage(
        PageFrame shell,
        String home,
        Optional<WebhookPages.Inside> inside,
        List<Row> rows,
        Optional<Fresh> fresh,
        String url,
        List<Kind> kinds,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    record Fresh(String id, String secret) {}

    record Row(String id, String host, String url, String events, State state) {}

    /// How an endpoint does; `tone` is its color in the stylesheet.
    record State(String tone, String text, Optional<String> reason) {}

    /// A kind of event, such as `page.*`.
    record Kind(String pattern, String label, String types, boolean picked) {}
}
