package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class AppearanceToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("icons-saved", "Social icons saved"), Map.entry("look-saved", "Appearance saved"));
    }
}
