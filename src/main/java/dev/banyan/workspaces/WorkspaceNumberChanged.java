package dev.banyan.workspaces;

import dev.banyan.platform.cluster.News;

/// A workspace got or lost its number. Fired in memory after the commit.
public record WorkspaceNumberChanged(WorkspaceId workspace) implements News {}
