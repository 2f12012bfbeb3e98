package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class ReportToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("report-on", "Weekly report turned on"), Map.entry("report-off", "Weekly report turned off"));
    }
}
