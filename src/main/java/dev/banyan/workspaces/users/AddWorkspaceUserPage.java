package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for a new user of a workspace. If it is shown again with errors, the password is not kept.
@CheckedTemplate(basePath = "workspaces")
record AddWorkspaceUserPage(AdminFrame frame, Values values, FieldErrors errors, String idempotencyKey)
        implements TemplateInstance {

    record Values(String username, String email, String role) {
        static final Values EMPTY = new Values("", "", "user");
    }
}
