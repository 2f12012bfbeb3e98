package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.platform.web.request.OwnerPage;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// One webhook: its health, what was sent, and its settings.
///
/// @param home the address of the list
/// @param inside what it belongs to, if it is not the account
/// @param shown the state that is listed; empty for all
/// @param more the address of older deliveries
@CheckedTemplate(basePath = "platform")
record WebhookPage(
        PageFrame shell,
        String home,
        Optional<OwnerPage.Inside> inside,
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

    private static final int REQUEST_SHOWN = 4_000;

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
            Optional<String> answer) {

        static Row of(Delivery delivery) {
            String took = delivery.tookMillis()
                    .map(millis -> " in " + Words.grouped(millis) + " ms")
                    .orElse("");
            return new Row(
                    delivery.id().toString(),
                    delivery.type(),
                    Words.moment(delivery.createdAt()),
                    switch (delivery.state()) {
                        case DELIVERED -> "good";
                        case WAITING -> "info";
                        case FAILED -> "bad";
                    },
                    switch (delivery.state()) {
                        case DELIVERED -> "Delivered";
                        case WAITING -> delivery.attempts() == 0 ? "Waiting" : "Trying again";
                        case FAILED -> "Failed";
                    },
                    delivery.status().map(status -> status + took).orElse("")
                            + (delivery.attempts() > 1 ? ", " + Words.count(delivery.attempts(), "try", "tries") : ""),
                    delivery.error(),
                    delivery.state() != Delivery.State.WAITING,
                    delivery.body()
                            .substring(
                                    0, Math.min(REQUEST_SHOWN, delivery.body().length())),
                    delivery.answer());
        }
    }
}
