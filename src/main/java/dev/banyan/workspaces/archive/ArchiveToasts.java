package dev.banyan.workspaces.archive;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class ArchiveToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("workspace-imported", "Workspace imported"),
                Map.entry("export-busy", "Another export is running. Try again when it has finished."));
    }
}
