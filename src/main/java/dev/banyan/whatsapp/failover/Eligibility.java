package dev.banyan.whatsapp.failover;

/// Whether a number that WhatsApp has not banned or logged out should be given messages (design 7, "Failover").
public enum Eligibility {
    /// Works.
    FIT,
    /// Works, but has failed and has not worked for long enough since: it is used only if no other number works.
    RECOVERING,
    /// Not working right now; it may come back before it counts as failed.
    AWAY,
    /// Not connected to this server since it started.
    NOT_SEEN,
    /// Has not worked for as long as the settings of its pool allow.
    FAILED
}
