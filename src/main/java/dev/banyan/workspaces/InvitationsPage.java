package dev.banyan.workspaces;

import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** Beside the users of a workspace: who is invited, and the form that invites somebody. */
@CheckedTemplate(basePath = "workspaces")
record InvitationsPage(
        Shell shell,
        WorkspaceHead head,
        List<Row> rows,
        boolean firstPage,
        Optional<String> next,
        String email,
        String role,
        FieldErrors errors)
        implements TemplateInstance {

    record Row(String email, String username, String role, boolean expired, String until) {}
}
