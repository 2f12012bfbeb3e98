package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for admins of a workspace to add a user.
@CheckedTemplate(basePath = "workspaces")
record MemberAddUserPage(
        MemberShell member, AddWorkspaceUserPage.Values values, FieldErrors errors, String idempotencyKey)
        implements TemplateInstance {}
