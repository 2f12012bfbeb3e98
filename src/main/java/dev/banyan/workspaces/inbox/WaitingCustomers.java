package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.accounts.context.AttentionItem.Urgency;
import dev.banyan.accounts.context.AttentionSource;
import dev.banyan.accounts.context.InboxCounts;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceInboxStore;
import jakarta.inject.Singleton;

/// What waits in the inboxes of an account, for its navigation and dashboard.
@Singleton
final class WaitingCustomers implements InboxCounts, AttentionSource {

    /// With so many inboxes, each with at least one, the sum is beyond [InboxCounts#MOST].
    private static final int INBOXES = Math.toIntExact(MOST);

    @Override
    public long unread(Tx tx, AccountContext context) {
        return context.membership().workspaces() ? new WorkspaceInboxStore(tx).unread(context.owner(), INBOXES) : 0;
    }

    @Override
    public long waiting(Tx tx, AccountContext context) {
        return context.membership().workspaces() ? new WorkspaceInboxStore(tx).waiting(context.owner(), INBOXES) : 0;
    }

    @Override
    public List<AttentionItem> items(Tx tx, AccountContext context) {
        long waiting = waiting(tx, context);
        return waiting == 0
                ? List.of()
                : List.of(new AttentionItem(
                        Urgency.WARN,
                        (waiting == 1 ? "1 customer is" : InboxCounts.text(waiting) + " customers are")
                                + " waiting for an answer.",
                        "",
                        "Open inboxes",
                        "/admin/inboxes?as=" + context.acting().username() + "&show=waiting"));
    }
}
