package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class ApiKeyToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("api-key-saved", "API key saved"),
                Map.entry("api-key-disabled", "API key disabled"),
                Map.entry("api-key-enabled", "API key enabled"),
                Map.entry("api-key-deleted", "API key deleted"));
    }
}
