package dev.banyan.workspaces.inbox;

import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.MenuCount;
import jakarta.inject.Singleton;

/// The count of unread threads, as shown in the menu.
@Singleton
record UnreadThreads(Inbox inbox) implements MenuCount {

    @Override
    public String unread(Member member) {
        return InboxPages.counted(inbox.unread(member));
    }
}
