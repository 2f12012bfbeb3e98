package dev.banyan.workspaces;

/// A workspace got or lost its number. Fired in memory after the commit.
public record WorkspaceNumberChanged(WorkspaceId workspace) {}
