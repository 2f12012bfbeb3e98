package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;
import java.util.Map;

/// Sentences about what was done here.
@Singleton
final class UserToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("registration-approved", "Registration approved"),
                Map.entry("registration-rejected", "Registration rejected"),
                Map.entry("registration-gone", "This registration isn’t waiting any more"),
                Map.entry("registration-taken", "That username or email is a user’s by now. Reject this registration."),
                Map.entry("user-added", "User added"),
                Map.entry("user-removed", "User removed"),
                Map.entry("invitation-sent", "Invitation sent"),
                Map.entry("invitation-revoked", "Invitation taken back"),
                Map.entry("password-link-sent", "A link to a new password is on its way"),
                Map.entry("too-many-mails", "Too many mails were sent. Wait an hour."),
                Map.entry(
                        "confirm-first", "Confirm your own e-mail first: open the link in the mail that we sent you."),
                Map.entry("role-saved", "Role saved"));
    }
}
