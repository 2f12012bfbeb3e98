package dev.banyan.accounts.webhooks;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.accounts.context.AttentionItem.Urgency;
import dev.banyan.accounts.context.AttentionSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.platform.web.page.Words;
import dev.banyan.platform.webhooks.Endpoint;
import dev.banyan.platform.webhooks.Endpoints;
import jakarta.inject.Singleton;
import java.util.List;

/// Reports webhooks at addresses that this server does not call, to owners: they were taken once, and nothing arrives.
@Singleton
final class WebhookAttention implements AttentionSource {

    private final Endpoints endpoints;

    WebhookAttention(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public List<AttentionItem> items(Tx tx, AccountContext context) {
        if (!context.membership().isOwner()) {
            return List.of();
        }
        List<Endpoint> never = endpoints.neverCalled(tx, context.acting().owner());
        return never.isEmpty()
                ? List.of()
                : List.of(new AttentionItem(
                        Urgency.WARN,
                        "Nothing arrives at " + Words.count(never.size(), "webhook", "webhooks") + ".",
                        OutboundHttp.notCalled(never.getFirst().host()) + ".",
                        "Open webhooks",
                        "/admin/integrations?as=" + context.acting().username()));
    }
}
