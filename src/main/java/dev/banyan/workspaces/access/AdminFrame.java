package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;

/// What surrounds a screen of a workspace's administration: the account's frame and the workspace's tabs, or the shell
/// of a member. Render it with `workspaces/admin`. `base` is the address of the workspace's pages, `name` the
/// workspace's name; `dialog` says that the page is opened as a dialog.
public record AdminFrame(
        String title,
        String base,
        String name,
        boolean dialog,
        Optional<PageFrame> account,
        Optional<WorkspaceHead> head,
        Optional<MemberShell> member) {

    static AdminFrame of(PageFrame account, WorkspaceHead head, boolean dialog) {
        return new AdminFrame(
                account.title(),
                head.base(),
                head.name(),
                dialog,
                Optional.of(account),
                Optional.of(head),
                Optional.empty());
    }

    static AdminFrame of(MemberShell member) {
        WorkspaceDoor door = member.door();
        return new AdminFrame(
                door.title(), door.path(), door.name(), false, Optional.empty(), Optional.empty(), Optional.of(member));
    }

    /// Returns the query of every link: `?as=username`, or empty.
    public String query() {
        return account.map(PageFrame::query).orElse("");
    }
}
