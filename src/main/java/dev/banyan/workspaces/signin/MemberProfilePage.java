package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.workspaces.access.MemberShell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A user's own profile in a workspace: names, password, sessions.
@CheckedTemplate(basePath = "workspaces")
record MemberProfilePage(MemberShell member, Values values, List<String> zones, FieldErrors errors)
        implements TemplateInstance {

    /// The form input.
    record Values(String username, String email, String timeZone) {}
}
