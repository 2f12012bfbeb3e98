package dev.banyan.workspaces;

/// Somebody has a role without the inbox now: what they hold open of it must close. Fired in memory after the commit.
public record InboxAccessEnded(Participant user) {}
