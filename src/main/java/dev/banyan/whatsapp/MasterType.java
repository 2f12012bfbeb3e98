package dev.banyan.whatsapp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Whether a master works in the front row, or stands ready for one that fails.
public enum MasterType {
    PRIMARY,
    BACKUP;

    /// As it stands in tables, in `bots-config.json` and on the wire: `primary`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MasterType> parse(String key) {
        return Arrays.stream(values()).filter(type -> type.key().equals(key)).findFirst();
    }
}
