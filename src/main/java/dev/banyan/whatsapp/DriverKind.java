package dev.banyan.whatsapp;

import java.util.Locale;

/// Which driver speaks for a sender.
public enum DriverKind {
    /// Pretends, inside this server, and says so.
    SIMULATOR;

    /// As it stands in tables: `simulator`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DriverKind of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
