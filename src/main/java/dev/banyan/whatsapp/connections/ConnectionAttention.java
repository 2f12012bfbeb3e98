package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.accounts.context.AttentionItem.Urgency;
import dev.banyan.accounts.context.AttentionSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.http.OutboundHttp;
import jakarta.inject.Singleton;

/// Reports connections at addresses that this server does not call: they were taken once, and never answer.
@Singleton
record ConnectionAttention(OutboundHttp outbound) implements AttentionSource {

    private static final int MOST = 3;

    @Override
    public List<AttentionItem> items(Tx tx, AccountContext context) {
        if (context.isSubAccount() || !context.membership().workspaces()) {
            return List.of();
        }
        return new ConnectionStore(tx)
                .list(context.root().id()).stream()
                        .flatMap(connection ->
                                connection.url().map(URI::getHost).filter(outbound::isRefusedAddress).stream()
                                        .map(host -> new AttentionItem(
                                                Urgency.WARN,
                                                "The connection “" + connection.name() + "” can’t be reached.",
                                                OutboundHttp.notCalled(host) + ".",
                                                "Open connection",
                                                "/admin/pools/connections/" + connection.id() + "?as="
                                                        + context.acting().username())))
                        .limit(MOST)
                        .toList();
    }
}
