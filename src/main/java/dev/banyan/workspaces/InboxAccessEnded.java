package dev.banyan.workspaces;

/// A user's role no longer includes the inbox: their open inbox sockets must close. Fired in memory after the commit.
public record InboxAccessEnded(Participant user) {}
