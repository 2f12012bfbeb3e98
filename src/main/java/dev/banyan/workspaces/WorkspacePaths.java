package dev.banyan.workspaces;

import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.OwnPath;

/// Addresses of the pages of projects and workspaces, without the query string that links add.
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

    /// The public address of the workspace.
    public static String publicPath(Workspace workspace) {
        return "/s/" + workspace.shortPath();
    }

    /// Returns the address of the workspace for people: at its own host, if it has one.
    public static String address(Settings settings, Workspace workspace) {
        return workspace.customDomain().map(settings::at).orElse(settings.baseUrl()) + publicPath(workspace);
    }

    /// Returns the page that a form was sent from, if it belongs to this project, with the result key as a parameter.
    ///
    /// @param instead used if the form names no valid page
    public static String back(ProjectId project, String back, String instead, String done) {
        String path = OwnPath.of(back)
                .filter(own -> own.startsWith("/projects/" + project + "/"))
                .orElse(instead);
        return path + (path.contains("?") ? "&" : "?") + "done=" + done;
    }
}
