package dev.banyan.whatsapp.campaigns;

import module java.base;

/// What a campaign is doing.
public enum CampaignState {
    /// Being prepared. Only now can its message and its recipients be changed.
    DRAFT,
    /// Starts by itself at its time.
    SCHEDULED,
    RUNNING,
    /// Orders nothing until it is resumed. What it has ordered is still sent.
    PAUSED,
    /// Every message has left, or can't be sent.
    DONE,
    /// Ended before all messages had left.
    CANCELED;

    /// Returns the name used in tables and JSON.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isOver() {
        return this == DONE || this == CANCELED;
    }

    public static CampaignState of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    public static Optional<CampaignState> parse(String text) {
        return Arrays.stream(values()).filter(state -> state.key().equals(text)).findFirst();
    }
}
