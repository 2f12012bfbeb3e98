package dev.banyan.workspaces;

/// Something in a workspace's inbox is different. Fired in memory after the commit, for open inboxes.
///
/// @param what kind of news it is
public record InboxChanged(WorkspaceId workspace, ConversationId thread, What what) {

    /// What is different.
    public enum What {
        /// There is a new message, a note or a line about what was done.
        MESSAGE,
        /// Who looks after it, its state, tags, contact or whether it is read.
        THREAD,
        /// How far a message has come.
        DELIVERY
    }
}
