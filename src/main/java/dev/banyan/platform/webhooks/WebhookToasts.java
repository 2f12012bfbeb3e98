package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class WebhookToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.of(
                "webhook-saved", "Webhook saved",
                "webhook-taken-over", "Webhook turned on. It is yours now",
                "webhook-deleted", "Webhook deleted",
                "webhook-tested", "Test event sent",
                "webhook-replayed", "Sending again");
    }
}
