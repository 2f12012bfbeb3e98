package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class SupportToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.of(
                "support-requested", "Request sent to the owners",
                "support-begun", "Support access begun",
                "support-ended", "Support access ended",
                "support-allowed", "Support access allowed",
                "support-withdrawn", "Consent withdrawn");
    }
}
