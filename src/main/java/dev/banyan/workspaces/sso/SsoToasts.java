package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class SsoToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("sso-saved", "Single sign-on saved"), Map.entry("sso-removed", "Single sign-on removed"));
    }
}
