package dev.banyan.workspaces.signin;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Somebody's own login in a workspace: names, password, sessions. */
@CheckedTemplate(basePath = "workspaces")
record MemberProfilePage(MemberShell member, Values values, FieldErrors errors) implements TemplateInstance {

    /** As typed. */
    record Values(String username, String email) {}
}
