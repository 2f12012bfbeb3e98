package dev.banyan.workspaces.sso;

import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Leads on to the provider, where the person signs out, too. `provider` is the address there. A redirect wouldn’t do:
/// browsers don’t let a form lead to another site.
@CheckedTemplate(basePath = "workspaces")
record SsoSignedOutPage(WorkspaceDoor door, String provider) implements TemplateInstance {}
