package dev.banyan.pages.looks;

import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;
import java.util.Map;

/// Sentences about what was done here.
@Singleton
final class AppearanceToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("icons-saved", "Social icons saved"), Map.entry("look-saved", "Appearance saved"));
    }
}
