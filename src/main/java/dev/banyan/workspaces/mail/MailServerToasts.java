package dev.banyan.workspaces.mail;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class MailServerToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.of("mail-saved", "Mail server saved", "mail-removed", "Mail server removed");
    }
}
