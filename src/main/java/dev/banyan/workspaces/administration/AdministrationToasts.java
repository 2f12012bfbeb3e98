package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class AdministrationToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("project-created", "Project created"),
                Map.entry("project-saved", "Project saved"),
                Map.entry("project-deleted", "Project deleted"),
                Map.entry("workspaces-on", "Workspaces turned on"),
                Map.entry("workspaces-off", "Workspaces turned off"),
                Map.entry("registration-open", "Registration opened"),
                Map.entry("registration-closed", "Registration closed"),
                Map.entry("workspace-created", "Workspace created"),
                Map.entry("workspace-saved", "Workspace saved"),
                Map.entry("workspace-default", "Default workspace set"),
                Map.entry("look-saved", "Appearance saved"),
                Map.entry("limit-saved", "Limit saved"),
                Map.entry("workspace-suspended", "Workspace suspended"),
                Map.entry("workspace-activated", "Workspace activated"),
                Map.entry("workspace-deleted", "Workspace deleted"),
                Map.entry("template-marked", "Template set"),
                Map.entry("template-unmarked", "Template removed"),
                Map.entry("workspace-restored", "Workspace restored"),
                Map.entry(
                        "workspace-restored-alone",
                        "Workspace restored. Its WhatsApp number was removed: link it again."));
    }
}
