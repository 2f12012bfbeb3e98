package dev.banyan.workspaces.access;

import dev.banyan.platform.web.page.Words;

/// The header above every tab of a workspace. `base` is the address of its pages, `path` its public address on this
/// server, `url` the full one; `reachable` says whether that address shows a sign-in form.
public record WorkspaceHead(
        String projectId,
        String projectName,
        String id,
        String name,
        String base,
        String path,
        String url,
        boolean suspended,
        boolean reachable,
        long users,
        Tab tab) {

    public enum Tab {
        OVERVIEW,
        USERS,
        WHATSAPP,
        ASSISTANT,
        API_KEYS,
        USAGE,
        AUDIT,
        SETTINGS
    }

    /// The address without its scheme, for display.
    public String shownUrl() {
        return url.replaceFirst("^https?://", "");
    }

    /// For the tab: "1,204".
    public String usersText() {
        return Words.grouped(users);
    }

    /// For sentences: "1,204 users".
    public String usersCount() {
        return Words.count(users, "user", "users");
    }

    public boolean onOverview() {
        return tab == Tab.OVERVIEW;
    }

    public boolean onUsers() {
        return tab == Tab.USERS;
    }

    public boolean onAssistant() {
        return tab == Tab.ASSISTANT;
    }

    public boolean onApiKeys() {
        return tab == Tab.API_KEYS;
    }

    public boolean onUsage() {
        return tab == Tab.USAGE;
    }

    public boolean onAudit() {
        return tab == Tab.AUDIT;
    }

    public boolean onSettings() {
        return tab == Tab.SETTINGS;
    }

    public boolean onWhatsApp() {
        return tab == Tab.WHATSAPP;
    }
}
