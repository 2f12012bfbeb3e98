package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** An admin of a workspace adds somebody. */
@CheckedTemplate(basePath = "workspaces")
record MemberAddUserPage(
        MemberShell member, AddWorkspaceUserPage.Values values, FieldErrors errors, String idempotencyKey)
        implements TemplateInstance {}
