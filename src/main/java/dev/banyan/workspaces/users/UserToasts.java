package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class UserToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("registration-approved", "Registration approved"),
                Map.entry("registration-rejected", "Registration rejected"),
                Map.entry("registration-gone", "This registration was already handled"),
                Map.entry("registration-taken", "Another user has that username or email. Reject this registration."),
                Map.entry("user-added", "User added"),
                Map.entry("user-removed", "User removed"),
                Map.entry("invitation-sent", "Invitation sent"),
                Map.entry("invitation-created", "Invitation created"),
                Map.entry("link-created", "New link created"),
                Map.entry("invitation-revoked", "Invitation revoked"),
                Map.entry("password-link-sent", "Password link sent"),
                Map.entry("passwords-off", "This user signs in with single sign-on, and can’t have a password here."),
                Map.entry("too-many-mails", "Too many emails. Try again in an hour."),
                Map.entry(
                        "confirm-first",
                        "Confirm your own email address first: open the link in the email we sent you."),
                Map.entry("role-saved", "Role saved"));
    }
}
