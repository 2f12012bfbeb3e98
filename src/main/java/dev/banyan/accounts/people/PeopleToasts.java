package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class PeopleToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("person-invited", "Invitation sent"),
                Map.entry("invitation-created", "Invitation created"),
                Map.entry("link-created", "New link created"),
                Map.entry("person-removed", "Member removed"),
                Map.entry("person-left", "You left the account"),
                Map.entry("invitation-accepted", "Invitation accepted"),
                Map.entry("invitation-declined", "Invitation declined"),
                Map.entry("invitation-sent", "Invitation sent"),
                Map.entry("invitation-revoked", "Invitation revoked"),
                Map.entry("role-saved", "Role saved"),
                Map.entry("second-factor-required", "Two-step verification is now required"),
                Map.entry("second-factor-optional", "Two-step verification is now optional"));
    }
}
