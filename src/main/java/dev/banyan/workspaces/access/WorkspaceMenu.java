package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceRole;

/// The pages for signed-in users of a workspace, in menu order. Add a line here for each new page; it is hidden from
/// roles that may not use it. The user's profile opens from their picture instead.
public enum WorkspaceMenu {
    CHAT("Chat", "/chat", Right.SEE_WORKSPACE),
    INBOX("Inbox", "/inbox", Right.USE_INBOX),
    USERS("Users", "/users", Right.CHANGE_USERS),
    WHATSAPP("WhatsApp", "/whatsapp", Right.LINK_NUMBER),
    ASSISTANT("Assistant", "/assistant", Right.CHANGE_ASSISTANT),
    API_KEYS("API keys", "/api-keys", Right.MANAGE_API_KEYS),
    USAGE("Usage", "/usage", Right.SEE_USAGE),
    AUDIT("Audit log", "/audit", Right.SEE_AUDIT),
    SETTINGS("Settings", "/settings", Right.CHANGE_DETAILS),
    PROFILE("Profile", "/profile", Right.SEE_WORKSPACE);

    /// A menu entry as rendered.
    ///
    /// @param path below the workspace's address
    /// @param unread the number of unread threads: "99+" for more, empty for none
    record Entry(String label, String path, boolean current, String unread) {

        public boolean hasUnread() {
            return !unread.isEmpty();
        }
    }

    private final String label;
    final String path;
    /// The right that the page needs.
    final Right right;

    WorkspaceMenu(String label, String path, Right right) {
        this.label = label;
        this.path = path;
        this.right = right;
    }

    /// Returns where a member of this role begins: agents at their work.
    static WorkspaceMenu startOf(WorkspaceRole role) {
        return role == WorkspaceRole.AGENT ? INBOX : CHAT;
    }

    /// The document for people about this page, which the help menu offers.
    public String guide() {
        return switch (this) {
            case CHAT, PROFILE -> "/docs/guides/workspace-admin";
            case INBOX -> "/docs/guides/workspace-admin#answer-customers";
            case USERS -> "/docs/guides/workspace-admin#add-people";
            case WHATSAPP -> "/docs/guides/workspace-admin#link-a-number";
            case ASSISTANT -> "/docs/guides/workspace-admin#teach-the-assistant";
            case API_KEYS -> "/docs/guides/integrator";
            case USAGE -> "/docs/guides/workspace-admin#see-what-you-use";
            case AUDIT -> "/docs/security";
            case SETTINGS -> "/docs/guides/workspace-admin#make-it-yours";
        };
    }

    /// The tab of the same screen on the project's side.
    WorkspaceHead.Tab tab() {
        return WorkspaceHead.Tab.valueOf(name());
    }

    /// Returns the menu for this member on this page.
    ///
    /// @param unread the number of unread threads in the inbox
    static List<Entry> of(WorkspaceActor.Member member, WorkspaceMenu current, String unread) {
        return Stream.of(values())
                .filter(place ->
                        place != PROFILE && place.right.isOf(member.user().role()))
                .filter(place -> place != CHAT || !member.isVisitor()) // conversations belong to users
                .map(place -> new Entry(place.label, place.path, place == current, place == INBOX ? unread : ""))
                .toList();
    }
}
