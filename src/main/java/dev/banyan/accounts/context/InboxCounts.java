package dev.banyan.accounts.context;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;

/// Counts what is in the inboxes of an account's workspaces, for the navigation and the dashboard. Implemented by
/// `workspaces`.
public interface InboxCounts {

    /// Where counting stops; more is shown with a plus sign.
    long MOST = 1_000;

    /// The sums over all inboxes of an account, each up to [#MOST].
    ///
    /// @param unread conversations with unread messages
    /// @param waiting conversations whose customers wait for an answer
    record Counted(long unread, long waiting) {

        public static final Counted NOTHING = new Counted(0, 0);

        /// Formats a sum; "999+" for more than can be counted.
        public static String text(long sum) {
            return sum >= MOST ? Words.grouped(MOST - 1) + "+" : Words.grouped(sum);
        }
    }

    /// Returns zeros for a person without the right to work on workspaces.
    Counted of(Tx tx, AccountContext context);
}
