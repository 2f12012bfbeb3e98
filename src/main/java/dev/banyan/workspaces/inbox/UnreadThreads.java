package dev.banyan.workspaces.inbox;

import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.MenuCount;
import jakarta.inject.Singleton;

/// The count of unread threads, as shown in the menu.
@Singleton
final class UnreadThreads implements MenuCount {

    private final Inbox inbox;

    UnreadThreads(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public String unread(Member member) {
        return InboxPages.counted(inbox.unread(member));
    }
}
