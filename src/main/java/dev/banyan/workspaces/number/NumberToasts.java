package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class NumberToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("number-unlinked", "Number unlinked"),
                Map.entry("number-removed", "Number removed"),
                Map.entry("pool-attached", "Pool attached"),
                Map.entry("pool-detached", "Pool detached"));
    }
}
