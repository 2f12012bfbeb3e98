package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class DomainToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.of(
                "domain-added", "Domain added",
                "domain-checked", "Domain checked",
                "domain-removed", "Domain removed");
    }
}
