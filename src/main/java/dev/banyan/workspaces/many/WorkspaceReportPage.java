package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.RunProgress;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Says what an act on many workspaces did, or how far it is.
///
/// @param tone of the banner: `good` or `warn`
/// @param lines those that are shown, problems first; `more` counts the others
/// @param running empty once it is over
@CheckedTemplate(basePath = "workspaces")
record WorkspaceReportPage(
        PageFrame shell,
        ProjectHead project,
        String title,
        String tone,
        List<Line> lines,
        long more,
        Optional<RunProgress> running,
        String back)
        implements TemplateInstance {

    /// `link` is an invitation to pass on by hand, or empty.
    record Line(String id, String name, String word, String tone, String why, String link) {}
}
