package dev.banyan.workspaces.access;

import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceRole;
import java.util.List;
import java.util.stream.Stream;

/// Where people go who have signed in to a workspace, in the order of the menu. A new page of members gets its line
/// here; who may not use it does not see it. The own profile is behind one's own picture.
public enum WorkspaceMenu {
    CHAT("Chat", "/chat", Right.SEE_WORKSPACE),
    INBOX("Inbox", "/inbox", Right.USE_INBOX),
    USERS("Users", "/users", Right.CHANGE_USERS),
    WHATSAPP("WhatsApp", "/whatsapp", Right.LINK_NUMBER),
    ASSISTANT("Assistant", "/assistant", Right.CHANGE_ASSISTANT),
    SETTINGS("Settings", "/settings", Right.CHANGE_DETAILS),
    PROFILE("Profile", "/profile", Right.SEE_WORKSPACE);

    /// One entry as the page shows it.
    ///
    /// @param path below the workspace's address
    /// @param unread how much in it nobody has read: "99+" for more, empty for nothing
    record Entry(String label, String path, boolean current, String unread) {

        public boolean hasUnread() {
            return !unread.isEmpty();
        }
    }

    private final String label;
    private final String path;
    private final Right right;

    WorkspaceMenu(String label, String path, Right right) {
        this.label = label;
        this.path = path;
        this.right = right;
    }

    /// The menu of somebody with this role, on this page.
    ///
    /// @param unread how many threads of the inbox nobody has read
    static List<Entry> of(WorkspaceRole role, WorkspaceMenu current, String unread) {
        return Stream.of(values())
                .filter(place -> place != PROFILE && place.right.isOf(role))
                .map(place -> new Entry(place.label, place.path, place == current, place == INBOX ? unread : ""))
                .toList();
    }
}
