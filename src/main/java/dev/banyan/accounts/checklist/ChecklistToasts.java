package dev.banyan.accounts.checklist;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class ChecklistToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.of(
                "checklist-hidden", "Checklist hidden. You can show it again in Settings.",
                "checklist-shown", "Checklist shown");
    }
}
