package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class ExportToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.of(
                "export-requested", "Export started. We’ll email you when it’s ready.",
                "export-deleted", "Export deleted",
                "brand-imported", "Brand imported");
    }
}
