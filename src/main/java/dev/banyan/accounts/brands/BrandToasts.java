package dev.banyan.accounts.brands;

import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;
import java.util.Map;

/// Sentences about what was done here.
@Singleton
final class BrandToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("sub-account-created", "Sub-account created"),
                Map.entry("sub-account-saved", "Details saved"),
                Map.entry("sub-account-suspended", "Sub-account suspended"),
                Map.entry("sub-account-reactivated", "Sub-account reactivated"),
                Map.entry("sub-account-deleted", "Sub-account deleted. You can restore it for 30 days."),
                Map.entry("sub-account-restored", "Sub-account restored"));
    }
}
