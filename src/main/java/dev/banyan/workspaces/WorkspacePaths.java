package dev.banyan.workspaces;

import dev.banyan.platform.web.OwnPath;

/// Addresses of the pages about projects and workspaces, without the query that every link adds.
public final class WorkspacePaths {

    private WorkspacePaths() {}

    public static String settings(ProjectId project) {
        return "/projects/" + project + "/sub-client/settings";
    }

    public static String management(ProjectId project) {
        return "/projects/" + project + "/sub-clients/management";
    }

    public static String workspace(ProjectId project, WorkspaceId workspace) {
        return "/projects/" + project + "/sub-clients/" + workspace;
    }

    /// Where people of the workspace come in.
    public static String publicPath(Workspace workspace) {
        return "/s/" + workspace.shortPath();
    }

    /// The page that a form was sent from, if it is one of this project's, with the word for what was done.
    ///
    /// @param instead for a form that says nothing or nonsense
    public static String back(ProjectId project, String back, String instead, String done) {
        String path = OwnPath.of(back)
                .filter(own -> own.startsWith("/projects/" + project + "/"))
                .orElse(instead);
        return path + (path.contains("?") ? "&" : "?") + "done=" + done;
    }
}
