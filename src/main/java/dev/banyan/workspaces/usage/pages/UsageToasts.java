package dev.banyan.workspaces.usage.pages;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class UsageToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.of("usage-limits-saved", "Limits saved");
    }
}
