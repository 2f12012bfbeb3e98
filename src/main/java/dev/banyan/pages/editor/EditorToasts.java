package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class EditorToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("page-created", "Page created"),
                Map.entry("page-saved", "Page saved"),
                Map.entry("page-deleted", "Page deleted"),
                Map.entry("page-copied", "Page duplicated"),
                Map.entry("page-copied-partly", "Page duplicated. Some of it doesn’t fit the plan of that brand."),
                Map.entry("links-added", "Links added"),
                Map.entry("page-published", "Page published"),
                Map.entry("page-unpublished", "Page unpublished"),
                Map.entry("pages-ordered", "Order saved"),
                Map.entry("content-restored", "Restored"),
                Map.entry("message-us-saved", "“Message us” saved"));
    }
}
