package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class ShortLinkToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("short-link-created", "Short link created"),
                Map.entry("short-links-imported", "Short links created"),
                Map.entry("short-links-imported-in-part", "Short links created. Lines with errors were skipped."),
                Map.entry("short-link-saved", "Short link saved"),
                Map.entry("short-link-on", "Short link turned on"),
                Map.entry("short-link-off", "Short link turned off"),
                Map.entry("short-link-deleted", "Short link deleted"));
    }
}
