package dev.banyan.workspaces;

/// A workspace has got its number, or has lost it. Fired in memory after the commit.
public record WorkspaceNumberChanged(WorkspaceId workspace) {}
