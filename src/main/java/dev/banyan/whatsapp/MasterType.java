package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// Whether a master is in regular use or a backup.
public enum MasterType implements Keyed {
    PRIMARY,
    BACKUP;

    public static Optional<MasterType> parse(String key) {
        return Keyed.parse(MasterType.class, key);
    }
}
