package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks a user of a workspace for their password again; `provider` is the name of the one where they sign in instead,
/// `next` the page to go back to.
@CheckedTemplate(basePath = "workspaces")
record MemberProofPage(
        WorkspaceDoor door, String email, Optional<String> provider, String next, Optional<FormProblem> problem)
        implements TemplateInstance {}
