package dev.banyan.whatsapp.alerts;

import module java.base;
import dev.banyan.whatsapp.SenderId;

/// Something that people were alerted about.
///
/// @param pool the master of the pool
/// @param subject the number, or the master if it is about the whole pool
/// @param details full sentences
/// @param endedAt empty while it lasts
public record Alert(
        UUID id,
        AlertKind kind,
        SenderId pool,
        SenderId subject,
        String details,
        Instant at,
        Optional<Instant> endedAt) {

    public boolean isOpen() {
        return endedAt.isEmpty();
    }
}
