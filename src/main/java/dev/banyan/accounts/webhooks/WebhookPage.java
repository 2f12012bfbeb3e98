package dev.banyan.accounts.webhooks;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// One webhook: its health, what was sent, and its settings.
///
/// @param home the address of the list
/// @param inside what it belongs to, if it is not the account
/// @param shown the state that is listed; empty for all
/// @param more the address of older deliveries
@CheckedTemplate(basePath = "accounts")
record WebhookPage(
        PageFrame shell,
        String home,
        Optional<WebhookPages.Inside> inside,
        String id,
        String host,
        WebhooksPage.State state,
        boolean active,
        Optional<String> secret,
        String shown,
        List<Row> rows,
        Optional<String> more,
        String url,
        List<WebhooksPage.Kind> kinds,
        FieldErrors errors)
        implements TemplateInstance {

    /// One delivery; `tone` is the color of its state.
    record Row(
            String id,
            String type,
            String at,
            String tone,
            String state,
            String tries,
            Optional<String> problem,
            boolean ended,
            String request,
            Optional<String> answer) {}
}
