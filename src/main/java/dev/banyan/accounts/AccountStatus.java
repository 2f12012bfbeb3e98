package dev.banyan.accounts;

import java.util.Locale;

/// Where an account is in its life.
public enum AccountStatus {
    ACTIVE,
    SUSPENDED,
    DELETED;

    /// As it stands on the wire and in tables: `active`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AccountStatus of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
