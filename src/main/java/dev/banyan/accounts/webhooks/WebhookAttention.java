package dev.banyan.accounts.webhooks;

import module java.base;
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

/// Reports webhooks that the server has turned off, and those at addresses that it never calls, to the owners who
/// can do something about it.
@Singleton
record WebhookAttention(Endpoints endpoints) implements AttentionSource {

    private static final int SHOWN = 5;

    @Override
    public List<AttentionItem> items(Tx tx, AccountContext context) {
        if (!context.membership().isOwner()) {
            return List.of();
        }
        String username = context.acting().username();
        List<Endpoint> never = endpoints.neverCalled(tx, context.acting().owner());
        Stream<AttentionItem> notCalled =
                never.stream().limit(1).map(first -> notCalled(first, never.size(), username));
        Stream<AttentionItem> off = Endpoints.switchedOff(tx, context.owner(), SHOWN).stream()
                .filter(endpoint -> endpoint.whose().workspace().isEmpty())
                .map(endpoint -> off(endpoint, username));
        return Stream.concat(notCalled, off).toList();
    }

    private static AttentionItem notCalled(Endpoint first, int webhooks, String username) {
        return new AttentionItem(
                Urgency.WARN,
                "Nothing arrives at " + Words.count(webhooks, "webhook", "webhooks") + ".",
                OutboundHttp.notCalled(first.host()) + ".",
                "Open webhooks",
                AccountWebhooksPageResource.HOME + "?as=" + username);
    }

    private static AttentionItem off(Endpoint endpoint, String username) {
        return new AttentionItem(
                Urgency.WARN,
                "The webhook for " + endpoint.host() + " is off.",
                endpoint.offReason().orElse(""),
                "Open webhook",
                AccountWebhooksPageResource.HOME + "/" + endpoint.id() + "?as=" + username);
    }
}
