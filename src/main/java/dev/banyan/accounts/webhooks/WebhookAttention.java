package dev.banyan.accounts.webhooks;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.accounts.context.AttentionItem.Urgency;
import dev.banyan.accounts.context.AttentionSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.webhooks.Endpoint;
import dev.banyan.platform.webhooks.Endpoints;
import jakarta.inject.Singleton;
import java.util.List;

/// Reports webhooks that the server has turned off, to the owners who can take them over.
@Singleton
final class WebhookAttention implements AttentionSource {

    private static final int SHOWN = 5;

    @Override
    public List<AttentionItem> items(Tx tx, AccountContext context) {
        return context.membership().isOwner()
                ? Endpoints.switchedOff(tx, context.owner(), SHOWN).stream()
                        .filter(endpoint -> endpoint.whose().workspace().isEmpty())
                        .map(endpoint -> item(endpoint, context.acting().username()))
                        .toList()
                : List.of();
    }

    private static AttentionItem item(Endpoint endpoint, String username) {
        return new AttentionItem(
                Urgency.WARN,
                "The webhook for " + endpoint.host() + " is off.",
                endpoint.offReason().orElse(""),
                "Open webhook",
                WebhooksPageResource.HOME + "/" + endpoint.id() + "?as=" + username);
    }
}
