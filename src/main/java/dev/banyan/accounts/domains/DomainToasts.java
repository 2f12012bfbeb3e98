package dev.banyan.accounts.domains;

import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;
import java.util.Map;

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
