package dev.banyan.platform.webhooks;

import module java.base;

/// What an API key needs to hear an event: the permission of the routes on which it can read the same. People who may
/// set up a webhook may read all that it hears.
public enum Reading {
    PAGES("pages:read"),
    LINKS("links:read"),
    SHORT_LINKS("shortlinks:read"),
    DOMAINS("domains:read"),
    BRANDS("brands:read"),
    MEMBERS("members:read"),
    SUBSCRIPTION("subscription:read"),
    PROJECTS("projects:read"),
    /// Workspaces, but not what is written in them.
    WORKSPACES("workspaces:read"),
    USERS("users:read"),
    /// Numbers, but not what is written over them.
    NUMBERS("numbers:read"),
    POOLS("pools:read"),
    CAMPAIGNS("campaigns:read"),
    MESSAGES("messages:read"),
    /// Who of them wants no campaigns.
    CONTACTS("contacts:read"),
    /// What visitors do. There can be far more of it than of anything else, so it is sent only to those who chose it by
    /// its name: no pattern means it.
    VISITS("analytics:read"),
    /// No key of an account reads it: what is said in conversations, what leaves the account, and who of the server
    /// works in it.
    PEOPLE(""),
    /// It tells nothing, so every key may hear it.
    NOTHING("");

    private final String permission;

    Reading(String permission) {
        this.permission = permission;
    }

    /// Returns the permission; empty for no permission, or if none is enough.
    public Optional<String> permission() {
        return Optional.of(permission).filter(word -> !word.isEmpty());
    }

    boolean isHeldBy(Set<String> permissions) {
        return this == NOTHING || permissions.contains(permission);
    }
}
