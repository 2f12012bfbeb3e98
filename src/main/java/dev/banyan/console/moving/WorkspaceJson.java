package dev.banyan.console.moving;

import dev.banyan.workspaces.Workspace;

/// A workspace in the JSON answers of the commands that move data.
///
/// @param path of its public page
record WorkspaceJson(String id, String name, String path) {

    static WorkspaceJson of(Workspace workspace) {
        return new WorkspaceJson(workspace.id().value(), workspace.name(), "/s/" + workspace.shortPath());
    }
}
