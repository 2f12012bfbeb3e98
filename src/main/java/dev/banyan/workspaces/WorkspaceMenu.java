package dev.banyan.workspaces;

import java.util.List;
import java.util.stream.Stream;

/// Where people go who have signed in to a workspace, in the order of the menu. A new page of members gets its line
/// here; who may not use it does not see it.
enum WorkspaceMenu {
    CHAT("Chat", "/chat", Right.SEE_WORKSPACE),
    WHATSAPP("WhatsApp", "/whatsapp", Right.LINK_NUMBER);

    /// One entry as the page shows it.
    ///
    /// @param path below the workspace's address
    record Entry(String label, String path, boolean current) {}

    private final String label;
    private final String path;
    private final Right right;

    WorkspaceMenu(String label, String path, Right right) {
        this.label = label;
        this.path = path;
        this.right = right;
    }

    /// The menu of somebody with this role, on this page.
    static List<Entry> of(WorkspaceRole role, WorkspaceMenu current) {
        return Stream.of(values())
                .filter(place -> place.right.isOf(role))
                .map(place -> new Entry(place.label, place.path, place == current))
                .toList();
    }
}
