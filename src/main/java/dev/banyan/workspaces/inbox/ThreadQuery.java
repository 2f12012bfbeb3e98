package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.workspaces.ConversationCursor;

/// A request for threads of the inbox, last used first.
///
/// @param tag only threads with this tag
/// @param search words as typed; blank finds all
public record ThreadQuery(
        View view, Optional<String> tag, String search, Optional<ConversationCursor> after, int limit) {

    /// The lists of an inbox.
    public enum View implements Keyed {
        OPEN("Open"),
        /// Open, and assigned to the caller.
        MINE("Mine"),
        /// Open and unassigned.
        UNASSIGNED("Unassigned"),
        CLOSED("Closed"),
        /// Open or closed, with notes that mention the caller.
        MENTIONS("Mentions");

        public final String label;

        View(String label) {
            this.label = label;
        }
    }

    public static ThreadQuery of(View view, int limit) {
        return new ThreadQuery(view, Optional.empty(), "", Optional.empty(), limit);
    }
}
