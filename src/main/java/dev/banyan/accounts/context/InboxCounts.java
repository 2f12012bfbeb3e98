package dev.banyan.accounts.context;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;

/// Counts what is in the inboxes of an account's workspaces, for the navigation and the dashboard. Implemented by
/// `workspaces`.
public interface InboxCounts {

    /// Where counting stops; more is shown with a plus sign.
    long MOST = 1_000;

    /// Counts conversations with unread messages over all inboxes of an account, up to [#MOST]. Zero for a person
    /// without the right to work on workspaces.
    long unread(Tx tx, AccountContext context);

    /// Counts conversations whose customers wait for an answer, in the same way.
    long waiting(Tx tx, AccountContext context);

    /// Formats a sum; "999+" for more than can be counted.
    static String text(long sum) {
        return sum >= MOST ? Words.grouped(MOST - 1) + "+" : Words.grouped(sum);
    }
}
