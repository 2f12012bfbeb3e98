package dev.banyan.platform.webhooks;

import module java.base;

/// What an API key needs to hear an event: the permission of the routes on which it can read the same. People who may
/// set up a webhook may read all that it hears.
public enum Reading {
    PAGES("read:pages"),
    LINKS("read:links"),
    SHORT_LINKS("read:shortlinks"),
    DOMAINS("write:pages"),
    BRANDS("manage:subaccounts"),
    MEMBERS("list:user_manager"),
    SUBSCRIPTION("read:subscription"),
    /// Projects and workspaces, but not what is written in them.
    PROJECTS("manage:workspaces"),
    /// No key reads it: what is said in conversations, numbers and their messages, what leaves the
    /// account, and who of the server works in it.
    PEOPLE(""),
    /// It tells nothing, so every key may hear it.
    NOTHING("");

    private final String permission;

    Reading(String permission) {
        this.permission = permission;
    }

    /// Returns the permission, in the words of the LinkToMe contract; empty for no permission, or if none is enough.
    public Optional<String> permission() {
        return Optional.of(permission).filter(word -> !word.isEmpty());
    }

    boolean isHeldBy(Set<String> permissions) {
        return this == NOTHING || permissions.contains(permission);
    }
}
