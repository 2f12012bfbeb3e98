package dev.banyan.workspaces;

import dev.banyan.platform.cluster.News;

/// A user's role no longer includes the inbox: their open inbox sockets must close. Fired in memory after the commit.
public record InboxAccessEnded(Participant user) implements News {}
