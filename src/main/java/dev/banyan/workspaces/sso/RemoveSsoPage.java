package dev.banyan.workspaces.sso;

import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks to confirm that single sign-on is removed. `action` is the address of the settings.
@CheckedTemplate(basePath = "workspaces")
record RemoveSsoPage(AdminFrame frame, String action) implements TemplateInstance {}
