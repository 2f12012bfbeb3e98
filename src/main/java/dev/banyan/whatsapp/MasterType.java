package dev.banyan.whatsapp;

import module java.base;

/// Whether a master is in regular use or a backup.
public enum MasterType {
    PRIMARY,
    BACKUP;

    /// Returns the name used in tables, in `bots-config.json` and in the API: `primary`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MasterType> parse(String key) {
        return Arrays.stream(values()).filter(type -> type.key().equals(key)).findFirst();
    }
}
