package dev.banyan.workspaces;

import dev.banyan.platform.Keyed;
import dev.banyan.platform.cluster.News;

/// A workspace's inbox has changed. Fired in memory after the commit, for open inboxes.
///
/// @param what the kind of change
public record InboxChanged(WorkspaceId workspace, ConversationId thread, What what) implements News {

    /// The kind of change.
    public enum What implements Keyed {
        /// A new message, note or line about an action.
        MESSAGE,
        /// Its assignee, state, tags, contact or read mark.
        THREAD,
        /// The delivery state of a message.
        DELIVERY
    }
}
