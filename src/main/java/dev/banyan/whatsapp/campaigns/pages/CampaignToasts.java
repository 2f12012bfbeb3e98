package dev.banyan.whatsapp.campaigns.pages;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class CampaignToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("campaign-created", "Campaign created"),
                Map.entry("campaign-saved", "Campaign saved"),
                Map.entry("campaign-filled", "Recipients added"),
                Map.entry("campaign-tested", "Test message queued"),
                Map.entry("campaign-started", "Campaign started"),
                Map.entry("campaign-paused", "Campaign paused"),
                Map.entry("campaign-resumed", "Campaign resumed"),
                Map.entry("campaign-canceled", "Campaign canceled"),
                Map.entry("campaign-deleted", "Campaign deleted"),
                Map.entry("opt-out-added", "Contact opted out"),
                Map.entry("opt-out-removed", "Contact gets campaigns again"),
                Map.entry("opt-outs-saved", "Opt-out settings saved"));
    }
}
