package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class AssistantToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(Map.entry("assistant-saved", "Assistant saved"));
    }
}
