package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class SettingsToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("profile-saved", "Profile saved"),
                Map.entry("navigation-saved", "Navigation saved"),
                Map.entry("email-saved", "We sent a link to your new email"),
                Map.entry("email-cancelled", "Email change canceled"),
                Map.entry("link-mailed", "Link sent"),
                Map.entry("password-saved", "Password changed"),
                Map.entry("session-ended", "Device signed out"),
                Map.entry("sessions-ended", "Signed out everywhere else"),
                Map.entry("device-mails-on", "New device alerts on"),
                Map.entry("device-mails-off", "New device alerts off"),
                Map.entry("passkey-added", "Passkey added"),
                Map.entry("passkey-renamed", "Passkey renamed"),
                Map.entry("passkey-removed", "Passkey removed"),
                Map.entry("second-factor-off", "Two-step verification is off"),
                Map.entry("name-saved", "Name saved"),
                Map.entry("phone-saved", "Phone saved"),
                Map.entry("phone-removed", "Phone removed"));
    }
}
