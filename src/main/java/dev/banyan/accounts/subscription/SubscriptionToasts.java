package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class SubscriptionToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(Map.entry("plan-changed", "Plan changed"), Map.entry("brands-kept", "Choice saved"));
    }
}
