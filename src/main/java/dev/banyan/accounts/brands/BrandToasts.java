package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class BrandToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("sub-account-created", "Brand created"),
                Map.entry("template-saved", "Template saved"),
                Map.entry(
                        "template-saved-partly", "Template saved. Some pictures didn’t fit the storage of your plan."),
                Map.entry("template-renamed", "Template renamed"),
                Map.entry("template-deleted", "Template deleted"),
                Map.entry("sub-account-saved", "Details saved"),
                Map.entry("sub-account-suspended", "Brand suspended"),
                Map.entry("sub-account-reactivated", "Brand reactivated"),
                Map.entry("sub-account-deleted", "Brand deleted. You can restore it for 30 days."),
                Map.entry("sub-account-restored", "Brand restored"));
    }
}
