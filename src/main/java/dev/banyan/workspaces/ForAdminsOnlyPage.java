package dev.banyan.workspaces;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Says to a user of a workspace that a page is for its admins. */
@CheckedTemplate(basePath = "workspaces")
record ForAdminsOnlyPage(MemberShell member) implements TemplateInstance {}
