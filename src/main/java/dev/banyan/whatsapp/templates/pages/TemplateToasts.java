package dev.banyan.whatsapp.templates.pages;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class TemplateToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.of("templates-synced", "Templates synchronized", "template-tested", "Test message queued");
    }
}
