package dev.banyan.whatsapp;

import java.util.Locale;

/// Which driver connects a sender.
public enum DriverKind {
    /// Simulates WhatsApp inside this server, and is labelled as a simulation.
    SIMULATOR;

    /// Returns the name used in tables: `simulator`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DriverKind of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
