package dev.banyan.workspaces.audit;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Words;
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
    record Row(Instant at, String what, String action, String who, String ip, Map<String, String> facts) {

        public String day() {
            return Words.day(at);
        }

        /// Returns the time, such as "09:41:07".
        public String time() {
            return Words.seconds(at);
        }

        /// Returns the time for the tooltip.
        public String exact() {
            return Words.exact(at);
        }

        /// Returns the time for machines, such as "2026-11-20T09:41:07.123Z".
        public String iso() {
            return at.toString();
        }
    }
}
