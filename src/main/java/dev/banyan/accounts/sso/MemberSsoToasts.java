package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class MemberSsoToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.of("sso-saved", "Single sign-on saved", "sso-removed", "Single sign-on removed");
    }
}
