package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for a new workspace: with `fragment` only the dialog for htmx, else the same form on its own page. `usage`
/// is the sentence under the title; `mailing` says whether this server mails an invitation.
@CheckedTemplate(basePath = "workspaces")
record CreateWorkspacePage(
        PageFrame shell,
        ProjectHead project,
        String usage,
        Values values,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String idempotencyKey,
        boolean mailing,
        boolean fragment)
        implements TemplateInstance {

    /// `admin` is the choice of a first admin: `create`, `invite` or `later`.
    record Values(String name, String description, String admin, String username, String email) {
        static final Values EMPTY = new Values("", "", "create", "", "");

        public boolean creates() {
            return admin.equals("create");
        }

        public boolean invites() {
            return admin.equals("invite");
        }

        public boolean later() {
            return !creates() && !invites();
        }
    }
}
