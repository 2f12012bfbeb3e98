package dev.banyan.workspaces.audit;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Moment;
import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// What was done in a workspace. `file` is the address of the same entries as a file; `mistake` is one in the filters;
/// then there are no rows.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceAuditPage(
        AdminFrame frame,
        String file,
        WorkspaceAudit.Query query,
        List<Choice> actions,
        List<Row> rows,
        Optional<String> mistake,
        boolean firstPage,
        Optional<String> next)
        implements TemplateInstance {

    /// One act.
    record Row(Moment at, String what, String action, String who, String ip, Map<String, String> facts) {}
}
