package dev.banyan.accounts.settings;

import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;
import java.util.Map;

/// Sentences about what was done here.
@Singleton
final class SettingsToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("profile-saved", "Profile saved"),
                Map.entry("email-saved", "We sent a link to your new e-mail"),
                Map.entry("email-cancelled", "E-mail change cancelled"),
                Map.entry("link-mailed", "Link sent"),
                Map.entry("password-saved", "Password changed"),
                Map.entry("session-ended", "Signed out there"),
                Map.entry("sessions-ended", "Signed out everywhere else"),
                Map.entry("device-mails-on", "You hear of new devices by mail"),
                Map.entry("device-mails-off", "No more mails about new devices"),
                Map.entry("passkey-added", "Passkey added"),
                Map.entry("passkey-renamed", "Passkey renamed"),
                Map.entry("passkey-removed", "Passkey removed"),
                Map.entry("second-factor-off", "Two-step sign-in is off"),
                Map.entry("phone-saved", "Phone saved"),
                Map.entry("phone-removed", "Phone removed"));
    }
}
