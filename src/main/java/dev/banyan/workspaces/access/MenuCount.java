package dev.banyan.workspaces.access;

import dev.banyan.workspaces.WorkspaceActor.Member;

/// Counts what waits for a member in the inbox, for the menu of every page. The inbox implements it.
public interface MenuCount {

    /// "99+" for more; empty for nothing.
    String unread(Member member);
}
