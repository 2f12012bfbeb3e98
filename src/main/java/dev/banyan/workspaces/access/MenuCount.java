package dev.banyan.workspaces.access;

import dev.banyan.workspaces.WorkspaceActor.Member;

/// Counts a member's unread threads for the menu of every page. Implemented by the inbox.
public interface MenuCount {

    /// "99+" for more; empty for none.
    String unread(Member member);
}
