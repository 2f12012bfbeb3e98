package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.Keyed;

/// What a campaign is doing.
public enum CampaignState implements Keyed {
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

    public boolean isOver() {
        return this == DONE || this == CANCELED;
    }
}
