package dev.banyan.workspaces.sso;

import dev.banyan.platform.sso.SamlProvider.Leaving;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Leads on to a provider that wants to be asked with a form, which sends itself.
@CheckedTemplate(basePath = "workspaces")
record SsoLeavingPage(WorkspaceDoor door, String provider, Leaving to) implements TemplateInstance {}
